"""What one viewer reads: withheld residents, confidential sessions, and what was noted of it."""

from __future__ import annotations

from dataclasses import replace

from pipe_sched.core import phrase, shown
from pipe_sched.core.clock import Clock
from pipe_sched.core.labels import Labels
from pipe_sched.core.phrase import Phrase
from pipe_sched.core.titles import demand_names, masked, named_in, secret_kinds
from pipe_sched.core.viewer import Viewer
from pipe_sched.core.week import Assignment, Demand, Lead, Role, Week

SOLO = Demand(
    "a:SUP:s1:1",
    "a",
    "supervision",
    60,
    (),
    roles=(Role("psychologist", 1, ("psy",)),),
    required=("s1",),
    one_to_one=True,
    title="Clinical hour",
)
ROUND = Demand("a:GRP:group:1", "a", "group_supervision", 60, (), expected=("s1", "s2"))
TALK = Demand("a:MOVE:r1:1", "a", "move_on", 45, (), required=("r1",), confidential=True)
KEY = Demand("a:KEY:r1:1", "a", "key_work", 45, (), required=("r1",), one_to_one=True)
KEY_2 = Demand("a:KEY:r2:1", "a", "key_work", 45, (), required=("r2",), one_to_one=True)
WEEK = Week(2026, 49, (), plans=("a",), demands=(SOLO, ROUND, TALK, KEY, KEY_2))
PEOPLE = {"s1": "Worker Teal", "s2": "Worker Plum", "psy": "Dr Indigo", "r1": "Resident Elm"}


def labels(viewer: Viewer, *places: Assignment) -> Labels:
    """Labels in which r2 is withheld."""
    people, withheld = {**PEOPLE, "r2": "Resident (name withheld)"}, frozenset({"r2"})
    secret = masked(WEEK, viewer, places)
    titles = demand_names(WEEK, people, withheld, secret)
    kinds = secret_kinds(WEEK, secret, viewer)
    more = (viewer, withheld, secret, kinds, named_in(WEEK))
    return Labels(Clock(2026, 49), people, {}, {}, titles, *more)


def titles(viewer: Viewer, *places: Assignment) -> list[str]:
    words = labels(viewer, *places)
    return [words.demands[d.id] for d in WEEK.demands]


def test_who_is_in_no_confidential_session_reads_what_none_of_them_is() -> None:
    assert titles(Viewer("s3"))[:3] == ["1:1", "Confidential session", "1:1"]
    assert labels(Viewer("s3")).kind_of(SOLO) == "1:1"
    assert labels(Viewer("s3")).kind_of(KEY) == "Key work"


def test_who_leads_the_premises_reads_all_of_them_there_and_nowhere_else() -> None:
    lead = titles(Viewer("s9", confidential_at=frozenset({"a"})))
    assert lead[:3] == [
        "Clinical hour, Worker Teal",
        "Group clinical supervision",
        "Move-on planning, Resident Elm",
    ]
    assert titles(Viewer("s9", confidential_at=frozenset({"b"})))[0] == "1:1"


def test_who_is_in_a_confidential_session_reads_that_one_alone() -> None:
    assert titles(Viewer("s1"))[:3] == [
        "Clinical hour, Worker Teal",
        "Group clinical supervision",
        "1:1",
    ]
    assert titles(Viewer("psy"))[0] == "Clinical hour, Worker Teal", "nobody else can lead it"
    led = Assignment(TALK.id, 600, None, (Lead("lead", "s2"),), ("r1",))
    assert titles(Viewer("s2"))[2] == "1:1"
    assert titles(Viewer("s2"), led)[2] == "Move-on planning, Resident Elm"


def test_a_sentence_about_a_confidential_session_does_not_say_what_it_is() -> None:
    say = Phrase(
        "{0} needs {1} as {2}; {3} is owed {4}.",
        (
            phrase.demand(SOLO.id),
            phrase.word(1),
            phrase.job("psychologist"),
            phrase.person("s1"),
            phrase.kind("supervision"),
        ),
    )
    assert labels(Viewer("s3")).sentence(say) == "1:1 needs 1 as leader; Worker Teal is owed 1:1."
    own = labels(Viewer("s1")).sentence(say)
    assert own == (
        "Clinical hour, Worker Teal needs 1 as psychologist; "
        "Worker Teal is owed individual clinical supervision."
    )


def test_a_withheld_resident_is_a_resident_in_sentences_and_has_no_name_in_lists() -> None:
    words = labels(Viewer("s3"))
    say = Phrase("{0} and {1} never meet.", (phrase.person("r2"), phrase.person("r1")))
    assert words.sentence(say) == "A resident and Resident Elm never meet."
    assert words.people["r2"] == "Resident (name withheld)"
    assert words.demands[KEY_2.id] == "Key work, name withheld"


def test_a_withheld_name_comes_last_wherever_people_are_listed() -> None:
    words = replace(labels(Viewer()), people={"r1": "Zed", "r2": "Resident (name withheld)"})
    assert words.names(["r2", "r1"]) == ("Zed", "Resident (name withheld)")
    assert [id_ for id_, _ in words.pairs(["r2", "r1"])] == ["r1", "r2"]


def test_alike_titles_that_withhold_something_get_no_mark_made_of_an_id() -> None:
    again = replace(KEY_2, id="a:KEY:r2:catch-up")
    week = replace(WEEK, demands=(KEY_2, again))
    assert set(demand_names(week, {}, frozenset({"r2"})).values()) == {"Key work, name withheld"}


def test_a_week_joined_later_withholds_the_same() -> None:
    more = replace(KEY_2, id="a:KEY:r2:2"), replace(SOLO, id="a:SUP:s1:2")
    words = labels(Viewer("s3")).knowing(replace(WEEK, demands=more))
    assert words.demands["a:KEY:r2:2"] == "Key work, name withheld"
    assert words.demands["a:SUP:s1:2"] == "1:1"
    assert words.demands[KEY.id] == "Key work, Resident Elm"


def test_every_id_that_gets_words_is_noted_and_nothing_else() -> None:
    words = labels(Viewer("s3"))
    with shown.watching() as seen:
        assert words.people.get("s2", "s2") == "Worker Plum"
        assert words.demands[KEY.id]
        assert "psy" in words.people
        assert words.sentence(Phrase("{0} is away.", (phrase.person("r2"),)))
    assert seen == {
        ("person", "s2"),
        ("demand", KEY.id),
        ("person", "r1"),
        ("person", "r2"),
    }
