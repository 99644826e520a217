"""Signing in and out: the password, the code, the second factor set up for the first time."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer
from wtforms import Field

from pipe_sched.actions.errors import Refusal, TooManyTries
from pipe_sched.actions.give_second_factor import give_second_factor
from pipe_sched.actions.see_accounts import nobody_yet
from pipe_sched.actions.set_up_second_factor import offer_second_factor, set_up_second_factor
from pipe_sched.actions.sign_in import sign_in
from pipe_sched.actions.sign_out import sign_out
from pipe_sched.actions.who_asks import SignedIn
from pipe_sched.web import demo_door
from pipe_sched.web.forms.signing import CodeForm, FactorForm, SignInForm
from pipe_sched.web.needs import needs, store
from pipe_sched.web.signing import go_on, let_in, let_out, safe_next, signed_in, visitor

pages = Blueprint("sign_in", __name__)
View = str | Response | Answer


@pages.get("/sign-in")
@needs("sign_in")
def show() -> View:
    """The first step."""
    asked, onward = signed_in(), safe_next(request.args.get("next"))
    if asked is not None and asked.full:
        return redirect(onward or "/", 303)
    return _first(SignInForm(next=onward or ""))


@pages.post("/sign-in")
@needs("sign_in")
def enter() -> View:
    """Take the first step."""
    form = SignInForm()
    if not form.validate():
        return _first(form, 400)
    try:
        entered = sign_in(store(), form.email.data or "", form.password.data or "", visitor())
    except Refusal as refusal:
        return refused(_first(form, told(form.email, refusal)), refusal)
    return go_on(entered, form.next.data)


def _first(form: SignInForm, status: int = 200) -> Response:
    text = render_template(
        "sign_in/show.html",
        form=form,
        first_run=nobody_yet(store()),
        demo_people=demo_door.people(),
    )
    return make_response(text, status)


def told(field: Field, refusal: Refusal) -> int:
    """Say beside the field why not; gives back the status of the answer."""
    field.errors = [refusal.sentence]
    return refusal.status


def refused(answer: Response, refusal: Refusal) -> Response:
    """The answer, which also tells programs how long to wait."""
    if isinstance(refusal, TooManyTries):
        answer.headers["Retry-After"] = str(refusal.seconds)
    return answer


def _half(step: str) -> SignedIn | Answer:
    """The sign-in that is at this step (code or set_up), or where to go instead."""
    asked = signed_in()
    if asked is None:
        return redirect(url_for("sign_in.show", next=safe_next(request.values.get("next"))), 303)
    if asked.full:
        return redirect(safe_next(request.values.get("next")) or "/", 303)
    right = "set_up" if asked.set_up else "code"
    return asked if step == right else redirect(url_for(f"sign_in.{right}"), 303)


@pages.get("/sign-in/code")
@needs("sign_in")
def code() -> View:
    """The second step."""
    asked = _half("code")
    if not isinstance(asked, SignedIn):
        return asked
    return _second(CodeForm(next=safe_next(request.args.get("next")) or ""))


@pages.post("/sign-in/code")
@needs("sign_in")
def give_code() -> View:
    """Take the second step."""
    asked, form = _half("code"), CodeForm()
    if not isinstance(asked, SignedIn):
        return asked
    if not form.validate():
        return _second(form, 400)
    try:
        entered = give_second_factor(store(), asked, form.code.data or "", visitor())
    except Refusal as refusal:
        return refused(_second(form, told(form.code, refusal)), refusal)
    return go_on(entered, form.next.data)


def _second(form: CodeForm, status: int = 200) -> Response:
    by_hand = "recovery" in request.args
    text = render_template("sign_in/code.html", form=form, recovery=by_hand)
    return make_response(text, status)


@pages.get("/sign-in/second-factor")
@needs("sign_in")
def set_up() -> View:
    """A second factor for an account that has none."""
    asked = _half("set_up")
    if not isinstance(asked, SignedIn):
        return asked
    return _factor(asked, FactorForm(next=safe_next(request.args.get("next")) or ""))


@pages.post("/sign-in/second-factor")
@needs("sign_in")
def confirm() -> View:
    """Take it, show the recovery codes, and be signed in."""
    asked, form = _half("set_up"), FactorForm()
    if not isinstance(asked, SignedIn):
        return asked
    if not form.validate():
        return _factor(asked, form, 400)
    given = (form.sealed.data or "", form.code.data or "")
    try:
        done = set_up_second_factor(store(), asked, *given, visitor())
    except Refusal as refusal:
        return _factor(asked, form, told(form.code, refusal))
    onward = safe_next(form.next.data) or "/"
    text = render_template("sign_in/codes.html", codes=done.codes, onward=onward)
    answer = make_response(text)
    return answer if done.entered is None else let_in(answer, done.entered)


def _factor(asked: SignedIn, form: FactorForm, status: int = 200) -> Response:
    offer = offer_second_factor(store(), asked, form.sealed.data or "")
    form.sealed.data = offer.sealed
    text = render_template("sign_in/second_factor.html", form=form, offer=offer)
    return make_response(text, status)


@pages.post("/sign-out")
@needs("sign_in")
def leave() -> Answer:
    """End this sign-in."""
    asked = signed_in()
    if asked is not None:
        sign_out(store(), asked)
    return let_out(redirect(url_for("sign_in.show"), 303))
