"""How each route is used: its address, query and form filled in so that it does what it is for.

A route that only looks, and whose address holds nothing new, needs no line here. Any other one has
to be written in: until then the attack says that it is not classified.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta

from bench.attack.besiegers import Besieger, signed_in
from bench.attack.canaries import ABSENT, DEPARTED, SITES, crn
from bench.attack.known import NO_TOKEN, Case, Choice, Known, case
from pipe_sched.access import LOCAL
from pipe_sched.actions.see_accounts import see_accounts
from pipe_sched.actions.set_up_second_factor import offer_second_factor
from pipe_sched.identity.second_factor import STEP, code_at
from pipe_sched.web.waiting import Upload, Waiting

NEW_PASSWORD = "several-words-of-a-new-kind"
Uses = Iterator[Case]
Use = Callable[[Known, Besieger], Uses]


def _signing_in(known: Known, who: Besieger) -> Uses:
    mine = who.email or "somebody@mail.example"
    email = Choice(mine, known.siege.southern.email, "else@mail.example")
    yield case({"email": email, "password": who.password or NEW_PASSWORD})
    yield case({"email": email, "password": NEW_PASSWORD}, name="guess")


def _next_code(secret: str) -> str:
    """A code that was not used yet."""
    return code_at(secret, datetime.now(UTC) + timedelta(seconds=STEP)) if secret else "000000"


def _code(_known: Known, who: Besieger) -> Uses:
    yield case({"code": _next_code(who.secret)})


def _offered(known: Known, who: Besieger) -> tuple[str, str]:
    """A second factor that this sign-in was offered, and the code that proves it."""
    if who.state not in ("full", "new"):
        return "", "000000"
    offer = offer_second_factor(known.siege.store, signed_in(known.siege.store, who))
    return offer.sealed, _next_code(offer.secret.replace(" ", ""))


def _second_factor(known: Known, who: Besieger) -> Uses:
    sealed, code = _offered(known, who)
    yield case({"sealed": sealed, "code": code, "current": who.password})


def _link(_known: Known, who: Besieger) -> Uses:
    token = Choice(who.link or NO_TOKEN, who.spent or None, NO_TOKEN)
    form = {"password": NEW_PASSWORD, "again": NEW_PASSWORD}
    yield case(form, path={"token": token})


def _end(known: Known, who: Besieger) -> Uses:
    yield case({"which": known.sign_in(who)})


def _new_password(_known: Known, who: Besieger) -> Uses:
    yield case({"current": who.password, "password": NEW_PASSWORD, "again": NEW_PASSWORD})


def _codes(_known: Known, who: Besieger) -> Uses:
    yield case({"current": who.password})


SPARE = {f"{name}_{n}": "" for n in (1, 2) for name in ("role", "site")}
"""Rows of roles that are left empty."""


def _made(_known: Known, _who: Besieger) -> Uses:
    form = {"email": "northcanary-new@mail.example", "name": "Account New", "person": ""}
    yield case({**form, **SPARE, "role_0": "staff", "site_0": Choice("north", None, ABSENT)})


def _account(known: Known, _who: Besieger) -> Uses:
    one = known.siege.people[3]
    lines = see_accounts(known.siege.store, LOCAL).accounts
    version = next(line.version for line in lines if line.id == one.account)
    form = {"version": str(version), "name": "Account Other", "active": "y", "person": ""}
    yield case({**form, **SPARE, "role_0": "staff", "site_0": Choice("north", None, ABSENT)})


def _press(_known: Known, _who: Besieger) -> Uses:
    yield case({})


def _draw_up(known: Known, _who: Besieger) -> Uses:
    yield case({"week": str(known.weeks.empty)})


def _upload(known: Known, _who: Besieger) -> Uses:
    yield case({"workbook": Choice(*(known.rows(site) for site in (*SITES, ABSENT)))})


def _confirm(_known: Known, who: Besieger) -> Uses:
    yield case({}, path={"key": Choice(waits_as(who), WAITS_FOR_SOUTH, NO_TOKEN)})


def waits_as(who: Besieger) -> str:
    """The key under which somebody's upload waits."""
    return f"waits-for-{who.name.replace(' ', '-')}"


WAITS_FOR_SOUTH = "waits-for-south"


def _months(_known: Known, _who: Besieger) -> Uses:
    yield case({"months-runs": "7"})


def _erase(_known: Known, _who: Besieger) -> Uses:
    yield case({"who": Choice(crn("north", DEPARTED), None, "N000000"), "sure": "1"})


def _next(_known: Known, _who: Besieger) -> Uses:
    yield case()
    yield case(query={"next": "/sites/south/2026-W49"}, name="next")


USES: Mapping[str, Use] = {
    "sign_in.show": _next,
    "sign_in.enter": _signing_in,
    "sign_in.give_code": _code,
    "sign_in.confirm": _second_factor,
    "sign_in.leave": _press,
    "set_password.show": _link,
    "set_password.put": _link,
    "account.end": _end,
    "account.end_others": _press,
    "account.put_password": _new_password,
    "account.put_second_factor": _second_factor,
    "account.put_codes": _codes,
    "accounts.make": _made,
    "accounts.change": _account,
    "accounts.link": _press,
    "accounts.end": _press,
    "sites.draw_up": _draw_up,
    "uploads.preview": _upload,
    "uploads.confirm": _confirm,
    "retention.change": _months,
    "retention.run": _press,
    "retention.erase": _erase,
}
"""Routes that are not about a week."""


def let_wait(known: Known, who: Besieger) -> None:
    """Uploads of this process wait: one of whoever asks, and one of South's manager."""
    waiting: Waiting = known.siege.app.extensions.setdefault("pipe-sched-waiting", Waiting())
    waiting.kept.clear()
    waiting.kept[waits_as(who)] = Upload(who.account, known.rows("north").data)
    waiting.kept[WAITS_FOR_SOUTH] = Upload(known.siege.southern.account, known.rows("south").data)
