"""A Cover claim counts the most people missing at any one minute, and nothing cleverer."""

from hypothesis import given
from hypothesis import strategies as st

from pipe_sched.core.index import Held, Index
from pipe_sched.core.phrase import Phrase
from pipe_sched.core.spans import Span
from pipe_sched.core.week import Assignment, Timetable
from pipe_sched.rules.claims import Choice, Cover, Level, Use
from tests.rules.builders import session, week

DEMANDS = tuple(session(f"d{i}", minutes=15 * (i + 1)) for i in range(4))
INDEX = Index(week(*DEMANDS))
STARTS = st.none() | st.integers(0, 12).map(lambda n: n * 15)
LEVELS = st.lists(
    st.builds(
        lambda start, minutes, most: Level(Span(start, start + minutes), most),
        st.integers(0, 150),
        st.integers(1, 90),
        st.integers(-1, 3),
    ),
    max_size=3,
)


def minute_by_minute(claim: Cover, held: Held) -> int:
    frame = claim.during.span(held) if claim.during else Span(-100, 500)
    worst = 0
    for minute in range(frame.start, frame.end) if frame else ():
        most = [x.most for x in claim.levels if x.span.start <= minute < x.span.end]
        spans = [span for use in claim.uses if (span := use.span(held))]
        running = sum(span.start <= minute < span.end for span in spans)
        worst = max(worst, running - min(most)) if most else worst
    return worst


@given(st.tuples(STARTS, STARTS, STARTS, STARTS), LEVELS, st.booleans())
def test_the_breach_is_the_worst_minute(starts, levels, during):
    places = (
        Assignment(d.id, start, None)
        for d, start in zip(DEMANDS, starts, strict=True)
        if start is not None
    )
    held = Held(INDEX, Timetable(tuple(places)))
    uses = tuple(Use(d.id) for d in DEMANDS)
    frame = Choice(Use("d0")) if during else None
    claim = Cover("double_cover", "kirk", "x", Phrase(""), 1, tuple(levels), uses, frame)
    assert claim.breach(held) == minute_by_minute(claim, held)
