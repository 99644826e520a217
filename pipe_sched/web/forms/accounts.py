"""The forms with which an administrator makes and changes accounts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import (
    GovCheckboxInput,
    GovSelect,
    GovSubmitInput,
    GovTextInput,
)
from wtforms import BooleanField, HiddenField, SelectField, StringField, SubmitField
from wtforms.validators import InputRequired

from pipe_sched.access import ROLES
from pipe_sched.actions.account_facts import Facts
from pipe_sched.actions.account_views import AccountLine, AccountList
from pipe_sched.store.accounts import ADMINISTRATOR, EVERYWHERE, Held
from pipe_sched.web.forms.change import choices
from pipe_sched.web.handles import by_handle, handle

ALL = "*"
"""Every site, as the field's value: an empty one means that nothing was chosen."""
SPARE = 2
"""Rows for roles beyond those that are held."""
MOST = 40


class RolesForm(FlaskForm):  # type: ignore[misc]  # flask_wtf ships no types
    """What every account has: a name, roles at sites, and whose it is."""

    rows: int = 0
    name = StringField(
        "Name",
        description="As colleagues know them",
        widget=GovTextInput(),
        validators=[InputRequired("Enter the person's name.")],
    )
    person = SelectField(
        "Which member of staff it is",
        description="Links the account to a worker of the rota. Leave it for somebody who works no "
        "shifts",
        widget=GovSelect(),
    )

    staff_ids: Mapping[str, str]
    """Ids of staff by the handles that the choices hold."""

    def role_rows(self) -> list[tuple[SelectField, SelectField]]:
        """The two fields of each row."""
        return [(self[f"role_{n}"], self[f"site_{n}"]) for n in range(self.rows)]

    def facts(self, active: bool = True) -> Facts | None:
        """What was said; None when a role has no site, which is told beside it."""
        held: set[Held] = set()
        for role, site in self.role_rows():
            if not role.data:
                continue
            if role.data == ADMINISTRATOR or site.data == ALL:
                held.add((role.data, EVERYWHERE))
            elif site.data:
                held.add((role.data, site.data))
            else:
                site.errors = ["Choose where this role is held."]
                return None
        person = self.staff_ids.get(self.person.data)
        return Facts(self.name.data or "", frozenset(held), person, active)


class NewAccountForm(RolesForm):
    """Somebody new."""

    email = StringField(
        "Email address",
        description="They sign in with it. No message is sent to it",
        widget=GovTextInput(),
        validators=[InputRequired("Enter an email address.")],
    )
    make = SubmitField("Make the account", widget=GovSubmitInput())


class ChangeAccountForm(RolesForm):
    """Somebody who is there. `version`: what the administrator saw."""

    version = HiddenField()
    active = BooleanField(
        "May sign in. When this is switched off, all their sign-ins end at once",
        widget=GovCheckboxInput(),
    )
    store = SubmitField("Save", widget=GovSubmitInput())

    @property
    def seen(self) -> int:
        """The version that the administrator saw; 0 fits none."""
        text = str(self.version.data or "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


class LinkForm(FlaskForm):  # type: ignore[misc]
    """A new link for somebody."""

    second_factor = BooleanField(
        "They lost their phone: let them set up the authenticator app anew",
        widget=GovCheckboxInput(),
    )
    link = SubmitField("Make a new link", widget=GovSubmitInput())


class PressForm(FlaskForm):  # type: ignore[misc]
    """A button alone."""


def new_account_form(there: AccountList, sent: Mapping[str, Any]) -> NewAccountForm:
    """The form for somebody new."""
    form: NewAccountForm = _with_rows(NewAccountForm, there, 1, sent)()
    return form


def change_account_form(
    there: AccountList, line: AccountLine, sent: Mapping[str, Any]
) -> ChangeAccountForm:
    """The form for somebody who is there, filled in with what they are."""
    given: dict[str, Any] = {
        "name": line.name,
        "person": handle(line.person) if line.person else "",
        "active": line.active,
        "version": str(line.version),
    }
    for number, (role, site) in enumerate(line.grants):
        given |= {f"role_{number}": role, f"site_{number}": site or ALL}
    form: ChangeAccountForm = _with_rows(ChangeAccountForm, there, len(line.grants), sent)(**given)
    return form


def _with_rows(kind: type[Any], there: AccountList, held: int, sent: Mapping[str, Any]) -> Any:
    """The form's class with a row for each role that is held or was sent, and some to spare."""
    asked = sum(1 for name in sent if name.startswith("role_"))
    rows = min(max(held + SPARE, asked), MOST)
    roles = choices([("", "No role"), *_pairs(ROLES.items())])
    sites = choices([("", "Choose"), (ALL, "Every site"), *there.site_names.items()])
    fields: dict[str, Any] = {"rows": rows, "staff_ids": by_handle(there.staff_names)}
    for n in range(rows):
        fields[f"role_{n}"] = SelectField("Role", choices=roles, widget=GovSelect())
        fields[f"site_{n}"] = SelectField("Where", choices=sites, widget=GovSelect())
    nobody = ("", "Nobody in the rota")
    staff = sorted(there.staff_names.items(), key=lambda pair: pair[1].casefold())
    fields["person"] = SelectField(
        kind.person.args[0],
        description=kind.person.kwargs["description"],
        choices=choices([nobody, *((handle(id_), name) for id_, name in staff)]),
        widget=GovSelect(),
    )
    return type(f"{kind.__name__}WithRows", (kind,), fields)


def _pairs(items: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return list(items)
