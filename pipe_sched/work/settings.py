"""The worker's settings: how long it waits, and what a child may use."""

from __future__ import annotations

from dataclasses import dataclass

GIB = 1024**3


@dataclass(frozen=True, slots=True)
class Settings:
    """All times in seconds, memory in bytes of address space.

    `lease`: how long a run stays with a silent worker. `beat`: between signs of life.
    `idle`: between looks into an empty queue. `attempts`: how often a run is begun before
    it is reported failed. `grace`: what a child may overrun its limit before it is killed.
    `reasons`: for working out why sessions are not held.
    """

    lease: float = 30.0
    beat: float = 1.0
    idle: float = 0.5
    attempts: int = 3
    grace: float = 10.0
    memory: int = 4 * GIB
    reasons: float = 20.0
