"""Nobody reads, changes or learns anything of other premises: a small siege, see `make attack`.

The whole one asks as everybody, in every way; this one as a manager in most ways, and as those who
may do little or nothing once for each route.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bench.attack.asked import ALL, Asking, unclassified
from bench.attack.besieged import Siege, besieged
from bench.attack.besiegers import Besieger
from bench.attack.isolation import Assault

THOROUGH = "manager"
BRIEFLY = (
    "key worker",
    "staff",
    "regional",
    "administrator",
    "nobody",
    "manager half",
    "manager new",
    "manager off",
)
PAIRED = ("", "changes of an account", "person 0 changes", "key1")
"""Ways to use a route of which those with another's and an absent value are sent as well."""
METHODS = ("GET", "POST")


def wanted(who: Besieger, asking: Asking) -> bool:
    """Which of all requests are sent here."""
    if asking.method not in METHODS or not asking.taken or asking.slot == ALL:
        return False
    if who.name == THOROUGH:
        return asking.slot != "week" and (asking.side == "own" or asking.name in PAIRED)
    return who.name in BRIEFLY and asking.side == "own" and not asking.name


@pytest.fixture(scope="module")
def siege() -> Iterator[Siege]:
    with besieged() as made:
        yield made


@pytest.fixture(scope="module")
def assault(siege: Siege) -> Assault:
    """The siege after everybody has asked."""
    made = Assault(siege, wanted)
    made.run()
    return made


def test_every_route_says_what_it_needs_and_it_is_known_how_it_is_used(siege: Siege) -> None:
    assert unclassified(Assault(siege).known) == []


def test_nothing_of_other_premises_is_read_changed_or_learned(assault: Assault) -> None:
    assert assault.pairs > 50
    assert assault.listed > 0
    assert [figure.line("") for figure in assault.figures() if figure.good is False] == []


def test_what_is_looked_for_is_found_where_it_may_be_read(assault: Assault, siege: Siege) -> None:
    """A search that finds nothing anywhere proves nothing."""
    southern = siege.southern
    seen = assault.seen_by(southern, f"/sites/south/{siege.weeks.lived}")
    assert len({word.lower() for word in assault.sought.for_(siege.people[0]).findall(seen)}) > 5
