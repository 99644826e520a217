"""WSGI entry: `waitress-serve app:app` or `flask run`."""

from pipe_sched.web import create_app

app = create_app()
