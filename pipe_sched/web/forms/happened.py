"""The forms for what happened: each with its own prefix, since one page shows all of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar

from govuk_frontend_wtf.wtforms_widgets import (
    GovCheckboxInput,
    GovDateInput,
    GovSelect,
    GovSubmitInput,
    GovTextInput,
)
from wtforms import BooleanField, DateField, SelectField, StringField, SubmitField
from wtforms.validators import InputRequired

from pipe_sched.web.forms.change import NONE, Pair, Stamped, choices
from pipe_sched.web.forms.times import is_time

Made = TypeVar("Made", bound="WhoForm")
DAY = "%d %m %Y"


class DayInput(GovDateInput):  # type: ignore[misc]  # ships no types
    """Three boxes for a date, whatever number of them was sent."""

    def __call__(self, field: DateField, **given: Any) -> Any:
        sent = [str(one) for one in field.raw_data or []]
        field.raw_data = (sent + [""] * 3)[:3] if sent else None
        return super().__call__(field, **given)


def _day(label: str) -> DateField:
    return DateField(
        label,
        format=DAY,
        widget=DayInput(),
        validators=[InputRequired("Enter a date, like 30 11 2026.")],
    )


def _at(label: str) -> StringField:
    return StringField(
        label, widget=GovTextInput(), validators=[InputRequired("Enter a time."), is_time]
    )


class WhoForm(Stamped):
    """Whom or what it is about, and from when."""

    who = SelectField("Who", widget=GovSelect(), validators=[InputRequired("Choose one.")])
    day = _day("From")
    at = _at("From what time")

    @classmethod
    def made(cls: type[Made], name: str, pairs: Iterable[Pair], sent: str) -> Made:
        """The form with its choices, under its own prefix; empty unless it is the one sent."""
        form = cls(prefix=f"{name}-", **({} if name == sent else {"formdata": None}))
        form.who.choices = choices([NONE, *pairs])
        return form

    def fill(self, day: date, at: str) -> None:
        """Show a date and time to start from."""
        self.day.data, self.at.data = day, at


class TimedForm(WhoForm):
    """Until when, too."""

    until = _day("Until")
    until_at = _at("Until what time")

    def fill(self, day: date, at: str) -> None:
        """A whole day, at first."""
        super().fill(day, at)
        self.until.data, self.until_at.data = day, "8pm"


class AwayForm(TimedForm):
    """A worker is away."""

    who: Any = SelectField(
        "Worker", widget=GovSelect(), validators=[InputRequired("Choose a worker.")]
    )
    record = SubmitField("Record the absence", widget=GovSubmitInput())


class RoomForm(TimedForm):
    """A room is out of use."""

    who: Any = SelectField("Room", widget=GovSelect(), validators=[InputRequired("Choose a room.")])
    record = SubmitField("Record the room", widget=GovSubmitInput())


class LeaveForm(WhoForm):
    """A resident's stay ends."""

    who: Any = SelectField(
        "Resident", widget=GovSelect(), validators=[InputRequired("Choose a resident.")]
    )
    day: Any = _day("Last day")
    at: Any = _at("Time")
    left = BooleanField("They have left: it may be seen now", widget=GovCheckboxInput())
    record = SubmitField("End the stay", widget=GovSubmitInput())


class ArrivalForm(WhoForm):
    """Somebody comes to stay."""

    crn = StringField(
        "CRN",
        description="A letter and six digits, like X123456",
        widget=GovTextInput(),
        validators=[InputRequired("Enter the CRN.")],
    )
    name = StringField("Name", widget=GovTextInput(), validators=[InputRequired("Enter the name.")])
    day: Any = _day("Arrives on")
    at: Any = _at("Arrives at")
    who: Any = SelectField(
        "Key worker", widget=GovSelect(), validators=[InputRequired("Choose a key worker.")]
    )
    record = SubmitField("Record the arrival", widget=GovSubmitInput())
