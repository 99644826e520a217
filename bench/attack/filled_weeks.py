"""How the routes of a week and of the record are used: see `filled_in`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from bench.attack.besiegers import Besieger
from bench.attack.canaries import ABSENT, LEAVES, PLAIN, resident_name
from bench.attack.filled_in import Use, Uses
from bench.attack.known import NOTHING, Case, Choice, Known, case


def _stamped(known: Known, **more: Any) -> dict[str, Any]:
    """A form that changes the week that was lived, made from its page as it is."""
    return {"version": str(known.view().version), "key": "pressed-once", **more}


def _session(known: Known, _who: Besieger) -> Uses:
    """The session stays where it is, and is kept there."""
    view, place = known.view(), known.place("cooking")
    lead, listed = known.handle(place.staff[0].person), [known.handle(p) for p in place.attendees]
    strange = known.resident(PLAIN).other
    yield case(
        _stamped(
            known,
            day=str(view.clock.index(place.start)),
            time=f"{view.clock.local(place.start):%H:%M}",
            minutes="90",
            room=Choice(place.room, *_south(known, "lounge")),
            lead_0=Choice(lead, known.handles("key1").other, NOTHING),
            people=Choice(listed, [*listed, strange], [*listed, NOTHING]),
            also=Choice("", strange, NOTHING),
            keep="y",
            make="1",
        )
    )


def _south(known: Known, of: str) -> tuple[Any, Any]:
    """South's id, and one of nothing."""
    ids = known.ids(of)
    return ids.other, ids.absent


def _one_off(known: Known, _who: Besieger) -> Uses:
    strange = known.resident(PLAIN).other
    form = {"kind": "structured", "day": "2", "time": "18:45", "minutes": "30", "make": "1"}
    yield case(
        _stamped(
            known,
            **form,
            room=known.ids("kitchen"),
            lead_0=known.handles("floor1"),
            lead_1=Choice("", known.handles("key1").other, NOTHING),
            people=Choice([], [strange], [NOTHING]),
            also="",
        )
    )


def _tried(known: Known, _who: Besieger) -> Uses:
    yield case()
    room = known.ids("quiet")
    yield case(query={"day": "1", "time": "11:00", "room": room}, name="tried")


def _pressed(known: Known, _who: Besieger) -> Uses:
    yield case(_stamped(known))


def _cancel(known: Known, _who: Besieger) -> Uses:
    yield case(_stamped(known, reason="too_few"))


def _week(known: Known, _who: Besieger) -> Uses:
    yield case(query={"day": "0"})
    yield case(query={"view": "week"}, name="glance")
    for clock in (known.weeks.joint, known.weeks.planned, known.weeks.queued):
        yield case(path={"week": known.week(clock)}, name=str(clock))


def _weeks(known: Known, _who: Besieger) -> Uses:
    """The same of the week that both premises planned together."""
    yield case()
    yield case(path={"week": known.week(known.weeks.joint)}, name="joint")


def _ask(known: Known, who: Besieger) -> Uses:
    yield from _weeks(known, who)
    joint = {"week": known.week(known.weeks.joint)}
    yield case(query={"together": "1"}, path=joint, name="together")


def _publish(known: Known, _who: Besieger) -> Uses:
    also = Choice({}, {"also-south": "1"}, {f"also-{ABSENT}": "1"})
    yield case({**_stamped(known), "*": also})


def _step(known: Known, _who: Besieger) -> Uses:
    yield case(_stamped(known, undo="1"))


def _settle(known: Known, _who: Besieger) -> Uses:
    yield case({"discard": "1"})
    yield case({}, name="accept")
    together = known.siege.runs["joint", "both"]
    joint = {"week": known.week(known.weeks.joint), "run": Choice(together)}
    yield case({}, path=joint, name="joint")


def _on(name: str, day: date, until: bool = True) -> dict[str, Any]:
    """From 9am of a day until its evening."""
    boxes = [str(day.day), str(day.month), str(day.year)]
    end = {f"{name}-until": boxes, f"{name}-until_at": "8pm"} if until else {}
    return {f"{name}-day": boxes, f"{name}-at": "9am", f"{name}-key": "pressed-once", **end}


def _first(known: Known) -> date:
    return known.weeks.lived.monday


def _away(known: Known, _who: Besieger) -> Uses:
    yield case({**_on("away", _first(known)), "away-who": known.handles("floor2")})


def _room(known: Known, _who: Besieger) -> Uses:
    yield case({**_on("room", _first(known)), "room-who": known.ids("kitchen")})


