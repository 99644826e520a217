"""How good a tier is, in words true to the bound."""

import pytest

from pipe_sched.actions.how_good import how_good


@pytest.mark.parametrize(
    ("cost", "bound", "proven", "says"),
    [
        (0, 0, True, "Nothing better exists."),
        (120, 120, False, "Nothing better exists."),
        (120, None, True, "Nothing better exists."),
        (110, 100, False, "At most 10% from the best possible."),
        (1001, 1000, False, "At most 1% from the best possible."),
        (300, 100, False, "At most 200% from the best possible."),
        (5, 0, False, "How far this is from the best possible is not known."),
        (5, None, False, "How far this is from the best possible is not known."),
    ],
)
def test_the_sentence_is_never_kinder_than_the_bound(
    cost: int, bound: int | None, proven: bool, says: str
) -> None:
    assert how_good(cost, bound, proven) == says
