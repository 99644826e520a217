"""Flask-SQLAlchemy over the same tables and the same door.

For pages and tools that expect the extension: its engine gets our settings, so
that a session opened through the `Store` it gives back follows the same rules.
Worker and commands do without Flask and call `engine.open_store`.
"""

from __future__ import annotations

from flask import Flask
from flask_sqlalchemy import SQLAlchemy

from pipe_sched.store.base import Base
from pipe_sched.store.engine import Store, address_of, bring_up, engine_options, prepare

db = SQLAlchemy(model_class=Base)
"""The extension on our own declarative base; `db.session` has no scope, so pages leave it be."""


def attach(app: Flask, url: str) -> Store:
    """Register the extension with the app and give back the store over its engine.

    Raises:
        StoreUnusable: the address, or what lies there, cannot be used.
    """
    address = address_of(url)
    app.config["SQLALCHEMY_DATABASE_URI"] = address
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(address)
    db.init_app(app)
    with app.app_context():
        store = Store(prepare(db.engine))
    return bring_up(store)
