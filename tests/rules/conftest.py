"""A rule's test file must make that rule speak: examples in which it never counts prove nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from pipe_sched.rules import claims
from pipe_sched.rules.book import book

KINDS = [
    kind for kind in vars(claims).values() if isinstance(kind, type) and "breach" in vars(kind)
]


def listened_to(breach: Callable[[Any, Any], int], heard: set[str]) -> Callable[[Any, Any], int]:
    """The same breach, which also notes the rule whose claim is broken."""

    def noted(claim: Any, held: Any) -> int:
        count = breach(claim, held)
        if count:
            heard.add(claim.rule)
        return count

    return noted


@pytest.fixture(scope="module", autouse=True)
def rule_speaks(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a rule's test file after its last test when its rule was never broken in any."""
    rule = request.path.stem.removeprefix("test_")
    heard: set[str] = set()
    with pytest.MonkeyPatch.context() as patch:
        for kind in KINDS:
            patch.setattr(kind, "breach", listened_to(vars(kind)["breach"], heard))
        yield
    config = request.config
    whole = not config.getoption("keyword") and not any("::" in str(arg) for arg in config.args)
    if whole and rule in book() and not request.session.testsfailed:
        assert rule in heard, f"{request.path.name} never makes the rule {rule} speak"
