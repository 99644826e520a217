"""The forms of a session's page: change it, cancel it; and of adding a one-off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import (
    GovCheckboxesInput,
    GovCheckboxInput,
    GovSelect,
    GovSubmitInput,
    GovTextInput,
)
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    SubmitField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # older stubs
from wtforms.validators import InputRequired, NumberRange

from pipe_sched.core.decisions import AGREE_REASONS, CANCEL_REASONS
from pipe_sched.core.kinds import KINDS
from pipe_sched.web.forms.times import is_time

Pair = tuple[str, str]
"""A value and the words for it."""
NONE: Pair = ("", "Choose")


def choices(pairs: Iterable[Pair]) -> list[Any]:
    """Pairs as the field's choices."""
    return [SelectChoice(value, words) for value, words in pairs]


class Stamped(FlaskForm):  # type: ignore[misc]  # flask_wtf ships no types
    """Every form that changes a week: which version the person saw, and a key against twice."""

    version = HiddenField()
    key = HiddenField()

    @property
    def seen(self) -> int:
        """The site-week's version that the person saw; 0 fits none."""
        text = str(self.version.data or "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


class PressForm(Stamped):
    """A button alone: undo, redo, keep, let go, bring back, restore."""


class CancelForm(Stamped):
    """Why a session is cancelled."""

    reason = SelectField("Why is it cancelled?", widget=GovSelect())
    cancel = SubmitField("Cancel this session", widget=GovSubmitInput())

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.reason.choices = choices([NONE, *CANCEL_REASONS.items()])


class PlaceForm(Stamped):
    """Where and when a session is, and for how long."""

    day = SelectField("Day", widget=GovSelect())
    time = StringField(
        "Start",
        description="Like 9:15am or 14:30",
        widget=GovTextInput(),
        validators=[InputRequired("Enter when it starts."), is_time],
    )
    minutes = IntegerField(
        "Minutes",
        widget=GovTextInput(),
        validators=[
            InputRequired("Enter how many minutes it lasts."),
            NumberRange(5, 480, "A session lasts from 5 to 480 minutes."),
        ],
    )
    room = SelectField("Room", widget=GovSelect())
    known: Mapping[str, str]
    """Ids of people by the handles that the choices hold; set where the choices are."""
    people = SelectMultipleField("Who attends", widget=GovCheckboxesInput())
    also = SelectField("Add somebody else", widget=GovSelect())


class ChangeForm(PlaceForm):
    """A session's place, leaders and attendees. The leaders' fields are added for its roles."""

    keep = BooleanField(
        "Keep it here when the week is planned again",
        default=True,
        widget=GovCheckboxInput(),
    )
    check = SubmitField("Check this change", widget=GovSubmitInput())


class OneOffForm(PlaceForm):
    """A session that no programme asks for."""

    kind = SelectField("Kind of session", widget=GovSelect())
    lead_0 = SelectField("Led by", widget=GovSelect())
    lead_1 = SelectField("And by", widget=GovSelect())
    check = SubmitField("Check this session", widget=GovSubmitInput())


def kinds() -> list[Any]:
    """The kinds of session as choices."""
    return choices([NONE, *sorted(KINDS.items(), key=lambda pair: pair[1])])


def with_leaders(labels: Iterable[str]) -> type[ChangeForm]:
    """The change form with one field for each leader's part, lead_0, lead_1, ..."""
    fields = {f"lead_{i}": SelectField(label, widget=GovSelect()) for i, label in enumerate(labels)}
    return type("ChangeSessionForm", (ChangeForm,), fields)


def agreements(sent: Mapping[str, str]) -> dict[str, str]:
    """The reasons chosen for broken rules, by the rule instance's handle."""
    return {
        name.removeprefix("agree-"): reason
        for name, reason in sent.items()
        if name.startswith("agree-") and reason in AGREE_REASONS
    }


def agree_choices() -> list[Pair]:
    """The reasons that may be agreed to, for the template."""
    return [NONE, *AGREE_REASONS.items()]
