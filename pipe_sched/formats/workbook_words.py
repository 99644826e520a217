"""Plain words for the fixed lists of the workbook: what a drop-down offers, by value."""

from __future__ import annotations

from pipe_sched.core.kinds import JOBS

SITE_TYPES = {
    "approved_premises": "Approved premises",
    "prison": "Prison",
    "office": "Probation office",
    "clinic": "Clinic",
    "venue": "Community venue",
}
GENDERS = {"woman": "woman", "man": "man"}
SEEN_BY = {
    "woman": "a woman",
    "man": "a man",
    "either": "either",
    "not_asked": "not asked yet",
}
PLACES = {"premises": "at the premises", "custody": "in custody", "community": "in the community"}
SHIFT_TYPES = {
    "12-hour": "12-hour",
    "office": "office",
    "late": "late",
    "other": "other",
    "on-call": "on call",
}
STATUSES = {
    "upcoming": "upcoming",
    "arrived": "arrived",
    "departed": "departed",
    "not_arrived": "did not arrive",
    "cancelled": "cancelled",
}
APART = {"session": "not in one session", "rooms": "nor in the same or next room"}
OFTEN = {
    "weekly": "so many times a week",
    "n_weekly": "every so many weeks",
    "monthly": "once a month",
    "once_a_stay": "once a stay",
    "series": "a series of steps",
    "days": "so many days after the last",
}
WHOM = {
    "each_resident": "each resident",
    "each_worker": "each worker",
    "group": "a group",
}
MODES = {
    "required": "not without them",
    "expected": "expected",
    "offered": "offered a place",
}
LED_BY = {"own_key_worker": "Own key worker", "named": "Named people"} | JOBS
OUTCOMES = {
    "held": "held",
    "absent": "absent",
    "cancelled_by_service": "cancelled by the service",
    "cancelled": "cancelled",
    "not_marked": "not marked",
}
LEVELS = {"must": "must", "should": "should", "off": "off"}
TIERS = {"held": "held", "changes": "changes", "comfort": "comfort"}
SETTINGS = {
    "rest": "Rest between working days, minutes",
    "break_after": "Break needed in a shift longer than, minutes",
    "break_length": "Length of that break, minutes",
    "recording": "Recording time after a session with a resident, minutes",
    "longest_run": "Longest run of sessions, minutes",
    "run_pause": "Pause that ends a run, minutes",
    "one_to_ones_a_day": "Most one-to-ones a day for one worker",
    "handover": "Handover at the start of a shift, minutes",
    "arrival": "Nothing planned after an arrival for, minutes",
    "sessions_a_day": "Sessions a day for one resident before it counts as much",
    "resident_pause": "Pause between a resident's sessions, minutes",
    "purposeful": "Purposeful time a week for each resident, minutes",
    "same_time": "Same time means within, minutes",
    "one_site_a_day": "One site a day for visiting staff (1 yes, 0 no)",
    "evening_from": "Evening begins, minutes after midnight (5pm is 1020)",
}
