"""No page, file or form gives away a name to whom it is withheld: canaries, looked for everywhere.

Two residents of North have names that stand nowhere else: one is restricted, from the other one
worker is excluded. Everybody who may sign in opens every address there is.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from flask import Flask

from pipe_sched.access import LOCAL
from pipe_sched.actions.import_workbook import import_workbook
from pipe_sched.core.plan import EnrolmentRow, Part, Plan, ProgrammeRow
from pipe_sched.core.week import Assignment, Lead, Week
from pipe_sched.formats import workbook
from pipe_sched.store.crns import ids_by_crn
from pipe_sched.store.engine import open_store
from pipe_sched.store.scope import EverySite, Scope
from pipe_sched.web import create_app, handles
from pipe_sched.web.handles import handle
from tests.actions.builders import CLOCK, art
from tests.actions.lives import publish, view
from tests.web.client import PageClient
from tests.web.conftest import WEEK, answer, client_for, generate, plan

RESTRICTED, EXCLUDED = "X0000011", "X0000012"
NAMES = {RESTRICTED: ("Zanzibar", "Quillfeather"), EXCLUDED: ("Xerxes", "Plumbottom")}
EVERY_NAME = tuple(word for names in NAMES.values() for word in names)
STAFF = {"1-w1": "Worker Teal", "1-w2": "Worker Plum", "1-w3": "Worker Gold"}
ACCOUNT = re.compile(r"[a-z_]+-north-1-w\d")
"""What tests call the accounts that they sign in with."""
SECRET = ("Clinicalcanary", "ndividual clinical supervision")
"""What the confidential session is called, and its kind."""
SUPERVISION = "north:1-sup:1-w3:1"
JSON = {"/sites/<site>/<week>/week.json", "/sites/<site>/<week>/timetable.json"}
"""Files that hold ids of staff, by which they are read again."""


@dataclass(frozen=True)
class Cage:
    """The pages over the canaries. `ids`: the residents' own ids by CRN."""

    app: Flask
    ids: dict[str, str]
    week: Week
    run: str

    def addresses(self) -> Iterator[tuple[str, str]]:
        """(rule, address) of everything that can be fetched, for every person and session."""
        people = [handle(p.id) for p in self.week.people]
        sessions = [handle(d.id) for d in self.week.demands]
        for rule in self.app.url_map.iter_rules():
            if "GET" not in (rule.methods or ()) or rule.endpoint == "static":
                continue
            many = {"person": people, "name": [*sessions, *people], "kind": ["person", "demand"]}
            for given in _each({k: v for k, v in many.items() if k in rule.arguments}):
                values: dict[str, Any] = {**given, "site": "north", "week": str(CLOCK)}
                values |= {"number": 1, "run": self.run, "key": "k", "token": "t", "id_": "a"}
                wanted = {k: v for k, v in values.items() if k in rule.arguments}
                with self.app.test_request_context():
                    path = self.app.url_for(rule.endpoint, **wanted)
                yield rule.rule, path
        for query in ("?view=week", *(f"?day={day}" for day in range(7))):
            yield "week", WEEK + query
        for person in people:
            yield "ics", f"{WEEK}/timetable.ics?person={person}"
        yield "publish", f"{WEEK}/publish?together=1"


def _each(many: dict[str, list[str]]) -> Iterator[dict[str, str]]:
    if not many:
        yield {}
        return
    key, values = next(iter(many.items()))
    rest = {k: v for k, v in many.items() if k != key}
    for value in values:
        for other in _each(rest):
            yield {key: value, **other}


