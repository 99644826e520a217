"""The forms of signing in: email and password, a code, a new password."""

from __future__ import annotations

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovPasswordInput, GovSubmitInput, GovTextInput
from wtforms import HiddenField, PasswordField, StringField, SubmitField
from wtforms.validators import EqualTo, InputRequired


class SignInForm(FlaskForm):  # type: ignore[misc]  # flask_wtf ships no types
    """The first step. `next`: the page to go on to."""

    email = StringField(
        "Email address",
        widget=GovTextInput(),
        validators=[InputRequired("Enter your email address.")],
    )
    password = PasswordField(
        "Password", widget=GovPasswordInput(), validators=[InputRequired("Enter your password.")]
    )
    next = HiddenField()
    enter = SubmitField("Continue", widget=GovSubmitInput())


class CodeForm(FlaskForm):  # type: ignore[misc]
    """The second step."""

    code = StringField(
        "Code from your authenticator app",
        description="Six digits that change every 30 seconds",
        widget=GovTextInput(),
        validators=[InputRequired("Enter the code.")],
    )
    next = HiddenField()
    enter = SubmitField("Sign in", widget=GovSubmitInput())


class FactorForm(FlaskForm):  # type: ignore[misc]
    """A second factor that is set up. `sealed`: the secret that the page showed."""

    code = StringField(
        "Code that the app shows now",
        description="Six digits",
        widget=GovTextInput(),
        validators=[InputRequired("Enter the code that the app shows.")],
    )
    sealed = HiddenField()
    next = HiddenField()
    enter = SubmitField("Continue", widget=GovSubmitInput())


class NewPasswordForm(FlaskForm):  # type: ignore[misc]
    """A password that is set with a link."""

    password = PasswordField(
        "New password",
        description="At least 12 letters, digits or signs. Three words in a row do well.",
        widget=GovPasswordInput(),
        validators=[InputRequired("Enter a new password.")],
    )
    again = PasswordField(
        "The same password again",
        widget=GovPasswordInput(),
        validators=[EqualTo("password", "The two passwords are not the same.")],
    )
    enter = SubmitField("Set password", widget=GovSubmitInput())
