"""How a solve searches, and how it says how good each tier became."""

from __future__ import annotations

from dataclasses import dataclass

SAFE: dict[str, object] = {"num_violation_ls": 0, "use_feasibility_jump": False}
"""Leaves out the solver's local search for a first answer, in every solve of several workers.

Version 9.15 may end the whole process there (it compiles a cumulative without events in
`CompiledReservoirConstraint`); first answers were found as soon without it.
"""


@dataclass(frozen=True, slots=True)
class TierResult:
    """How good a tier is: its cost, the least it could be, whether nothing better exists.

    Of the tier `changes` the bound is that of the fewest changes, and `proven` says whether
    those are proven to be the fewest. Where more were allowed and bought something, the cost
    is higher than the fewest by at most the number allowed (see `solve`).
    """

    tier: str
    cost: int
    bound: int
    proven: bool


@dataclass(frozen=True, slots=True)
class Settings:
    """How to search: workers, seed, and deterministic time per stage (None = wall time only).

    `extra_changes`: how far the cost of changes may rise above the least, to hold more.
    `comfort_seconds`: how long comfort may be searched for after publication (None = as
    long as there is time).
    """

    workers: int = 2
    seed: int = 1
    deterministic: float | None = None
    extra_changes: int = 0
    comfort_seconds: float | None = None

    def parameters(self, last: bool) -> dict[str, object]:
        """The solver's parameters; `last`: for the tier that gets what time is left.

        Measured on weeks of 40 and 80 sessions: probing cost more than it saved; with two
        workers, one that raises the bound by cores beside one that improves the answer came
        within 2% where the solver's own choice stayed at 55%.
        """
        out: dict[str, object] = {"random_seed": self.seed, "cp_model_probing_level": 0} | SAFE
        if not last:
            out["max_presolve_iterations"] = 1
        if self.deterministic is not None:
            return out | {"num_workers": 1, "max_deterministic_time": self.deterministic}
        out["num_workers"] = self.workers
        if self.workers == 2:
            out |= {"subsolvers": ["core"], "linearization_level": 1 if last else 0}
        elif self.workers > 2:
            out["subsolvers"] = ["core", "no_lp", "default_lp", "quick_restart"][: self.workers - 1]
        return out
