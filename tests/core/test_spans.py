"""The algebra of spans, against plain sets of minutes."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pipe_sched.core.spans import Span, Spans, common, holds, merged, starts_within, without

SPAN = st.builds(
    lambda start, length: Span(start, start + length), st.integers(-20, 60), st.integers(0, 15)
)
SPANS = st.lists(SPAN, max_size=6).map(tuple)


def minutes(spans: Spans) -> set[int]:
    """Every minute that lies in one of the spans."""
    return {m for s in spans for m in range(s.start, s.end)}


def tidy(spans: Spans) -> bool:
    """Sorted, none empty, none touching the next."""
    apart = all(a.end < b.start for a, b in pairwise(spans))
    return apart and all(s.start < s.end for s in spans)


@given(SPANS)
def test_merging_keeps_exactly_the_same_minutes(spans: Spans) -> None:
    out = merged(spans)
    assert minutes(out) == minutes(spans)
    assert tidy(out)


@given(SPANS, SPANS)
def test_what_is_common_is_what_lies_in_both(left: Spans, right: Spans) -> None:
    out = common(left, right)
    assert minutes(out) == minutes(left) & minutes(right)
    assert tidy(out)


@given(SPANS, SPANS)
def test_what_is_left_lies_in_no_hole(spans: Spans, holes: Spans) -> None:
    out = without(spans, holes)
    assert minutes(out) == minutes(spans) - minutes(holes)
    assert tidy(out)


@given(SPAN, SPAN)
def test_two_spans_overlap_when_they_share_a_minute(a: Span, b: Span) -> None:
    if a.minutes and b.minutes:
        assert a.overlaps(b) == bool(minutes((a,)) & minutes((b,)))
        assert a.contains(b) == (minutes((b,)) <= minutes((a,)))


@given(SPANS, st.integers(1, 12), st.sampled_from([5, 15]))
def test_starts_are_those_on_the_grid_from_which_a_session_fits(
    spans: Spans, length: int, grid: int
) -> None:
    fits = {t for t in range(-30, 90) if t % grid == 0 and holds(spans, Span(t, t + length))}
    assert set(starts_within(spans, length, grid)) == fits


def test_back_to_back_is_no_clash() -> None:
    assert not Span(0, 60).overlaps(Span(60, 120))


def test_a_session_must_lie_whole_within_one_window() -> None:
    touching = (Span(0, 60), Span(60, 120))
    assert not holds(touching, Span(30, 90))
    assert holds(merged(touching), Span(30, 90))


def test_a_span_moves_and_grows_by_minutes() -> None:
    assert Span(10, 20).shifted(5) == Span(15, 25)
    assert Span(10, 20).padded(5, 10) == Span(5, 30)
    assert Span(10, 20).minutes == 10