def _arrival(known: Known, _who: Besieger) -> Uses:
    form = {"arrival-crn": "N990099", "arrival-name": resident_name("north", 9)}
    when = _on("arrival", _first(known) + timedelta(days=2), until=False)
    yield case({**form, **when, "arrival-who": known.handles("key1")})


def _leave(known: Known, _who: Besieger) -> Uses:
    when = _on("leave", _first(known) + timedelta(days=1), until=False)
    yield case({**when, "leave-who": known.resident(PLAIN)})


def _left(known: Known, _who: Besieger) -> Uses:
    yield case(_stamped(known), path={"name": known.resident(LEAVES)})


def _people(known: Known, _who: Besieger) -> Uses:
    for number in (PLAIN, LEAVES):
        yield case(path={"person": known.resident(number)}, name=f"resident {number}")
    for name in ("key1", "visitor"):
        yield case(path={"person": known.handles(name)}, name=name)


def _calendar(known: Known, _who: Besieger) -> Uses:
    yield case()
    yield case(query={"person": known.handles("key1")}, name="of one")


def _generate(known: Known, _who: Besieger) -> Uses:
    yield case({"seconds": "10", "key": "pressed-once"})
    lived = {"week": known.week()}
    form = {"seconds": "10", "key": "pressed-once", "changes": "fewest"}
    yield case({**form, "together": "1"}, path=lived, name="together")


def _stop(_known: Known, _who: Besieger) -> Uses:
    yield case({"stop": "1"})


def _progress(known: Known, _who: Besieger) -> Uses:
    yield case(path={"run": known.run("queued")})
    yield case(path={"run": known.run()}, name="ended")
    yield case(path={"run": Choice(known.siege.runs["joint", "both"])}, name="joint")


def _record(known: Known, who: Besieger) -> Uses:
    south = known.handle(known.siege.southern.account)
    account = Choice(known.handle(who.account or "local"), south, NOTHING)
    for what in ("changes", "views"):
        yield case(query={"what": what}, name=what)
        yield case(query={"what": what, "site": known.site}, name=f"{what} of a site")
        yield case(query={"what": what, "account": account}, name=f"{what} of an account")
    yield case(query={"person": known.resident(PLAIN)}, name="of a resident")
    yield case(query={"person": known.handles("key1")}, name="of a worker")
    yield case(query={"week": known.week(), "action": "publish_week"}, name="of a week")


def _history(known: Known, who: Besieger) -> Uses:
    here = {"site": known.site, "week": str(known.weeks.lived)}
    kinds: Iterator[tuple[str, Choice]] = iter(
        (
            ("person", known.resident(PLAIN)),
            ("person", known.handles("key1")),
            ("session", known.session("cooking")),
            ("week", known.week()),
            ("account", Choice(known.handle(who.account or "local"))),
        )
    )
    for number, (kind, name) in enumerate(kinds):
        path = {"kind": Choice(kind, None, "nothing"), "name": name}
        for what in ("changes", "views"):
            query: Mapping[str, Any] = {"what": what, **here}
            yield _named(case(query=query, path=path), f"{kind} {number} {what}")


def _named(one: Case, name: str) -> Case:
    return Case(one.path, one.query, one.form, name)


USES: Mapping[str, Use] = {
    "week.show": _week,
    "session.show": _tried,
    "session.change": _session,
    "session.keep": _pressed,
    "session.cancel": _cancel,
    "session.bring_back": _pressed,
    "session.keep_all": _pressed,
    "one_off.add": _one_off,
    "publishing.ask": _ask,
    "publishing.publish": _publish,
    "publishing.versions": _weeks,
    "publishing.version": _weeks,
    "publishing.restore": _pressed,
    "publishing.step": _step,
    "proposals.show": _weeks,
    "proposals.settle": _settle,
    "happened.show": _weeks,
    "happened.away": _away,
    "happened.room": _room,
    "happened.arrival": _arrival,
    "happened.leave": _leave,
    "happened.left": _left,
    "people.index": _weeks,
    "people.show": _people,
    "wall.show": _weeks,
    "runs.generate": _generate,
    "runs.stop": _stop,
    "runs.progress": _progress,
    "downloads.as_csv": _weeks,
    "downloads.as_ics": _calendar,
    "downloads.week_json": _weeks,
    "downloads.timetable_json": _weeks,
    "record.index": _record,
    "record.of": _history,
}
"""Routes of weeks, and of the record."""
