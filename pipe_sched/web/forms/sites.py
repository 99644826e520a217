"""The forms of the first page: draw up a week, read a workbook."""

from __future__ import annotations

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from govuk_frontend_wtf.wtforms_widgets import GovFileInput, GovSubmitInput, GovTextInput
from wtforms import StringField, SubmitField
from wtforms.validators import InputRequired, ValidationError

from pipe_sched.core.clock import Clock, NoSuchTime, parse_week


class DrawUpForm(FlaskForm):  # type: ignore[misc]  # flask_wtf ships no types
    """Which week to draw up."""

    week = StringField(
        "Week",
        description="Year and week number, like 2026-W49",
        widget=GovTextInput(),
        validators=[InputRequired("Enter a week, like 2026-W49.")],
    )
    draw_up = SubmitField("Draw up the week", widget=GovSubmitInput())

    def validate_week(self, field: StringField) -> None:
        """The week exists."""
        try:
            parse_week(field.data or "")
        except NoSuchTime as error:
            raise ValidationError(str(error)) from None

    @property
    def clock(self) -> Clock:
        """The week given; valid after `validate`."""
        return parse_week(self.week.data or "")


class WorkbookForm(FlaskForm):  # type: ignore[misc]
    """A workbook to read."""

    workbook = FileField(
        "Workbook",
        description="An .xlsx file of at most 1 MiB",
        widget=GovFileInput(),
        validators=[FileRequired("Choose a workbook.")],
    )
    read = SubmitField("Read the workbook", widget=GovSubmitInput())


class ConfirmForm(FlaskForm):  # type: ignore[misc]
    """Store what was read."""

    store = SubmitField("Store these changes", widget=GovSubmitInput())
