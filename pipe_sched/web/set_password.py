"""Setting a password with a one-time link."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template

from pipe_sched.actions.errors import Refusal
from pipe_sched.actions.use_link import OpenLink, look_at_link, set_password
from pipe_sched.web.forms.signing import NewPasswordForm
from pipe_sched.web.needs import needs, store
from pipe_sched.web.sign_in import View, refused, told
from pipe_sched.web.signing import go_on, visitor

pages = Blueprint("set_password", __name__)


@pages.get("/set-password/<token>")
@needs("sign_in")
def show(token: str) -> View:
    """Who it is for, and the form. The link is not used up by looking."""
    return _shown(look_at_link(store(), token, visitor()), NewPasswordForm(), token)


@pages.post("/set-password/<token>")
@needs("sign_in")
def put(token: str) -> View:
    """Set it, and go on to the second step."""
    link, form = look_at_link(store(), token, visitor()), NewPasswordForm()
    if not form.validate():
        return _shown(link, form, token, 400)
    try:
        entered = set_password(store(), token, form.password.data or "", visitor())
    except Refusal as refusal:
        return refused(_shown(link, form, token, told(form.password, refusal)), refusal)
    return go_on(entered, None)


def _shown(link: OpenLink, form: NewPasswordForm, token: str, status: int = 200) -> Response:
    text = render_template("sign_in/set_password.html", link=link, form=form, token=token)
    return make_response(text, status)
