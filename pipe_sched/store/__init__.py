"""The database: the only part that imports SQLAlchemy.

Rows hold ids; names live in one table of their own. Everything is reached
through `Store.open_session(scope)`, so that a later gate guards one door.
"""
