"""The page `docs/rules.md`, made from the rules' own docstrings. Not a rule itself.

The sentence a person reads, the default that counts and the arithmetic of the breach stand in one
place, the rule's file; the page is written from it, so that it cannot say anything else.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipe_sched.rules.book import Rule, book

INTRO = """# Planning rules

Made by `make docs` from the docstrings in `pipe_sched/rules/`. Do not edit it here.

Each rule is *must* or *should*. Level, tier and price are a site's to set; these are the defaults.
A must holds when its breach is 0. A should costs price × breach, in its tier: *held* before
*changes* before *comfort*, and a lower tier never buys a higher one. A must that a site makes a
should counts in the comfort tier, at the price given, unless the site says otherwise. Some are
never overridden; any other may be, by someone entitled to, and stays visible.
"""


def markdown() -> str:
    """The whole page: a table of all rules, then each with its reason and its breach."""
    rules = sorted(book().values(), key=lambda r: (r.level != "must", r.title))
    return "\n".join((INTRO, *_table(rules), "", *(_section(rule) for rule in rules)))


def _table(rules: Iterable[Rule]) -> list[str]:
    rows = [
        f"| [{_title(r)}](#{r.name}) | {r.level} | {r.tier} | {r.price} "
        f"| {'never' if r.never_overridden else 'may be'} |"
        for r in rules
    ]
    return ["| rule | level | tier | price | overridden |", "|---|---|---|---:|---|", *rows]


def _section(rule: Rule) -> str:
    terms = f"{rule.level}, tier {rule.tier}, price {rule.price}"
    if rule.never_overridden:
        terms += ", never overridden"
    head = f'<a id="{rule.name}"></a>\n\n## {_title(rule)}'
    return f"{head}\n\n`{rule.name}`: {terms}.\n\n{rule.why}\n"


def _title(rule: Rule) -> str:
    return rule.title.rstrip(".")
