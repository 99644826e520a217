"""The scope of a session: which sites, for whom, reading or writing.

Made once, when a session is opened, and never changed. A scope over every
site has to name its reason, so that such exits can be counted and logged.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EverySite:
    """No limit on sites. `reason` is one word for the log: operator, worker, retention, ..."""

    reason: str


@dataclass(frozen=True, slots=True)
class Scope:
    """What a session may reach. Without `write` the database itself refuses changes.

    `action` is the action of `access` it is opened for: what is changed goes on record under it.
    Without one (a worker's signs of life) nothing goes on record.
    """

    sites: frozenset[str] | EverySite
    actor: str
    write: bool = False
    action: str = ""

    def covers(self, site: str) -> bool:
        """Whether the site is inside."""
        return isinstance(self.sites, EverySite) or site in self.sites

    @property
    def limit(self) -> frozenset[str] | None:
        """The site ids, or None when there is no limit."""
        return None if isinstance(self.sites, EverySite) else self.sites
