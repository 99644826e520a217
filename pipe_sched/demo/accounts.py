"""The demo's people who sign in: one of each role at least, all made up, none with a password."""

from __future__ import annotations

from dataclasses import dataclass

from pipe_sched.access import LOCAL
from pipe_sched.actions.account_facts import Facts
from pipe_sched.actions.enter_demo import DOMAIN, demo_people
from pipe_sched.actions.make_account import make_account
from pipe_sched.demo.house import CROWLEY, HOUSES, KIRK, MANAGER, PSYCHOLOGIST, REGIME_LEAD, House
from pipe_sched.store.engine import Store

EVERY_SITE = ""
KEY_WORKER, RESIDENTIAL = 5, 9
"""Numbers of the staff who are shown to sign in."""


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """Somebody who signs in by one press. `key` begins their email address."""

    key: str
    facts: Facts


def demo_accounts() -> tuple[DemoAccount, ...]:
    """Everybody, in the order in which the sign-in page lists them."""
    both = frozenset(("psychologist", house.site) for house in HOUSES)
    manages = frozenset(("manager", house.site) for house in HOUSES)
    return (
        DemoAccount("manager", Facts("Manager Gold", manages)),
        _worker("manager-kirk", KIRK, MANAGER, "manager"),
        _worker("manager-crowley", CROWLEY, MANAGER, "manager"),
        _worker("regime-lead", KIRK, REGIME_LEAD, "regime_lead"),
        DemoAccount("psychologist", Facts("Worker Indigo", both, PSYCHOLOGIST)),
        _worker("key-worker", KIRK, KEY_WORKER, "key_worker"),
        _worker("residential-worker", CROWLEY, RESIDENTIAL, "staff"),
        DemoAccount("regional", Facts("Viewer Rainbow", frozenset({("regional", EVERY_SITE)}))),
        DemoAccount(
            "administrator", Facts("Keeper Silver", frozenset({("administrator", EVERY_SITE)}))
        ),
    )


def _worker(key: str, house: House, number: int, role: str) -> DemoAccount:
    name = f"Worker {house.workers[number - 1]}"
    return DemoAccount(key, Facts(name, frozenset({(role, house.site)}), house.worker(number)))


def make_demo_accounts(store: Store) -> None:
    """Make those that are not there yet; the demo's plan must be."""
    there = {one.key for one in demo_people(store)}
    for one in demo_accounts():
        if one.key not in there:
            make_account(store, LOCAL, f"{one.key}{DOMAIN}", one.facts)