def canaries() -> Plan:
    """Both premises with the two residents, and a supervision that is nobody else's business."""
    there = plan()
    one, two, *others = there.residents
    supervision = ProgrammeRow(
        "1-sup",
        "north",
        "supervision",
        60,
        whom="each_worker",
        enrolled=True,
        parts=(Part("psychologist", 1, ("psychologist",)),),
        one_to_one=True,
        support=True,
        title=SECRET[0],
    )
    return replace(
        there,
        staff=tuple(replace(s, name=STAFF.get(s.id, f"Worker {s.id}")) for s in there.staff),
        residents=(
            replace(one, name=" ".join(NAMES[one.id]), restricted=True, seen_by=("1-w1",)),
            replace(two, name=" ".join(NAMES[two.id]), hidden_from=("1-w2",)),
            *others,
        ),
        programmes=(*there.programmes, supervision),
        enrolments=(EnrolmentRow("1-sup", "1-w3", CLOCK.monday),),
    )


@pytest.fixture(scope="module")
def cage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cage]:
    """A published week with the canaries in it, and a changed one that waits to be accepted."""
    url = f"sqlite:///{tmp_path_factory.mktemp('canary') / 'store.db'}"
    store = open_store(url)
    out = io.BytesIO()
    workbook.write(canaries(), out)
    import_workbook(store, LOCAL, out.getvalue())
    with store.open_session(Scope(EverySite("test"), "test")) as session:
        ids = ids_by_crn(session)
    generate(store)
    assert answer(store, *_places(ids, 14)) == "done"
    publish(store)
    again = generate(store, minutes=1)
    assert answer(store, *_places(ids, 15)) == "done"
    app = create_app(url, TESTING=False)
    handles.use(app, handles.OUTSIDE)
    yield Cage(app, ids, view(store).week, again)
    app.extensions["pipe-sched-store"].close()
    store.close()


def _places(ids: dict[str, str], hour: int) -> tuple[Assignment, ...]:
    """Art for both, key work with one of them, and the supervision; the rest is not held."""
    group = replace(art("north", 10), attendees=(ids[RESTRICTED], ids[EXCLUDED]))
    own = f"north:1-key:{ids[RESTRICTED]}:1"
    key = Assignment(own, hour * 60, "1-lounge", (Lead("lead", "1-w1"),), (ids[RESTRICTED],))
    psychologist = (Lead("psychologist", "psy"),)
    alone = Assignment(SUPERVISION, (hour + 1) * 60, "1-lounge", psychologist, ("1-w3",))
    return (group, key, alone)


def fetched(cage: Cage, client: PageClient) -> Iterator[tuple[str, str, str]]:
    """(rule, address, everything that was answered) for every address."""
    for rule, path in cage.addresses():
        answered = client.client.get(path)
        text = answered.get_data().decode("utf-8", "replace")
        yield rule, path, f"{answered.headers}\n{text}"


def leaks(cage: Cage, client: PageClient, *words: str) -> list[str]:
    return [
        f"{word} at {path}"
        for _, path, text in fetched(cage, client)
        for word in words
        if word in text
    ]


OFF = [
    ("manager", "1-w2", (RESTRICTED, EXCLUDED)),
    ("manager", None, (RESTRICTED, EXCLUDED)),
    ("regime_lead", "1-w2", (RESTRICTED, EXCLUDED)),
    ("psychologist", "1-w3", (RESTRICTED,)),
    ("key_worker", "1-w2", (RESTRICTED, EXCLUDED)),
    ("staff", None, (RESTRICTED, EXCLUDED)),
    ("regional", "1-w1", (RESTRICTED, EXCLUDED)),
    ("administrator", "1-w2", (RESTRICTED, EXCLUDED)),
]
"""Role, which of the staff, and from whom the residents are withheld."""


@pytest.mark.parametrize(
    ("role", "person", "withheld"), OFF, ids=[f"{role}-{person}" for role, person, _ in OFF]
)
def test_nobody_off_the_lists_is_given_a_name(
    cage: Cage, role: str, person: str | None, withheld: tuple[str, ...]
) -> None:
    client = client_for(cage.app, role, ("north",), person=person)
    words = [word for crn in withheld for word in NAMES[crn]]
    assert leaks(cage, client, *words) == []


def test_who_is_on_the_lists_reads_the_names_on_their_pages(cage: Cage) -> None:
    client = client_for(cage.app, "manager", ("north",), person="1-w1")

    said = " ".join(text for _, _, text in fetched(cage, client))
    assert [word for word in EVERY_NAME if word not in said] == []


