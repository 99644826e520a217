"""The forms of a person's own account: a new password, second step, recovery codes."""

from __future__ import annotations

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovPasswordInput, GovSubmitInput, GovTextInput
from wtforms import HiddenField, PasswordField, StringField, SubmitField
from wtforms.validators import EqualTo, InputRequired

PRESENT = "Enter your present password."


class ProofForm(FlaskForm):  # type: ignore[misc]  # flask_wtf ships no types
    """Proves that it is still the owner who sits there."""

    current = PasswordField(
        "Your present password", widget=GovPasswordInput(), validators=[InputRequired(PRESENT)]
    )


class ChangePasswordForm(ProofForm):
    """Another password."""

    password = PasswordField(
        "New password",
        description="At least 12 letters, digits or signs. Three words in a row do well.",
        widget=GovPasswordInput(),
        validators=[InputRequired("Enter a new password.")],
    )
    again = PasswordField(
        "The new password again",
        widget=GovPasswordInput(),
        validators=[EqualTo("password", "The two passwords are not the same.")],
    )
    change = SubmitField("Change password", widget=GovSubmitInput())


class RenewFactorForm(ProofForm):
    """Another phone. `sealed`: the secret that the page showed."""

    code = StringField(
        "Code that the app shows now",
        description="Six digits",
        widget=GovTextInput(),
        validators=[InputRequired("Enter the code that the app shows.")],
    )
    sealed = HiddenField()
    renew = SubmitField("Use this phone from now on", widget=GovSubmitInput())


class NewCodesForm(ProofForm):
    """Ten other recovery codes."""

    make = SubmitField("Make new codes", widget=GovSubmitInput())


class EndForm(FlaskForm):  # type: ignore[misc]
    """Which sign-in to end."""

    which = HiddenField()
