"""One's own account: where one is signed in, password, second step, recovery codes."""

from __future__ import annotations

from flask import Blueprint, Response, flash, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response as Answer

from pipe_sched.actions.account_views import held_words
from pipe_sched.actions.change_password import change_password
from pipe_sched.actions.end_sign_ins import end_other_sign_ins, end_own_sign_in
from pipe_sched.actions.errors import Refusal
from pipe_sched.actions.new_recovery_codes import new_recovery_codes
from pipe_sched.actions.prove_password import WRONG
from pipe_sched.actions.see_own_account import see_own_account
from pipe_sched.actions.set_up_second_factor import offer_second_factor, set_up_second_factor
from pipe_sched.web.forms.account import (
    ChangePasswordForm,
    EndForm,
    NewCodesForm,
    RenewFactorForm,
)
from pipe_sched.web.needs import needs, store
from pipe_sched.web.sign_in import View, refused, told
from pipe_sched.web.signing import full_sign_in, let_out, visitor

pages = Blueprint("account", __name__)


@pages.get("/account")
@needs("own_account")
def show() -> str:
    """Everything about one's own account."""
    own = see_own_account(store(), full_sign_in())
    held = held_words(own.grants, own.site_names)
    return render_template("account/show.html", own=own, held=held, form=EndForm())


@pages.post("/account/sign-ins/end")
@needs("own_account")
def end() -> Answer | Response:
    """End one of one's own sign-ins; the one that asks is left like signing out."""
    signed, which = full_sign_in(), EndForm().which.data or ""
    end_own_sign_in(store(), signed, which)
    if which == signed.id:
        return let_out(redirect(url_for("sign_in.show"), 303))
    flash("That sign-in is over.")
    return redirect(url_for("account.show"), 303)


@pages.post("/account/sign-ins/end-others")
@needs("own_account")
def end_others() -> Answer:
    """End all of one's own sign-ins but this one."""
    ended = end_other_sign_ins(store(), full_sign_in())
    flash(f"{_sign_ins(ended)} elsewhere {'are' if ended != 1 else 'is'} over.")
    return redirect(url_for("account.show"), 303)


def _sign_ins(count: int) -> str:
    return "One sign-in" if count == 1 else f"{count} sign-ins"


@pages.get("/account/password")
@needs("own_account")
def password() -> View:
    """The form for another password."""
    return _page("account/password.html", ChangePasswordForm())


@pages.post("/account/password")
@needs("own_account")
def put_password() -> View:
    """Change it."""
    signed, form = full_sign_in(), ChangePasswordForm()
    if not form.validate():
        return _page("account/password.html", form, 400)
    given = (form.current.data or "", form.password.data or "")
    try:
        change_password(store(), signed, *given, visitor())
    except Refusal as refusal:
        field = form.current if _of_current(refusal) else form.password
        return refused(_page("account/password.html", form, told(field, refusal)), refusal)
    flash("Your password is changed. You are signed out everywhere else.")
    return redirect(url_for("account.show"), 303)


def _of_current(refusal: Refusal) -> bool:
    """Whether it is about the present password, and not about the new one."""
    return refusal.sentence == WRONG or refusal.status != 400


@pages.get("/account/second-factor")
@needs("own_account")
def second_factor() -> View:
    """What another phone scans."""
    return _offered(RenewFactorForm())


@pages.post("/account/second-factor")
@needs("own_account")
def put_second_factor() -> View:
    """Take the other phone, and show new recovery codes."""
    signed, form = full_sign_in(), RenewFactorForm()
    if not form.validate():
        return _offered(form, 400)
    given = (form.sealed.data or "", form.code.data or "")
    try:
        done = set_up_second_factor(
            store(), signed, *given, visitor(), password=form.current.data or ""
        )
    except Refusal as refusal:
        field = form.current if _of_current(refusal) else form.code
        return refused(_offered(form, told(field, refusal)), refusal)
    return make_response(render_template("account/codes.html", codes=done.codes, new_phone=True))


def _offered(form: RenewFactorForm, status: int = 200) -> Response:
    offer = offer_second_factor(store(), full_sign_in(), form.sealed.data or "")
    form.sealed.data = offer.sealed
    text = render_template("account/second_factor.html", form=form, offer=offer)
    return make_response(text, status)


@pages.get("/account/recovery-codes")
@needs("own_account")
def codes() -> View:
    """What recovery codes are for, and the form for new ones."""
    return _page("account/new_codes.html", NewCodesForm())


@pages.post("/account/recovery-codes")
@needs("own_account")
def put_codes() -> View:
    """Make new ones and show them, once."""
    form = NewCodesForm()
    if not form.validate():
        return _page("account/new_codes.html", form, 400)
    try:
        made = new_recovery_codes(store(), full_sign_in(), form.current.data or "", visitor())
    except Refusal as refusal:
        return refused(_page("account/new_codes.html", form, told(form.current, refusal)), refusal)
    return make_response(render_template("account/codes.html", codes=made))


def _page(template: str, form: object, status: int = 200) -> Response:
    return make_response(render_template(template, form=form), status)
