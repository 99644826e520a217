"""WSGI entry, for `waitress-serve app:app`; `pipe-sched serve` is the usual way.

It reads PIPE_SCHED_STORE and PIPE_SCHED_PUBLIC_URL. Behind a public address the server has to be
told which proxy to believe; a server that hides whether there is a proxy is refused.
"""

from pipe_sched.web import create_app
from pipe_sched.web.public import from_environment

app = create_app(public_url=from_environment())
