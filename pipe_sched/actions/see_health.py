"""Whether the program is well: its database, its tables, its worker. Holds no data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pipe_sched.access import Actor
from pipe_sched.actions.door import allowed
from pipe_sched.actions.worker_alive import worker_alive
from pipe_sched.store.engine import Store, StoreUnavailable


@dataclass(frozen=True, slots=True)
class Health:
    """What works. Of a database that cannot be read nothing else is known."""

    database: bool
    migrations: bool = False
    worker: bool = False

    @property
    def well(self) -> bool:
        """Whether everything does."""
        return self.database and self.migrations and self.worker


def see_health(store: Store, actor: Actor, *, now: datetime | None = None) -> Health:
    """Ask the database three short questions; never raises for what it finds."""
    allowed(actor, "see_health")
    try:
        migrations = store.up_to_date()
        worker = migrations and worker_alive(store, now=now)
    except StoreUnavailable:
        return Health(database=False)
    return Health(True, migrations, worker)
