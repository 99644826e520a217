"""The rule book: every rule file of this package, found by name.

A rule is a module with a docstring whose first line is the title people read,
the constants LEVEL, TIER and PRICE (defaults of a site), NEVER_OVERRIDDEN, DECIDED
(it alone reads what people decided: pins, what is cancelled, the present), and
`claims(index)`. Its identity is its file name. Nothing registers itself: a
file in this folder that has `claims` is a rule.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from pipe_sched import rules
from pipe_sched.core.index import Index
from pipe_sched.core.week import Level, Tier, Week
from pipe_sched.rules.claims import Claim


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as people read it, with its default level, tier and price."""

    name: str
    title: str
    why: str
    level: Level
    tier: Tier
    price: int
    never_overridden: bool
    decided: bool
    claims: Callable[[Index], Iterable[Claim]]


@dataclass(frozen=True, slots=True)
class Terms:
    """How a rule counts at one site."""

    level: Level
    tier: Tier
    price: int


@cache
def book() -> dict[str, Rule]:
    """All rules by name, in alphabetical order."""
    found = {}
    for info in pkgutil.iter_modules(rules.__path__):
        module = importlib.import_module(f"{rules.__name__}.{info.name}")
        if not hasattr(module, "LEVEL"):
            continue
        title, _, why = (module.__doc__ or "").strip().partition("\n")
        found[info.name] = Rule(
            info.name,
            title,
            why.strip(),
            module.LEVEL,
            module.TIER,
            module.PRICE,
            getattr(module, "NEVER_OVERRIDDEN", False),
            getattr(module, "DECIDED", False),
            module.claims,
        )
    return found


def unknown_rules(week: Week) -> tuple[str, ...]:
    """A sentence for every setting of a site that names no rule."""
    out = []
    for site in week.sites:
        for setting in site.rules:
            if setting.rule not in book():
                near = get_close_matches(setting.rule, book(), n=1)
                hint = f"Did you mean “{near[0]}”?" if near else "docs/rules.md lists them."
                out.append(f"sites[{site.id}].rules: there is no rule “{setting.rule}”. {hint}")
    return tuple(out)


def terms(index: Index, rule: str, site: str) -> Terms:
    """The level, tier and price of a rule at a site; never-overridden rules stay musts.

    A must made a should lands in the comfort tier unless the site says otherwise.
    """
    base = book()[rule]
    at = index.sites.get(site)
    own = next((s for s in at.rules if s.rule == rule), None) if at else None
    if own is None or base.never_overridden:
        return Terms(base.level, base.tier, base.price)
    level = own.level or base.level
    turned = base.level == "must" and level == "should"
    tier = own.tier or ("comfort" if turned else base.tier)
    return Terms(level, tier, base.price if own.price is None else own.price)


def claims(index: Index, *, decided_only: bool = False) -> tuple[Claim, ...]:
    """Every claim of every rule that is not off at its site, rules in alphabetical order.

    `decided_only`: of the rules alone that read what people decided.
    """
    out: list[Claim] = []
    for rule in book().values():
        if decided_only and not rule.decided:
            continue
        out.extend(c for c in rule.claims(index) if terms(index, rule.name, c.site).level != "off")
    return tuple(out)
