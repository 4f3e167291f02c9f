"""Forms of accounts."""

import re
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Field, Form, PasswordField, RadioField, SelectChoice, SelectField, StringField, ValidationError
from wtforms.validators import DataRequired, Length

from rfp.accounts.passwords import COMMON, MAXIMUM, MINIMUM
from rfp.forms import CleanForm
from rfp.i18n import colon
from rfp.vocabulary import LABELS, LANGUAGES, ROLE_HELP, ROLES, OrganisationKind

# An unquoted local part and a domain with a dot, letters of any language: what every mail program reads alike.
_ATOM = r"[\w!#$%&'*+/=^`{|}~-]+"
ADDRESS = re.compile(rf"{_ATOM}(\.{_ATOM})*@[\w-]+(\.[\w-]+)*\.[\w-]{{2,63}}")
MAX_ADDRESS = 254
REQUIRED = DataRequired(_l("This is needed."))


def email_address(_form: Form, field: Field) -> None:
    """An address in a plausible form; whether it exists, mail tells."""
    address = field.data or ""
    if not ADDRESS.fullmatch(address) or len(address.lower()) > MAX_ADDRESS:
        raise ValidationError(_l("Give an e-mail address, like name@example.org."))


def strong_password(_form: Form, field: Field) -> None:
    """Long, and none of the most common."""
    password = field.data or ""
    if not MINIMUM <= len(password) <= MAXIMUM or "\x00" in password:
        raise ValidationError(_l("Use 12 to 128 characters."))
    if password.lower() in COMMON or len(set(password)) < 4:
        raise ValidationError(_l("This password is among the first that are tried. Choose another one."))


def password_field(label: Any) -> PasswordField:
    """A new password, with what is expected of it."""
    help_text = _l(
        "At least 12 characters. Several words that have nothing to do with each other are easy to keep in mind."
    )
    return PasswordField(label, validators=[REQUIRED, strong_password], description=help_text)


class SignUpForm(CleanForm):
    """First step: no password yet, the link that follows asks for it."""

    kind = RadioField(
        _l("You are here to"),
        choices=[
            SelectChoice(OrganisationKind.BUYER, _l("publish briefs and choose a provider")),
            SelectChoice(OrganisationKind.AGENCY, _l("answer briefs")),
        ],
        validators=[REQUIRED],
        validate_choice=True,
    )
    organisation = StringField(_l("Name of your organisation or agency"), validators=[REQUIRED, Length(max=200)])
    name = StringField(_l("Your name"), validators=[REQUIRED, Length(max=200)])
    email = StringField(_l("E-mail address"), validators=[REQUIRED, email_address])


class ChoosePasswordForm(CleanForm):
    password = password_field(_l("Password"))


class SignInForm(CleanForm):
    email = StringField(_l("E-mail address"), validators=[REQUIRED, Length(max=254)])
    password = PasswordField(_l("Password"), validators=[REQUIRED, Length(max=MAXIMUM)])


class ForgottenForm(CleanForm):
    email = StringField(_l("E-mail address"), validators=[REQUIRED, email_address])


class JoinForm(CleanForm):
    name = StringField(_l("Your name"), validators=[REQUIRED, Length(max=200)])
    password = password_field(_l("Password"))


class ProfileForm(CleanForm):
    name = StringField(_l("Your name"), validators=[REQUIRED, Length(max=200)])
    language = SelectField(
        _l("Language of the pages and the mails"),
        choices=[SelectChoice("", _l("That of my browser")), *(SelectChoice(c, name) for c, name in LANGUAGES.items())],
    )


class PasswordForm(CleanForm):
    current_password = PasswordField(_l("Your present password"), validators=[REQUIRED, Length(max=MAXIMUM)])
    password = password_field(_l("New password"))


class InviteForm(CleanForm):
    email = StringField(_l("E-mail address of your colleague"), validators=[REQUIRED, email_address])
    role = RadioField(_l("Role"), validators=[REQUIRED])

    def offer(self, kind: OrganisationKind) -> "InviteForm":
        """With the roles of a kind of organisation."""
        self.role.choices = [SelectChoice(str(r), f"{LABELS[r]}{colon()} {ROLE_HELP[r]}") for r in ROLES[kind]]
        return self