@pytest.mark.parametrize("role", ["manager", "psychologist", "staff", "regional", "administrator"])
def test_no_answer_holds_a_crn_or_a_persons_id(cage: Cage, role: str) -> None:
    client = client_for(cage.app, role, ("north",), person="1-w1")
    residents = (*cage.ids, *cage.ids.values())
    found = []
    for rule, path, text in fetched(cage, client):
        said = ACCOUNT.sub("", text)
        words = residents if rule in JSON else (*residents, *STAFF)
        found += [f"{word} at {path}" for word in words if word in said]
    assert found == []


def test_files_hold_no_residents_name_even_for_who_may_read_it(cage: Cage) -> None:
    client = client_for(cage.app, "manager", ("north",), person="1-w1")
    files = [
        text for rule, _, text in fetched(cage, client) if "timetable." in rule or "json" in rule
    ]
    assert len(files) >= 4
    assert [w for text in files for w in sum(NAMES.values(), ()) if w in text] == []


def test_wall_and_spreadsheet_are_the_same_for_everybody(cage: Cage) -> None:
    seen: dict[str, set[str]] = {"timetable.csv": set(), "wall": set()}
    for role, person, _ in (*OFF[:-1], ("manager", "1-w1", ())):
        client = client_for(cage.app, role, ("north",), person=person)
        for name, texts in seen.items():
            text = client.client.get(f"{WEEK}/{name}").get_data(as_text=True)
            texts.add(text if name.endswith("csv") else _main(text))
    assert [len(texts) for texts in seen.values()] == [1, 1]
    (csv,) = seen["timetable.csv"]
    assert "Key work, ZQ" in csv
    assert "ZQ, XP" in csv


def _main(text: str) -> str:
    return text[text.index("<main") : text.index("</main>")]


@pytest.mark.parametrize(
    ("role", "person", "reads"),
    [
        ("manager", "1-w1", True),
        ("regime_lead", None, True),
        ("psychologist", "psy", True),
        ("staff", "1-w3", True),
        ("staff", "1-w1", False),
        ("key_worker", "1-w2", False),
        ("regional", None, False),
    ],
    ids=["manager", "regime lead", "psychologist", "in it", "staff", "key worker", "regional"],
)
def test_a_confidential_session_is_a_one_to_one_to_all_others(
    cage: Cage, role: str, person: str | None, reads: bool
) -> None:
    client = client_for(cage.app, role, ("north",), person=person)
    found = leaks(cage, client, *SECRET)
    assert bool(found) is reads, found
    assert "1:1" in client.get(f"{WEEK}?view=week").text or reads


def test_a_withheld_resident_is_still_seen_where_they_are(cage: Cage) -> None:
    client = client_for(cage.app, "staff", ("north",), person="1-w2")
    page = client.get(f"{WEEK}?day=0")
    assert "Key work, name withheld" in page.text
    assert "Resident (name withheld)" in page.text
    own = client.get(f"{WEEK}/people/{handle(cage.ids[RESTRICTED])}")
    assert own.heading == "Resident (name withheld)"


def test_a_form_offers_a_withheld_resident_last_and_takes_the_choice(cage: Cage) -> None:
    client = client_for(cage.app, "manager", ("north",), person="1-w3")
    page = client.get(f"{WEEK}/one-off").text
    places = [page.index(words) for words in ("Xerxes Plumbottom", "Resident (name withheld)")]
    assert places == sorted(places)
    form = {
        "kind": "structured",
        "day": "1",
        "time": "3pm",
        "minutes": "45",
        "room": "1-lounge",
        "lead_0": handle("1-w1"),
        "lead_1": "",
        "people": [handle(cage.ids[RESTRICTED])],
        "also": "",
    }
    said = client.send(client.get(f"{WEEK}/one-off"), "/one-off", **form).text
    assert "New: Structured session" in said
    assert "Resident (name withheld)" in said
    assert not any(word in said for word in NAMES[RESTRICTED])
