"""The forms of a week's page: generate and stop."""

from __future__ import annotations

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovSubmitInput
from wtforms import HiddenField, RadioField, SubmitField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # older stubs

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


class StopForm(FlaskForm):  # type: ignore[misc]
    """Stop and keep the best so far."""

    stop = SubmitField("Stop and keep the best so far", widget=GovSubmitInput())
