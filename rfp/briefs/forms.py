"""Forms of briefs, but for sections, whose forms are made from definitions."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectChoice, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, Length

from rfp.briefs.models import Brief
from rfp.briefs.pricing import METHODS, make_formula, reference_of
from rfp.briefs.services.grid import Grid, GridLine
from rfp.forms import CleanForm, ExactDecimalField, LocalInstantField, WordLimit
from rfp.vocabulary import LANGUAGES

REQUIRED = DataRequired(_l("This is needed."))
CURRENCIES = ("EUR", "CHF", "GBP", "USD", "CAD", "XOF", "MAD", "TND")


class CreateForm(CleanForm):
    template = RadioField(_l("Template"), validators=[REQUIRED])
    language = RadioField(
        _l("Language of the brief"),
        choices=[SelectChoice(code, name) for code, name in LANGUAGES.items()],
        validators=[REQUIRED],
    )
    title = StringField(_l("Title of the consultation"), validators=[REQUIRED, Length(max=200)])
    organisation = SelectField(_l("Organisation"))


class DetailsForm(CleanForm):
    title = StringField(_l("Title of the consultation"), validators=[REQUIRED, Length(max=200)])
    reference = StringField(
        _l("Reference"), validators=[Length(max=60)], description=_l("Yours, as it stands on your letters.")
    )
    summary = TextAreaField(
        _l("Summary"),
        validators=[Length(max=3000), WordLimit(120)],
        description=_l("What an agency reads first, in the public list."),
    )
    estimate = ExactDecimalField(
        _l("Budget announced, excluding tax"),
        minimum=Decimal(0),
        places=2,
        description=_l("A ceiling or an estimate. Agencies decide on it whether to answer."),
    )
    currency = SelectField(_l("Currency"), choices=[SelectChoice(c) for c in CURRENCIES])
    zone = StringField(
        _l("Time zone of the dates"),
        validators=[REQUIRED],
        description=_l("For example Europe/Paris or Africa/Dakar."),
    )
    seen = HiddenField()

    def validate_zone(self, field: Any) -> None:
        """A zone of the tz database."""
        if field.data not in available_timezones():
            raise ValidationError(_l("This zone is not known. Write it like Europe/Paris."))

    def values(self) -> dict[str, Any]:
        """What is saved."""
        return {name: self[name].data for name in ("title", "reference", "summary", "estimate", "currency", "zone")}


class SeenForm(CleanForm):
    """A form that only says what its page was looking at."""

    seen = HiddenField()


def grid_form(brief: Brief) -> CleanForm:
    """Weight of each leaf (``w-KEY``), minimum of each criterion (``m-KEY``), and of a computed leaf its formula
    (``f-KEY``) and the ceiling announced (``r-KEY``); dots in keys become underscores."""
    fields: dict[str, Any] = {"seen": HiddenField()}
    data: dict[str, Any] = {}
    for criterion in brief.criteria:
        name = criterion.key.replace(".", "_")
        if not criterion.children:
            fields[f"w-{name}"] = ExactDecimalField(criterion.title, minimum=Decimal(0), places=6)
            data[f"w-{name}"] = criterion.weight
        if criterion.formula:
            fields[f"f-{name}"] = SelectField(
                criterion.title, choices=[SelectChoice(k, m.title) for k, m in METHODS.items()]
            )
            fields[f"r-{name}"] = ExactDecimalField(criterion.title, minimum=Decimal("0.01"), places=2)
            data[f"f-{name}"], data[f"r-{name}"] = criterion.formula["name"], reference_of(criterion.formula)
        fields[f"m-{name}"] = ExactDecimalField(criterion.title, minimum=Decimal(0), places=6)
        data[f"m-{name}"] = criterion.minimum
    return type("GridForm", (CleanForm,), fields)(data=data)


def grid_in(form: CleanForm, brief: Brief) -> Grid:
    """The grid a valid form says, by criterion key."""
    found = {}
    for criterion in brief.criteria:
        name = criterion.key.replace(".", "_")
        weight = criterion.weight if criterion.children else form[f"w-{name}"].data or Decimal(0)
        formula = make_formula(form[f"f-{name}"].data, form[f"r-{name}"].data) if criterion.formula else None
        found[criterion.key] = GridLine(weight, form[f"m-{name}"].data, formula)
    return found


def timetable_form(brief: Brief, dates: dict[str, datetime | None]) -> CleanForm:
    """One field a milestone (``d-KEY``), on the clocks of the brief's zone."""
    zone: ZoneInfo = brief.time_zone
    fields: dict[str, Any] = {"seen": HiddenField()}
    for milestone in brief.milestones:
        if milestone.key in dates:
            fields[f"d-{milestone.key}"] = LocalInstantField(milestone.title, zone=zone)
    return type("TimetableForm", (CleanForm,), fields)(data={f"d-{key}": at for key, at in dates.items()})
