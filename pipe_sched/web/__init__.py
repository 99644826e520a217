"""The pages: Flask, GOV.UK components, one module a page.

Views check the permission, read a form, call one action and answer. They see
neither tables nor the solver.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any

from flask import Flask
from flask_wtf.csrf import CSRFProtect
from govuk_frontend_wtf.main import WTFormsHelpers
from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, PrefixLoader

from pipe_sched.store.flask_glue import attach
from pipe_sched.web import (
    downloads,
    happened,
    one_off,
    people,
    problems,
    proposals,
    publishing,
    runs,
    session,
    sites,
    uploads,
    wall,
    week,
)
from pipe_sched.web.guard import guard
from pipe_sched.web.words import words

PARTS = (
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
)
UPLOAD_LIMIT = 1024 * 1024
DEFAULT_STORE = "sqlite:///pipe-sched.db"


def create_app(store_url: str | None = None, **settings: Any) -> Flask:
    """The web application over one store.

    `store_url` defaults to PIPE_SCHED_STORE, then to pipe-sched.db in this folder.
    Raises `StoreUnusable` when there is no such store to open.
    """
    home = _home()
    app = Flask(__name__, template_folder=home / "templates", static_folder=home / "static")
    app.config.update(
        SECRET_KEY=secrets.token_bytes(32),
        MAX_CONTENT_LENGTH=UPLOAD_LIMIT,
        MAX_FORM_MEMORY_SIZE=UPLOAD_LIMIT,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_HTTPONLY=True,
        WTF_CSRF_TIME_LIMIT=None,
    )
    app.config.update(settings)
    _templates(app)
    guard(app)
    CSRFProtect(app)
    WTFormsHelpers(app)
    url = store_url or os.environ.get("PIPE_SCHED_STORE", DEFAULT_STORE)
    app.extensions["pipe-sched-store"] = attach(app, url)
    for part in PARTS:
        app.register_blueprint(part.pages)
    problems.register(app)
    return app


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
