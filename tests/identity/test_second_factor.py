"""The second factor: codes, clocks, and a secret that nobody can move or read."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from pipe_sched.identity.second_factor import (
    code_at,
    new_secret,
    picture,
    seal,
    spaced,
    step_of,
    unseal,
)

NOW = datetime(2026, 11, 23, 9, 0, 10, tzinfo=UTC)
KEY, OTHER_KEY = b"k" * 32, b"o" * 32


def test_the_code_of_now_is_the_step_of_now() -> None:
    secret = new_secret()
    assert step_of(secret, code_at(secret, NOW), NOW, 0) == int(NOW.timestamp()) // 30


def test_codes_are_those_of_every_authenticator_app() -> None:
    # RFC 6238, appendix B, cut to six digits.
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    assert code_at(secret, datetime.fromtimestamp(59, UTC)) == "287082"
    assert code_at(secret, datetime.fromtimestamp(1_111_111_109, UTC)) == "081804"


@pytest.mark.parametrize(("seconds", "counts"), [(-60, 0), (-30, 1), (0, 1), (30, 1), (60, 0)])
def test_a_clock_may_be_half_a_minute_wrong_and_no_more(seconds: int, counts: int) -> None:
    secret = new_secret()
    code = code_at(secret, NOW + timedelta(seconds=seconds))
    assert (step_of(secret, code, NOW, 0) is not None) == bool(counts)


def test_a_code_does_not_work_after_its_step_or_a_later_one_was_used() -> None:
    secret = new_secret()
    used = step_of(secret, code_at(secret, NOW), NOW, 0)
    assert used is not None
    assert step_of(secret, code_at(secret, NOW), NOW, used) is None
    before = code_at(secret, NOW - timedelta(seconds=30))
    assert step_of(secret, before, NOW, used) is None


@pytest.mark.parametrize(
    "code", ["", "12345", "1234567", "abcdef", "１２３４５６", "-12345", "\x00"]
)
def test_what_is_no_code_is_never_right(code: str) -> None:
    assert step_of(new_secret(), code, NOW, 0) is None


def test_a_code_may_be_typed_with_a_space() -> None:
    secret = new_secret()
    code = code_at(secret, NOW)
    assert step_of(secret, f"{code[:3]} {code[3:]} ", NOW, 0) is not None


def test_a_secret_is_opened_for_its_owner_and_key_alone() -> None:
    secret = new_secret()
    sealed = seal(KEY, secret, "one")
    assert secret not in sealed
    assert unseal(KEY, sealed, "one") == secret
    assert unseal(KEY, sealed, "two") is None
    assert unseal(OTHER_KEY, sealed, "one") is None


@pytest.mark.parametrize("sealed", ["", "x", "é", "AAAA", "A" * 100, "\x00", "=" * 9])
def test_what_was_not_sealed_here_opens_as_nothing(sealed: str) -> None:
    assert unseal(KEY, sealed, "one") is None


def test_a_sealed_secret_that_was_changed_opens_as_nothing() -> None:
    sealed = seal(KEY, new_secret(), "one")
    for at in (0, 20, len(sealed) // 2):
        other = "A" if sealed[at] != "A" else "B"
        assert unseal(KEY, sealed[:at] + other + sealed[at + 1 :], "one") is None


def test_a_secret_has_160_bits_and_is_shown_in_fours() -> None:
    secret = new_secret()
    assert len(pyotp.TOTP(secret).byte_secret()) == 20
    assert spaced(secret).replace(" ", "") == secret
    assert {len(part) for part in spaced(secret).split()} == {4}


def test_the_picture_is_a_path_of_unit_squares_inside_its_frame() -> None:
    drawn = picture(new_secret(), "heather@example.org")
    ET.fromstring(f'<path d="{drawn.path}"/>')
    corners = [part.split("h")[0].split() for part in drawn.path.split("M")[1:]]
    assert len(corners) > 300
    assert all(4 <= int(v) < drawn.size - 4 for corner in corners for v in corner)
