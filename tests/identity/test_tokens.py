"""Tokens and recovery codes: long, random, and kept only as hashes."""

from __future__ import annotations

import base64
import re

from pipe_sched.identity.tokens import (
    hash_code,
    hash_token,
    keyed_hash,
    new_token,
    recovery_codes,
)

KEY = b"k" * 32


def test_a_token_has_256_bits_and_is_new_each_time() -> None:
    made = {new_token() for _ in range(100)}
    assert len(made) == 100
    assert all(len(base64.urlsafe_b64decode(token + "=")) == 32 for token in made)


def test_what_is_kept_of_a_token_is_its_sha_256() -> None:
    assert hash_token("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_there_are_ten_recovery_codes_of_80_bits_in_fours() -> None:
    codes = recovery_codes()
    assert len(set(codes)) == 10
    for code in codes:
        assert re.fullmatch(r"([A-Z2-7]{4}-){3}[A-Z2-7]{4}", code)
        assert len(base64.b32decode(code.replace("-", ""))) == 10


def test_a_recovery_code_counts_however_it_is_typed() -> None:
    stored = hash_code(KEY, "one", "ABCO-IEFG-2345-BXYZ")
    assert hash_code(KEY, "one", " abc0 1efg-2345_8xyz ") == stored


def test_a_recovery_code_is_hashed_for_one_account_with_the_installations_key() -> None:
    stored = hash_code(KEY, "one", "ABCD-EFGH-2345-WXYZ")
    assert hash_code(KEY, "two", "ABCD-EFGH-2345-WXYZ") != stored
    assert hash_code(b"o" * 32, "one", "ABCD-EFGH-2345-WXYZ") != stored


def test_words_of_a_keyed_hash_cannot_run_into_one_another() -> None:
    assert keyed_hash(KEY, "ab", "c") != keyed_hash(KEY, "a", "bc")
