"""`python -m pipe_sched.work --store URL`: a worker without the rest of the commands."""

from __future__ import annotations

import argparse
import dataclasses

from pipe_sched.store.engine import StoreUnusable
from pipe_sched.work import Settings, run_worker


def main() -> None:
    """Read the options (one per setting) and work until told to end."""
    parser = argparse.ArgumentParser(prog="pipe_sched.work", description="Solve queued runs.")
    parser.add_argument("--store", required=True, metavar="URL")
    defaults = Settings()
    for setting in dataclasses.fields(Settings):
        value = getattr(defaults, setting.name)
        parser.add_argument(f"--{setting.name}", type=type(value), default=value)
    given = vars(parser.parse_args())
    url = given.pop("store")
    try:
        run_worker(url, Settings(**given))
    except StoreUnusable as error:
        raise SystemExit(str(error)) from None


if __name__ == "__main__":
    main()
