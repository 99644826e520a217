"""What people call a commitment stays where names are kept, and in no frozen week."""

from __future__ import annotations

from datetime import date, time

import pytest

from pipe_sched.core.clock import Clock
from pipe_sched.core.expand import commitments
from pipe_sched.core.plan import CommitmentRow, Plan

CLOCK = Clock(2026, 49)
DAY = date(2026, 12, 1)


def frozen(name: str) -> str:
    row = CommitmentRow("c1", "X1", name, time(10), time(11), DAY)
    (found,) = commitments(Plan(commitments=(row,)), CLOCK, frozenset({"X1"}))
    return found.name


@pytest.mark.parametrize("name", ["Appointment", "sign_in", "Sign-in", "course", "MEDICATION"])
def test_a_neutral_word_is_kept_as_it_was_typed(name: str) -> None:
    assert frozen(name) == name


@pytest.mark.parametrize("name", ["Dr Amber", "appointment with Dr Amber", "court", ""])
def test_anything_else_is_a_commitment(name: str) -> None:
    assert frozen(name) == "commitment"
