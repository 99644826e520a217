"""The kinds of session, their ids in code and their names on screen (see the words list)."""

from __future__ import annotations

KINDS: dict[str, str] = {
    "key_work": "Key work",
    "structured": "Structured session",
    "creative": "Socially creative session",
    "community_meeting": "Community meeting",
    "induction": "Induction",
    "pathway_review": "Pathway review",
    "move_on": "Move-on planning",
    "reflective_practice": "Reflective practice",
    "supervision": "Individual clinical supervision",
    "group_supervision": "Group clinical supervision",
    "training": "Training",
    "formulation": "Formulation",
    "consultation": "Consultation",
    "joint_session": "Joint working session",
    "in_reach": "In-reach visit",
    "psychoeducation": "Psychoeducation group",
}

JOBS: dict[str, str] = {
    "ap_manager": "AP manager",
    "deputy_manager": "Deputy manager",
    "regime_lead": "Regime lead",
    "psychologist": "Psychologist",
    "assistant_psychologist": "Assistant psychologist",
    "key_worker": "Key worker",
    "residential_worker": "Residential worker",
    "probation_practitioner": "Probation practitioner",
    "visiting_psychologist": "Visiting psychologist",
    "external": "External facilitator",
}

ONE_TO_ONE = frozenset({"key_work", "induction", "pathway_review", "move_on", "supervision"})
"""Kinds that a one-off of is one-to-one."""

ON_FLOOR = frozenset({"creative", "community_meeting"})
"""Kinds that stay on the floor [A], see the rule on double cover."""

SUPPORT = frozenset({"reflective_practice", "supervision", "group_supervision", "training"})
"""Kinds that support staff."""

CONFIDENTIAL = frozenset({"move_on", "supervision", "group_supervision", "pathway_review"})
"""Kinds that are on no wall."""

COMMITMENT = "commitment"
COMMITMENTS = frozenset(
    {
        COMMITMENT,
        "appointment",
        "busy",
        "college",
        "course",
        "leave",
        "medication",
        "meeting",
        "prayer",
        "sign in",
        "training",
        "visit",
        "volunteering",
        "work",
    }
)
"""What a frozen week may call a commitment: words that say nothing of anybody. People type what
they like, and a week is kept for good.
"""


def neutral_commitment(name: str) -> str:
    """What a frozen week calls a commitment that people call so."""
    plain = name.casefold().replace("_", " ").replace("-", " ").strip()
    return name if plain in COMMITMENTS else COMMITMENT


FEATURES: tuple[str, ...] = (
    "group",
    "one_to_one",
    "kitchen",
    "outdoors",
    "quiet",
    "step_free",
    "in_sight",
)
"""Room features that the workbook offers; any plain word is allowed."""
