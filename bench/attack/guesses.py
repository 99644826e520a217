"""Guess passwords, codes, recovery codes, links: ten thousand of each, and nobody gets in.

A day is played, a guess every few seconds. Whoever guesses has 200 network addresses and browsers
with and without cookies, one of them stolen from another account; hears how long to wait, and
comes back the moment that is over. What is right stands in the middle of their list; and while
they wait they send it each time, for nothing may be looked at then. A guess that is looked at and
right counts as it does in life: of six digits one in 333,333 is. Then a tenth as many through the
pages, and some from eight processes at one moment.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from sqlalchemy import func, select

from bench.attack import guesses_at_once, guesses_pages
from bench.attack.figures import Figure, exactly, no_more, none, some, told
from bench.attack.hands import READING
from bench.attack.house import make_store, reopened
from bench.attack.owner import Owner, asked, colleague, enter, owner
from pipe_sched.access import LOCAL
from pipe_sched.actions.errors import BadRequest, NotFound, NotSignedIn, TooManyTries
from pipe_sched.actions.give_second_factor import give_second_factor
from pipe_sched.actions.make_link import make_link
from pipe_sched.actions.sign_in import Entered, sign_in
from pipe_sched.actions.use_link import look_at_link, set_password
from pipe_sched.actions.visitor import Visitor
from pipe_sched.actions.who_asks import SignedIn, who_asks
from pipe_sched.identity.tokens import new_token, recovery_codes
from pipe_sched.store.account_tables import SignIn
from pipe_sched.store.engine import Store

TIMES = 10_000
PAGES = 10
"""One guess in so many is sent to the pages as well."""
TICK = timedelta(seconds=8.64)
"""From one guess to the next: ten thousand fill a day."""
BEGAN = datetime(2026, 11, 2, 0, 0, tzinfo=UTC)
ADDRESSES = tuple(f"203.0.113.{n}" for n in range(1, 201))
UNKNOWN = tuple(f"nobody{n}@attack.example" for n in range(3))
OWNERS = 20
"""How often the owner signs in meanwhile, from the browser that is known."""
CODES = 3 / 10**6
"""The part of all six-digit codes that is right at a moment."""
OTHERS = 4
"""One guess in so many is at an address that has no account."""


@dataclass
class Siege:
    """One kind of guessing. `until`: the guesser's own note of when a target can be tried again."""

    store: Store
    owner: Owner
    chance: Random
    began: datetime
    times: int
    stolen: str
    link: str = ""
    half: SignedIn | None = None
    at: int = 0
    until: dict[str, datetime] = field(default_factory=dict)
    seen: Counter[str] = field(default_factory=Counter)

    def visitor(self) -> Visitor:
        """A network address and a browser."""
        device = self.chance.choice(("", "made-up", new_token(), self.stolen))
        return Visitor(self.chance.choice(ADDRESSES), device, "A browser")

    def waits(self, target: str, now: datetime) -> bool:
        """Whether nothing is looked at yet: waits are told in whole seconds, rounded up."""
        return now < self.until.get(target, now) - timedelta(seconds=1)


Guess = Callable[[Siege, datetime], object]
"""One guess; whatever it gives back was let in. Refusals say what was not."""


