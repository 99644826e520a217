"""How a solve searches."""

from __future__ import annotations

import pytest

from pipe_sched.solve.settings import SAFE, Settings


@pytest.mark.parametrize("last", [True, False])
@pytest.mark.parametrize("settings", [Settings(), Settings(workers=8), Settings(deterministic=1.0)])
def test_no_search_uses_the_part_of_the_solver_that_crashes(settings: Settings, last: bool) -> None:
    """Full solves of the reference week ended the whole process there, after others in it."""
    assert SAFE.items() <= settings.parameters(last).items()
    assert SAFE == {"num_violation_ls": 0, "use_feasibility_jump": False}
