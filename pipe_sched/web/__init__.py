"""The pages: Flask, GOV.UK components, one module a page.

Views check the permission, read a form, call one action and answer. They see
neither tables nor the solver.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from flask import Flask
from flask_wtf.csrf import CSRFProtect
from govuk_frontend_wtf.main import WTFormsHelpers
from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, PrefixLoader

from pipe_sched.store.flask_glue import attach
from pipe_sched.web import (
    account,
    accounts,
    demo_door,
    downloads,
    handles,
    happened,
    health,
    one_off,
    people,
    permissions,
    problems,
    proposals,
    publishing,
    record,
    retention,
    runs,
    session,
    set_password,
    sign_in,
    signing,
    sites,
    uploads,
    wall,
    week,
)
from pipe_sched.web.guard import guard
from pipe_sched.web.limits import BODY_LIMIT, PARTS_LIMIT, MemoryRequest
from pipe_sched.web.log import hush, log_fault
from pipe_sched.web.needs import can
from pipe_sched.web.public import checked
from pipe_sched.web.words import words

PARTS = (
    sign_in,
    set_password,
    account,
    accounts,
    permissions,
    sites,
    uploads,
    week,
    session,
    one_off,
    publishing,
    proposals,
    happened,
    people,
    wall,
    runs,
    downloads,
    record,
    retention,
    health,
)
DEFAULT_STORE = "sqlite:///pipe-sched.db"


class Pages(Flask):
    """Flask that keeps uploads in memory, and says of a fault where it was and never its words."""

    request_class = MemoryRequest

    def log_exception(self, exc_info: Any) -> None:
        """A fault that came up outside a view."""
        log_fault(exc_info[1])


def create_app(
    store_url: str | None = None, *, public_url: str | None = None, **settings: Any
) -> Flask:
    """The web application over one store.

    `store_url` defaults to PIPE_SCHED_STORE, then to pipe-sched.db in this folder.
    `public_url`: the https address by which others reach it through a proxy; None: this computer
    alone may come in.
    Raises `StoreUnusable` when there is no such store to open, `CannotServe` when that is no such
    address or what it needs is missing.
    """
    home = _home()
    app = Pages(__name__, template_folder=home / "templates", static_folder=home / "static")
    app.config.update(_settings(checked(public_url)))
    app.config.update(settings)
    hush(app.logger.name)
    _templates(app)
    guard(app)
    signing.register(app)
    CSRFProtect(app)
    WTFormsHelpers(app)
    url = store_url or os.environ.get("PIPE_SCHED_STORE", DEFAULT_STORE)
    store = app.extensions["pipe-sched-store"] = attach(app, url)
    app.config["SECRET_KEY"] = store.key_for("cookies")
    handles.use(app, store.key_for("handles"))
    for part in PARTS:
        app.register_blueprint(part.pages)
    demo_door.register(app)
    problems.register(app)
    return app


def _settings(public_url: str | None) -> dict[str, Any]:
    """Flask's settings, alone or behind a public address.

    The check of Referer that the form library adds under https is off: our pages send none, and
    `guard` asks for Origin instead.
    """
    behind_tls = public_url is not None
    return {
        "PUBLIC_URL": public_url,
        "SEES_FORWARDING": False,
        "MAX_CONTENT_LENGTH": BODY_LIMIT,
        "MAX_FORM_MEMORY_SIZE": BODY_LIMIT,
        "MAX_FORM_PARTS": PARTS_LIMIT,
        "SESSION_COOKIE_NAME": "__Host-session" if behind_tls else "session",
        "SESSION_COOKIE_SECURE": behind_tls,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_HTTPONLY": True,
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": False,
    }


def _home() -> Path:
    """Where templates and static files are: beside the package in a checkout, else inside it."""
    package = Path(__file__).resolve().parent.parent
    return package.parent if (package.parent / "templates").is_dir() else package


def _templates(app: Flask) -> None:
    own = FileSystemLoader(str(app.template_folder))
    parts = {
        "govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja"),
        "govuk_frontend_wtf": PackageLoader("govuk_frontend_wtf"),
    }
    app.jinja_loader = ChoiceLoader([own, PrefixLoader(parts)])
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(words())
    app.jinja_env.globals["can"] = can
