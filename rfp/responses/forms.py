"""Forms of a response that are not made from a brief's own questions."""

from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField
from wtforms.validators import InputRequired

from rfp.briefs import fields
from rfp.briefs.fields.forms import TableField
from rfp.briefs.models import Question
from rfp.forms import CleanForm
from rfp.responses.tokens import fingerprint

BLANK_ROWS = 3
MORE_ROWS = 4


class ActionForm(CleanForm):
    """A button: nothing but the token against forgery."""


class DeclarationForm(CleanForm):
    """What a person declares when they submit."""

    declared = BooleanField(
        _l("I have checked these answers and may submit them in the name of the agency."),
        validators=[InputRequired(_l("Tick this to confirm, then submit."))],
    )


class SectionForm:
    """The form on one section's questions, files apart, with what the page was made from."""

    def __init__(self, questions: list[Question], answers: dict[str, Any]) -> None:
        self.definitions = [
            {**q.definition, "key": q.key} for q in questions if q.definition["type"] != "file"
        ]
        self.form: CleanForm = fields.fill(self.definitions, answers)
        self.is_valid = False

    def judge(self) -> bool:
        """Whether everything posted can be kept. A draft may be incomplete."""
        self.is_valid = bool(self.form.validate())
        return self.is_valid

    def valid_values(self) -> dict[str, Any]:
        """What was posted and can be kept, by question key."""
        good = [d for d in self.definitions if not self.form[d["key"]].errors and self._is_posted(d)]
        return fields.values_of(good, self.form)

    def keys_that_stand(self, answers: dict[str, Any]) -> list[str]:
        """The questions whose posted value is the answer that stands in ``answers``."""
        values = self.valid_values()
        return [key for key, value in values.items() if fingerprint(value) == fingerprint(answers.get(key))]

    def _is_posted(self, definition: dict[str, Any]) -> bool:
        """A field missing from the request says nothing, but for boxes: all unticked, they are not sent."""
        field = self.form[definition["key"]]
        if isinstance(field, TableField):
            return f"{field.name}-present" in request.form
        if definition.get("multiple"):
            return f"shown:{field.name}" in request.form
        return bool(field.raw_data)

    def faults(self) -> list[tuple[str, str, str]]:
        """What cannot be kept: (field key, its label, message)."""
        return [
            (d["key"], str(d["label"]), str(message))
            for d in self.definitions
            for message in self.form[d["key"]].errors
        ]

    def add_blank_rows(self, more: str = "") -> None:
        """Room to type: some blank rows in an empty table, one after those filled, more where asked."""
        for definition in self.definitions:
            field = self.form[definition["key"]]
            if isinstance(field, TableField):
                wanted = MORE_ROWS if more == definition["key"] else 1
                for _number in range(wanted if field.rows else max(wanted, BLANK_ROWS)):
                    field.add_row()
