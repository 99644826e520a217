"""There and free

A resident is planned only where they are and while they are free: within their stay at the
premises and not in its first minutes on arrival day, in custody or in the community as the kind
says; never at an appointment, sign-in or other commitment, its travel included; off site never
during their curfew or the medication round of their own premises, travel included; and for a
one-to-one not in the minutes after that round. A session planned over any of these is not
delivered, however full the week looks.

Breach, for each resident in a held session, adding up:

- 1 if it is not whole inside their stays, joined where they touch, whose `place` is the
  session's; at premises only stays at its site count, unless `away_kind`.
- 1 for each such stay that `arrives` and in whose first `arrival` minutes (a limit of the
  stay's site) it lies in part.
- 1 for each commitment it overlaps, grown by `travel` on either side when it is `away`.
- 1 for each site of such stays if it is a `one_to_one` with `place` premises and overlaps,
  during those stays, the `after` minutes following a routine block of that site, handover aside,
  that does not spare its kind.
- For each such stay at other premises than the session's site: 1 for each curfew during that
  stay, and 1 if any block named medication of the stay's site during that stay (of those that
  do not spare its kind), that it overlaps when the curfew or block is grown on either side by
  the travel minutes between the two sites.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipe_sched.core import phrase
from pipe_sched.core.index import Index
from pipe_sched.core.phrase import Phrase
from pipe_sched.core.spans import Span, common, merged
from pipe_sched.core.week import Demand, Level, Stay, Tier
from pipe_sched.rules import facts
from pipe_sched.rules.claims import Choice, Claim, Use

RULE = "there_and_free"
LEVEL: Level = "must"
TIER: Tier = "held"
PRICE = 100

MEDICATION = "medication"


def claims(index: Index) -> Iterator[Claim]:
    """For each session and resident one claim per fact that keeps them out."""
    for demand in index.week.demands:
        for person in demand.attendees:
            if facts.is_resident(index, person):
                yield from _staying(index, demand, person)
                yield from _arriving(index, demand, person)
                yield from _committed(index, demand, person)
                yield from _after_medication(index, demand, person)
                yield from _off_site(index, demand, person)


def _staying(index: Index, demand: Demand, person: str) -> Iterator[Claim]:
    windows = merged(s.span for s in index.stays.get(person, ()) if facts.stay_fits(s, demand))
    who, what = phrase.person(person), phrase.demand(demand.id)
    if demand.place != "premises":
        where = phrase.word("in custody" if demand.place == "custody" else "in the community")
        say = Phrase("{0} is not {1} for all of {2}.", (who, where, what))
    else:
        at = phrase.site(demand.site)
        say = Phrase("{0} is not staying at {1} for all of {2}.", (who, at, what))
    it = facts.Instance(RULE, demand.site, facts.key(demand.id, person, "stay"), say)
    yield from facts.within(index, it, demand, Choice(Use(demand.id, person)), windows)


def _arriving(index: Index, demand: Demand, person: str) -> Iterator[Claim]:
    for stay in index.stays.get(person, ()):
        if stay.arrives and facts.stay_fits(stay, demand):
            minutes = facts.site_limits(index, stay.site).arrival
            hole = Span(stay.span.start, stay.span.start + minutes)
            say = Phrase(
                "{0} arrives {1} and has {2} minutes to settle in.",
                (phrase.person(person), phrase.at(hole.start), phrase.word(minutes)),
            )
            yield from _clear(index, demand, person, ("arrives", hole.start), say, (hole,))


def _committed(index: Index, demand: Demand, person: str) -> Iterator[Claim]:
    for number, commitment in enumerate(index.commitments.get(person, ())):
        hole = facts.taken(commitment)
        away = "{0} is out {1}, at an appointment or the like, travel included."
        words = away if commitment.away else "{0} has a commitment {1}."
        say = Phrase(words, (phrase.person(person), phrase.stretch(hole.start, hole.end)))
        yield from _clear(index, demand, person, ("busy", number), say, (hole,))


def _after_medication(index: Index, demand: Demand, person: str) -> Iterator[Claim]:
    if not demand.one_to_one or demand.place != "premises":
        return
    stays = [s for s in index.stays.get(person, ()) if facts.stay_fits(s, demand)]
    for site in dict.fromkeys(s.site for s in stays):
        rounds = [b for b in facts.blocks(index, site, demand.kind) if b.after]
        after = merged(Span(b.span.end, b.span.end + b.after) for b in rounds)
        holes = common(after, (s.span for s in stays if s.site == site))
        say = Phrase(
            "{0} has no one-to-one within {1} minutes after {2}.",
            (
                phrase.person(person),
                phrase.word(max((b.after for b in rounds), default=0)),
                phrase.word(rounds[0].name.replace("_", " ") if rounds else MEDICATION),
            ),
        )
        yield from _clear(index, demand, person, ("after", site), say, holes)


def _off_site(index: Index, demand: Demand, person: str) -> Iterator[Claim]:
    for stay in facts.off_site_stays(index, demand, person):
        travel = index.minutes_between(stay.site, demand.site)
        for curfew in index.curfews.get(person, ()):
            for span in common((curfew.span,), (stay.span,)):
                say = Phrase(
                    "{0} has a curfew {1}.",
                    (phrase.person(person), phrase.stretch(span.start, span.end)),
                )
                name = ("curfew", stay.site, curfew.span.start, span.start)
                hole = span.padded(travel, travel)
                yield from _clear(index, demand, person, name, say, (hole,))
        yield from _medication_at_home(index, demand, person, stay, travel)


def _medication_at_home(
    index: Index, demand: Demand, person: str, stay: Stay, travel: int
) -> Iterator[Claim]:
    blocks = facts.blocks(index, stay.site, demand.kind)
    holes = common((b.span for b in blocks if b.name == MEDICATION), (stay.span,))
    say = Phrase("{0} has medication at {1}.", (phrase.person(person), phrase.site(stay.site)))
    name = (MEDICATION, stay.site, stay.span.start)
    padded = tuple(hole.padded(travel, travel) for hole in holes)
    yield from _clear(index, demand, person, name, say, padded)


def _clear(
    index: Index,
    demand: Demand,
    person: str,
    name: tuple[object, ...],
    say: Phrase,
    holes: tuple[Span, ...],
) -> Iterator[Claim]:
    it = facts.Instance(RULE, demand.site, facts.key(demand.id, person, *name), say)
    yield from facts.avoiding(index, it, demand, Choice(Use(demand.id, person)), holes)
