"""Who asks, before every page: from the browser's cookie to an actor, and who may come in.

The cookie holds a random token and nothing else; the sign-in itself lies in the database. A page
that needs a sign-in leads to the sign-in page and back; anything else is answered 401.
"""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, current_app, g, redirect, request, session, url_for
from werkzeug.wrappers import Response as Answer

from pipe_sched.access import ACTIONS, NOBODY, may
from pipe_sched.actions.errors import NotAllowed, NotSignedIn
from pipe_sched.actions.sign_in import Entered
from pipe_sched.actions.visitor import Visitor
from pipe_sched.actions.who_asks import SignedIn, who_asks
from pipe_sched.store.engine import StoreUnavailable
from pipe_sched.web.browsers import browser_words
from pipe_sched.web.needs import needed_action, store
from pipe_sched.web.public import cookie_name

TOKEN, DEVICE = "pipe-sched", "pipe-sched-device"
"""The names of the cookies; behind TLS they begin with __Host-, which binds them to this host."""
HALF_A_YEAR = 180 * 24 * 3600
LONGEST_NEXT = 1000
SCRIPTED = frozenset({"cors", "no-cors", "same-origin"})
"""Values of Sec-Fetch-Mode for what a page's own script asks for."""


def register(app: Flask) -> None:
    """Find out who asks before every request of the app; templates know too."""
    app.before_request(find_out)
    app.context_processor(_for_templates)


def find_out() -> Answer | None:
    """Set `g.sign_in` and `g.actor`; turn away whoever may not do what the address is for."""
    if request.endpoint == "static":
        return None
    action = needed_action()
    needs_nobody = action is not None and ACTIONS[action].open
    g.sign_in = _asked(forgiving=needs_nobody)
    g.actor = NOBODY if g.sign_in is None else g.sign_in.actor
    if action is None or needs_nobody:
        return None
    if g.sign_in is None or not g.sign_in.full:
        return _to_sign_in()
    if may(g.actor, action):
        return None
    if request.path == "/":
        return redirect(home(), 303)
    raise NotAllowed("Your role does not allow this. Who may do what shows which role does.")


def _asked(*, forgiving: bool) -> SignedIn | None:
    """The sign-in of the browser's cookie. A page that needs none is shown without a database."""
    scripted = request.headers.get("Sec-Fetch-Mode") in SCRIPTED
    try:
        token = request.cookies.get(cookie_name(TOKEN), "")
        return who_asks(store(), token, active=not scripted)
    except StoreUnavailable:
        if forgiving:
            return None
        raise


def _to_sign_in() -> Answer:
    wants_page = "text/html" in request.headers.get("Accept", "")
    if request.method != "GET" or not wants_page:
        raise NotSignedIn("You are not signed in, or were not active for a while. Sign in first.")
    here = request.full_path.rstrip("?")
    return redirect(url_for("sign_in.show", next=None if here == "/" else here), 303)


def signed_in() -> SignedIn | None:
    """The sign-in of whoever asks, half or full."""
    found: SignedIn | None = g.get("sign_in")
    return found


def full_sign_in() -> SignedIn:
    """The full sign-in of a page that is marked with an action that needs one."""
    found = signed_in()
    if found is None or not found.full:
        raise NotSignedIn("Sign in first.")
    return found


def home() -> str:
    """The first page that whoever asks may see."""
    if may(g.actor, "list_weeks"):
        return "/"
    return url_for("accounts.index" if may(g.actor, "manage_accounts") else "account.show")


def safe_next(text: str | None) -> str | None:
    """An address of our own to go on to; None when it leads, or could lead, anywhere else."""
    if not text or len(text) > LONGEST_NEXT or not text.startswith("/"):
        return None
    foreign = text.startswith("//") or "\\" in text or not text.isprintable()
    return None if foreign else text


def visitor() -> Visitor:
    """The side that this request comes from."""
    return Visitor(
        request.remote_addr or "",
        request.cookies.get(cookie_name(DEVICE), "")[:100],
        browser_words(request.headers.get("User-Agent", "")),
    )


def go_on(entered: Entered, onward: str | None) -> Answer:
    """To the step that comes after."""
    onward = safe_next(onward)
    if entered.full:
        return let_in(redirect(onward or "/", 303), entered)
    step = "sign_in.set_up" if entered.set_up else "sign_in.code"
    return let_in(redirect(url_for(step, next=onward), 303), entered)


def let_in(answer: Response | Answer, entered: Entered) -> Response | Answer:
    """Give the browser its new token; nothing that it brought along stays (no fixation)."""
    session.clear()
    _set(answer, TOKEN, entered.token)
    if entered.device:
        _set(answer, DEVICE, entered.device, max_age=HALF_A_YEAR)
    return answer


def let_out(answer: Response | Answer) -> Response | Answer:
    """Take the token from the browser; it stays known."""
    session.clear()
    secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
    answer.delete_cookie(cookie_name(TOKEN), path="/", secure=secure, httponly=True, samesite="Lax")
    return answer


def _set(answer: Response | Answer, name: str, value: str, max_age: int | None = None) -> None:
    answer.set_cookie(
        cookie_name(name),
        value,
        max_age=max_age,
        path="/",
        secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
        httponly=True,
        samesite="Lax",
    )


def _for_templates() -> dict[str, Any]:
    """Who is signed in, and the parts of the program that they can open."""
    asked = signed_in()
    if asked is None or not asked.full:
        return {"signed_in": None, "navigation": [], "demo": _is_demo()}
    parts = (
        ("Sites and weeks", "/", "list_weeks"),
        ("Record", "/record", "see_record"),
        ("Accounts", "/accounts", "manage_accounts"),
        ("Keeping data", "/retention", "set_retention"),
        ("Who may do what", "/permissions", "see_permissions"),
        ("Your account", "/account", "own_account"),
    )
    shown = [
        {"text": text, "href": href, "active": _is_in(href)}
        for text, href, action in parts
        if may(asked.actor, action)
    ]
    return {"signed_in": asked, "navigation": shown, "demo": _is_demo()}


def _is_in(part: str) -> bool:
    path = request.path
    if part == "/":
        return path == "/" or path.startswith("/sites/")
    return path == part or path.startswith(f"{part}/")


def _is_demo() -> bool:
    return "demo.enter" in current_app.view_functions
