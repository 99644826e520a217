"""Managing accounts: who may sign in, with which roles, by which link."""

from __future__ import annotations

from flask import (
    Blueprint,
    Response,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.wrappers import Response as Answer

from pipe_sched.actions.account_views import AccountLine, AccountList, MadeLink, held_words
from pipe_sched.actions.change_account import ChangedMeanwhile, change_account
from pipe_sched.actions.end_sign_ins import end_sign_ins_of
from pipe_sched.actions.errors import BadRequest, Conflict, Refusal
from pipe_sched.actions.make_account import make_account
from pipe_sched.actions.make_link import NO_ACCOUNT, make_link
from pipe_sched.actions.see_accounts import see_accounts
from pipe_sched.web.forms.accounts import (
    ChangeAccountForm,
    LinkForm,
    NewAccountForm,
    change_account_form,
    new_account_form,
)
from pipe_sched.web.handles import handle
from pipe_sched.web.needs import actor, needs, store
from pipe_sched.web.problems import Problem
from pipe_sched.web.public import public_url

pages = Blueprint("accounts", __name__)
View = str | Response | Answer


@pages.get("/accounts")
@needs("manage_accounts")
def index() -> str:
    """Everybody who has an account."""
    there = see_accounts(store(), actor())
    held = {line.id: held_words(line.grants, there.site_names) for line in there.accounts}
    return render_template("accounts/index.html", there=there, held=held)


@pages.get("/accounts/new")
@needs("manage_accounts")
def new() -> View:
    """The form for somebody new."""
    return _new(new_account_form(see_accounts(store(), actor()), {}))


@pages.post("/accounts")
@needs("manage_accounts")
def make() -> View:
    """Make the account, and show its link, once."""
    form = new_account_form(see_accounts(store(), actor()), request.form)
    facts = form.facts() if form.validate() else None
    if facts is None:
        return _new(form, 400)
    try:
        made = make_account(store(), actor(), form.email.data or "", facts)
    except Refusal as refusal:
        form.email.errors = [refusal.sentence]
        return _new(form, refusal.status)
    return _link(make_link(store(), actor(), made), facts.name)


def _new(form: NewAccountForm, status: int = 200) -> Response:
    return make_response(render_template("accounts/new.html", form=form), status)


def _link(made: MadeLink, name: str) -> Response:
    """The link, shown this once. It goes from the administrator to its owner by hand."""
    base = public_url() or request.host_url.rstrip("/")
    address = f"{base}{url_for('set_password.show', token=made.token)}"
    text = render_template("accounts/link.html", made=made, name=name, address=address)
    return make_response(text)


def _found(id_: str) -> tuple[AccountList, AccountLine]:
    there = see_accounts(store(), actor())
    line = next((one for one in there.accounts if one.id == id_), None)
    if line is None:
        raise Problem(404, NO_ACCOUNT)
    return there, line


@pages.get("/accounts/<id_>")
@needs("manage_accounts")
def show(id_: str) -> View:
    """One account."""
    there, line = _found(id_)
    return _shown(there, line, change_account_form(there, line, {}))


def _shown(
    there: AccountList,
    line: AccountLine,
    form: ChangeAccountForm,
    status: int = 200,
    problem: str = "",
    *,
    overtaken: bool = False,
) -> Response:
    text = render_template(
        "accounts/show.html",
        line=line,
        handle=handle(line.id),
        held=held_words(line.grants, there.site_names),
        staff=there.staff_names,
        form=form,
        link_form=LinkForm(formdata=None),
        problem=problem,
        overtaken=overtaken,
        own=line.id == actor().id,
    )
    return make_response(text, status)


@pages.post("/accounts/<id_>")
@needs("manage_accounts")
def change(id_: str) -> View:
    """Change the account."""
    there, line = _found(id_)
    form = change_account_form(there, line, request.form)
    facts = form.facts(bool(form.active.data)) if form.validate() else None
    if facts is None:
        return _shown(there, line, form, 400)
    try:
        change_account(store(), actor(), id_, facts, version=form.seen)
    except ChangedMeanwhile as refusal:
        form.version.data = str(line.version)
        return _shown(there, line, form, 409, refusal.sentence, overtaken=True)
    except (BadRequest, Conflict) as refusal:
        return _shown(there, line, form, refusal.status, refusal.sentence)
    flash(f"{facts.name} is changed. It counts from their next page on.")
    return redirect(url_for("accounts.index"), 303)


@pages.post("/accounts/<id_>/link")
@needs("manage_accounts")
def link(id_: str) -> View:
    """Make a new link and show it, once."""
    _there, line = _found(id_)
    anew = bool(LinkForm().second_factor.data)
    return _link(make_link(store(), actor(), id_, second_factor=anew), line.name)


@pages.post("/accounts/<id_>/end")
@needs("manage_accounts")
def end(id_: str) -> Answer:
    """End all sign-ins of somebody."""
    _there, line = _found(id_)
    ended = end_sign_ins_of(store(), actor(), id_)
    places = "1 place" if ended == 1 else f"{ended} places"
    flash(f"{line.name} is signed out, in {places}.")
    return redirect(url_for("accounts.show", id_=id_), 303)