def attack(times: int, seed: int) -> Iterator[Figure]:
    """Guess so many of each kind."""
    with TemporaryDirectory() as folder:
        url = make_store(Path(folder))
        store = reopened(url)
        stolen = owner(store, "robbed@attack.example", BEGAN).browser.device
        for number, (name, guess) in enumerate(KINDS.items()):
            began = BEGAN + timedelta(days=2 * number)
            one = owner(store, f"owner{number}@attack.example", began)
            chance = Random(f"{seed}-{name}")
            siege = Siege(store, one, chance, began, times, stolen)
            besiege(siege, guess)
            yield from figures(name, siege)
            yield from AFTER[name](siege)
        yield from guesses_at_once.attack(store, url, BEGAN + timedelta(days=20))
        store.close()
    yield from guesses_pages.attack(max(1, times // PAGES), seed)


def besiege(siege: Siege, guess: Guess) -> None:
    """Guess all day, while the owner signs in now and then."""
    every = max(1, siege.times // OWNERS)
    colleague(siege.store, f"new-{siege.owner.email}", siege.began)
    made = make_link(siege.store, LOCAL, f"new-{siege.owner.email}", now=siege.began)
    siege.link = made.token
    for n in range(siege.times):
        now = siege.began + n * TICK
        try:
            passed = guess(siege, now)
        except TooManyTries:
            siege.seen["waited"] += 1
        except (BadRequest, NotFound):
            siege.seen["looked at"] += 1
        else:
            siege.seen["passed"] += passed is not None
        if n % every == 0:
            siege.seen["owner tried"] += 1
            siege.seen["owner in"] += enter(siege.store, siege.owner, now).full


def figures(name: str, siege: Siege) -> Iterator[Figure]:
    """What all kinds have in common."""
    seen = siege.seen
    yield exactly(f"{name}: guesses", siege.times, seen["waited"] + seen["looked at"])
    yield some(f"{name}: of them right, sent while waiting", seen["right"])
    yield none(f"{name}: passed", seen["passed"])
    yield none(f"{name}: entries", entries(siege.store, siege.owner.account) - seen["owner in"])
    yield exactly(f"{name}: owner signed in meanwhile", seen["owner tried"], seen["owner in"])


def entries(store: Store, account: str) -> int:
    """Full sign-ins of an account, but for the one with which its second factor was set up."""
    with store.open_session(READING) as session:
        query = select(func.count()).select_from(SignIn)
        return int(session.scalar(query.where(SignIn.account == account, SignIn.full)) or 0) - 1


def most_looked_at(times: int) -> int:
    """How many guesses at one target may be looked at: five, then one after each wait."""
    span, gone, wait, count = times * TICK, timedelta(0), timedelta(seconds=15), 5
    while gone + wait <= span:
        gone, count = gone + wait, count + 1
        wait = min(2 * wait, timedelta(minutes=15))
    return count


def guess_password(siege: Siege, now: datetime) -> Entered | None:
    """The next of the list, or what is right while it is waited; at times of somebody unknown."""
    by = siege.visitor()
    if siege.chance.randrange(OTHERS) == 0:
        sign_in(siege.store, siege.chance.choice(UNKNOWN), f"word-{siege.at}", by, now=now)
        return None
    right = siege.waits("account", now)
    given = siege.owner.password if right else in_list(siege)
    return counted(siege, now, "account", right, lambda: _password(siege, given, by, now))


def _password(siege: Siege, given: str, by: Visitor, now: datetime) -> Entered:
    return sign_in(siege.store, siege.owner.email, given, by, now=now)


def in_list(siege: Siege) -> str:
    """The next password of a list with the right one in its middle."""
    siege.at += 1
    return siege.owner.password if siege.at == siege.times // 2 else f"list-word-{siege.at}"


def counted(
    siege: Siege, now: datetime, target: str, right: bool, send: Callable[[], Entered | None]
) -> Entered | None:
    """Send it, and note how long to wait, and whether what is right was refused for that alone."""
    siege.seen[f"at {target}"] += 1
    try:
        return send()
    except TooManyTries as refusal:
        siege.seen["right"] += right
        siege.seen[f"at {target}"] -= 1
        siege.until[target] = now + timedelta(seconds=refusal.seconds)
        raise


def guess_code(siege: Siege, now: datetime) -> Entered | None:
    """Six digits; begins a new sign-in with the password, which is known, whenever one is over."""
    right = siege.waits("account", now)
    digits = siege.owner.code(now) if right else f"{siege.chance.randrange(10**6):06}"
    return give(siege, now, digits, right=right)


def guess_recovery(siege: Siege, now: datetime) -> Entered | None:
    """A recovery code."""
    right = siege.waits("account", now)
    return give(siege, now, siege.owner.codes[0] if right else recovery_codes()[0], right=right)


def give(siege: Siege, now: datetime, code: str, *, right: bool) -> Entered | None:
    """Give a code from anywhere, in this half sign-in or a new one."""
    by = siege.visitor()
    if siege.half is None or siege.chance.randrange(50) == 0:
        siege.half = asked(siege.store, _password(siege, siege.owner.password, by, now), now)
        siege.seen["begun"] += 1
    half = siege.half

    def send() -> Entered | None:
        try:
            return give_second_factor(siege.store, half, code, by, now=now)
        except NotSignedIn as over:  # it was counted and not looked at
            siege.half = None
            raise BadRequest(over.sentence) from None

    return counted(siege, now, "account", right, send)


def guess_link(siege: Siege, now: datetime) -> object:
    """A link's token, half of the time from one address; looked at or used at once."""
    by = siege.visitor() if siege.chance.random() < 1 / 2 else Visitor(ADDRESSES[0])
    right = siege.waits(by.address, now)
    token = siege.link if right else siege.chance.choice((new_token(), siege.link[:-1] + "~"))

    def send() -> Entered | None:
        if siege.chance.random() < 1 / 2:
            look_at_link(siege.store, token, by, now=now)
        return set_password(siege.store, token, "whoever guesses this", by, now=now)

    return counted(siege, now, by.address, right, send)


def guess_sign_in(siege: Siege, now: datetime) -> None:
    """The token of a sign-in: 256 bits, so nothing is counted and nobody ever waits."""
    if who_asks(siege.store, new_token(), now=now) is None:
        siege.seen["right"] += 1
        raise BadRequest("")


KINDS: Mapping[str, Guess] = {
    "passwords": guess_password,
    "codes": guess_code,
    "recovery": guess_recovery,
    "links": guess_link,
}


def after_passwords(siege: Siege) -> Iterator[Figure]:
    """How far they came, and that the password was right: it passes once nobody waits."""
    limit = most_looked_at(siege.times)
    yield no_more("passwords: looked at, of the account", limit, siege.seen["at account"])
    yield told("passwords: the right one stands at", f"{siege.times // 2:,}")
    yield told("passwords: looked at, of nobody's accounts", _of_nobody(siege))
    later = siege.began + siege.times * TICK + timedelta(hours=1)
    entered = _password(siege, siege.owner.password, Visitor(ADDRESSES[0]), later)
    yield exactly("passwords: the right one, after the wait", 1, int(not entered.full))


def _of_nobody(siege: Siege) -> int:
    return siege.seen["looked at"] - siege.seen["at account"]


def after_codes(siege: Siege) -> Iterator[Figure]:
    """How many were looked at, and what chance that was."""
    seen, limit = siege.seen["at account"], most_looked_at(siege.times)
    yield no_more("codes: looked at", limit, seen)
    yield told("codes: sign-ins begun with the password", siege.seen["begun"])
    yield told("codes: chance that one would have been right", f"{seen * CODES:.2%}")


def after_recovery(siege: Siege) -> Iterator[Figure]:
    """How many were looked at, and that the right one was not used up by being refused."""
    yield no_more("recovery: looked at", most_looked_at(siege.times), siege.seen["at account"])
    now, siege.half = siege.began + siege.times * TICK + timedelta(hours=1), None
    entered = give(siege, now, siege.owner.codes[0], right=True)
    yield exactly("recovery: the right one, after the wait", 1, int(bool(entered and entered.full)))


def after_links(siege: Siege) -> Iterator[Figure]:
    """That the link still opens, elsewhere and later: it was neither used nor spoiled."""
    now = siege.began + siege.times * TICK
    found = look_at_link(siege.store, siege.link, Visitor("192.0.2.1"), now=now)
    yield exactly("links: the right one, from elsewhere", 1, int(bool(found.account)))


AFTER: Mapping[str, Callable[[Siege], Iterator[Figure]]] = {
    "passwords": after_passwords,
    "codes": after_codes,
    "recovery": after_recovery,
    "links": after_links,
}
