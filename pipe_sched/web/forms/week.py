"""The forms of a week's page: generate and stop."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovSubmitInput, GovTextInput
from wtforms import HiddenField, IntegerField, RadioField, SubmitField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # older stubs
from wtforms.validators import NumberRange, Optional

SECONDS = (
    SelectChoice("10", "10 seconds"),
    SelectChoice("30", "30 seconds"),
    SelectChoice("120", "2 minutes"),
)


class GenerateForm(FlaskForm):  # type: ignore[misc]  # flask_wtf ships no types
    """How long to look for a better timetable. `key` makes a double press one run."""

    seconds = RadioField(
        "How long to look for the best timetable",
        choices=list(SECONDS),
        default="30",
        widget=GovRadioInput(),
    )
    key = HiddenField()
    generate = SubmitField("Generate timetable", widget=GovSubmitInput())


class ReplanForm(FlaskForm):  # type: ignore[misc]
    """How many changes to what is published a re-plan may make."""

    changes = RadioField(
        "How many changes",
        choices=[
            SelectChoice("fewest", "As few as possible"),
            SelectChoice("two", "As few as possible, and two more to hold more sessions"),
            SelectChoice("most", "At most a number of changes"),
        ],
        default="fewest",
        widget=GovRadioInput(),
    )
    most = IntegerField(
        "At most",
        description="One change is another start, another room, or one person more or fewer",
        widget=GovTextInput(),
        validators=[Optional(), NumberRange(0, 99, "Enter a number from 0 to 99.")],
    )
    replan = SubmitField("Re-plan the week", widget=GovSubmitInput())

    def validate(self, extra_validators: Any = None) -> bool:
        """A cap needs its number."""
        fine = bool(super().validate(extra_validators))
        return fine and not (self.changes.data == "most" and self.most.data is None)


class StopForm(FlaskForm):  # type: ignore[misc]
    """Stop and keep the best so far."""

    stop = SubmitField("Stop and keep the best so far", widget=GovSubmitInput())
