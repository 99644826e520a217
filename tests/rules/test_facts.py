"""The facts rules share: what is skipped as always true must really be always true."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipe_sched.core.index import Held, Index
from pipe_sched.core.phrase import Phrase
from pipe_sched.core.spans import Span
from pipe_sched.core.week import Assignment, RuleSetting, Timetable
from pipe_sched.rules import facts
from pipe_sched.rules.claims import Choice, Claim, Use
from tests.rules.builders import (
    CROWLEY,
    KIRK,
    absence,
    commitment,
    resident,
    session,
    shift,
    site,
    span,
    staff,
    stay,
    week,
)

OF = week(site(), session("talk", minutes=90))
INDEX = Index(OF)
TALK = INDEX.demands["talk"]
ANY = facts.Instance("any", KIRK, "talk", Phrase("Any."))
WEEK = 7 * 1440
STARTS = st.integers(0, WEEK // 15 - 1).map(lambda n: n * 15)
SPANS = st.builds(
    lambda start, minutes: Span(start, start + minutes),
    st.integers(-1440, WEEK + 1440),
    st.integers(1, 3000),
)


def fails(claims: list[Claim], start: int) -> bool:
    """Whether the talk at this start breaks one of the claims."""
    held = Held(INDEX, Timetable((Assignment("talk", start, None),)))
    return any(claim.breach(held) for claim in claims)


@given(st.lists(SPANS, max_size=4), STARTS)
def test_avoiding_speaks_exactly_when_a_hole_is_hit(holes: list[Span], start: int) -> None:
    claims: list[Claim] = list(facts.avoiding(INDEX, ANY, TALK, Choice(Use("talk")), holes))
    hit = any(hole.overlaps(Span(start, start + 90)) for hole in holes)
    assert fails(claims, start) == hit


@given(st.lists(SPANS, max_size=4), STARTS)
def test_within_speaks_exactly_when_no_merged_window_holds_it(
    windows: list[Span], start: int
) -> None:
    claims: list[Claim] = list(facts.within(INDEX, ANY, TALK, Choice(Use("talk")), windows))
    minutes = {m for w in windows for m in range(w.start, w.end)}
    assert fails(claims, start) == (not minutes.issuperset(range(start, start + 90)))


def test_what_could_never_matter_yields_no_claim() -> None:
    last_week, all_week = span("last Fri 08:00-20:00"), Span(-1440, WEEK + 1440)
    assert not list(facts.avoiding(INDEX, ANY, TALK, Choice(Use("talk")), [last_week]))
    assert not list(facts.within(INDEX, ANY, TALK, Choice(Use("talk")), [all_week]))


def test_a_session_moved_out_of_its_due_window_is_still_told_everything_else() -> None:
    of = week(session("talk", windows=("Tue 09:00-17:00",)))
    reach = facts.reach(Index(of), of.demands[0])
    assert any(s.contains(span("Sun 22:00-23:00")) for s in reach)


def test_duty_is_shifts_at_the_site_less_absences() -> None:
    of = week(
        site(),
        site(CROWLEY),
        staff("eve"),
        shift("eve", "Tue 08:00-12:00", KIRK, CROWLEY),
        shift("eve", "Tue 12:00-20:00", CROWLEY),
        absence("eve", "Tue 10:00-11:00"),
    )
    here = (span("Tue 08:00-10:00"), span("Tue 11:00-12:00"))
    assert facts.duty(Index(of), "eve", KIRK) == here
    assert facts.duty(Index(of), "eve", None) == (here[0], span("Tue 11:00-20:00"))


def test_busy_time_includes_travel_only_when_away() -> None:
    of = week(
        staff("eve"),
        commitment("eve", "Tue 09:00-10:00", travel=30),
        commitment("eve", "Wed 09:00-10:00", travel=30, away=True),
    )
    assert facts.busy(Index(of), "eve") == (span("Tue 09:00-10:00"), span("Wed 08:30-10:30"))


def test_off_site_is_any_site_but_that_of_the_stay() -> None:
    of = week(
        site(),
        site(CROWLEY),
        resident("r1", site=CROWLEY),
        session("here", offered=("r1",), away_kind=True),
        session("home", site=CROWLEY, offered=("r1",)),
        session("closed", offered=("r1",)),
    )
    index = Index(of)
    assert [s.site for s in facts.off_site_stays(index, index.demands["here"], "r1")] == [CROWLEY]
    assert facts.off_site_stays(index, index.demands["home"], "r1") == ()
    assert facts.off_site_stays(index, index.demands["closed"], "r1") == ()


def test_a_stay_fits_the_place_the_kind_names() -> None:
    inside = stay("r1", place="custody", site="prison")
    assert facts.stay_fits(inside, session("visit", place="custody"))
    assert not facts.stay_fits(inside, session("talk"))


def test_of_two_sites_the_one_where_the_rule_counts_most_is_named() -> None:
    off = site(rules=(RuleSetting("travel", level="off"),))
    soft = site(CROWLEY, rules=(RuleSetting("travel", level="should"),))
    assert facts.strictest(Index(week(off, soft)), "travel", (KIRK, CROWLEY)) == CROWLEY
    assert facts.strictest(Index(week(off, site("prison"))), "travel", (KIRK, "prison")) == "prison"
