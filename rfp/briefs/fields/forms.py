"""A WTForms form made from definitions."""

import re
from typing import Any

from flask_babel import gettext as _
from wtforms import Field, RadioField, SelectChoice, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from rfp.briefs.fields.cells import read_cell, show_typed
from rfp.forms import CleanForm, clean_text

MAX_TEXT = 500
MAX_LONG_TEXT = 30_000
MAX_ROWS = 60


class CellField(StringField):
    """A field of one value read by ``read_cell``: number, money, date, url. ``value`` is what is kept."""

    definition: dict[str, Any]
    value: Any = None

    def process_data(self, value: Any) -> None:
        self.value = value
        self.data = show_typed(self.definition, value)

    def process_formdata(self, valuelist: list[str]) -> None:
        if valuelist:
            self.data = clean_text(str(valuelist[0]))
            self.value = read_cell(self.definition, self.data)


class ChecksField(SelectMultipleField):
    """Several of a few options, as checkboxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class TableField(Field):
    """Rows × columns. Cells are posted as ``NAME-ROW-COLUMN``; blank rows are dropped.

    ``rows`` is a list of {column key: text as it stands in the input}; ``errors_by_cell`` maps (row,
    column key) to a message; ``value`` is the list of rows kept.
    """

    definition: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows: list[dict[str, str]] = []
        self.value: list[dict[str, Any]] = []
        self.errors_by_cell: dict[tuple[int, str], str] = {}

    @property
    def columns(self) -> list[dict[str, Any]]:
        """The definitions of the columns."""
        columns: list[dict[str, Any]] = self.definition["columns"]
        return columns

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:  # noqa: ARG002 - as WTForms calls it
        self.process_errors: list[Any] = []
        self.value = self.object_data = list(data or [])
        self.rows = [{c["key"]: show_typed(c, row.get(c["key"])) for c in self.columns} for row in self.value]
        if formdata is not None and f"{self.name}-present" in formdata:
            self._read(formdata)
        self.data = self.value

    def _read(self, formdata: Any) -> None:
        pattern = re.compile(re.escape(self.name) + r"-(\d{1,3})-")
        numbers = {int(m[1]) for key in formdata if (m := pattern.match(key))}
        typed = [
            {c["key"]: formdata.get(f"{self.name}-{n}-{c['key']}", "") for c in self.columns} for n in sorted(numbers)
        ]
        self.rows = [row for row in typed if any(text.strip() for text in row.values())]
        if len(self.rows) > self.max_rows:
            self.process_errors.append(_("At most %(limit)s rows.", limit=self.max_rows))
        self.value = [self._read_row(index, row) for index, row in enumerate(self.rows)]

    def _read_row(self, index: int, row: dict[str, str]) -> dict[str, Any]:
        kept: dict[str, Any] = {}
        for position, column in enumerate(self.columns):
            try:
                kept[column["key"]] = read_cell(column, row[column["key"]])
            except ValueError as error:
                self.errors_by_cell[(index, column["key"])] = str(error)
                self.process_errors.append(
                    _(
                        "Row %(row)s, %(column)s: %(error)s",
                        row=index + 1,
                        column=self.columns[position]["label"],
                        error=str(error),
                    )
                )
        return kept

    @property
    def max_rows(self) -> int:
        """How many rows it takes at most."""
        return int(self.definition.get("max_rows") or MAX_ROWS)

    def add_row(self) -> None:
        """One more blank row to type in."""
        if len(self.rows) < self.max_rows:
            self.rows.append({c["key"]: "" for c in self.columns})


def _field(definition: dict[str, Any]) -> Any:
    common: dict[str, Any] = {"description": definition.get("help", ""), "validators": [Optional()]}
    kind, label = definition["type"], definition["label"]
    if kind == "text":
        return StringField(label, **{**common, "validators": [Length(max=MAX_TEXT)]})
    if kind == "longtext":
        return TextAreaField(label, **{**common, "validators": [Length(max=MAX_LONG_TEXT)]})
    if kind == "yesno":
        return RadioField(label, choices=[SelectChoice("true", _("Yes")), SelectChoice("false", _("No"))], **common)
    if kind == "choice":
        choices = [SelectChoice(o["value"], o["label"]) for o in definition.get("options", [])]
        field_class = ChecksField if definition.get("multiple") else RadioField
        return field_class(label, choices=choices, **common)
    if kind == "table":
        return type("DefinedTable", (TableField,), {"definition": definition})(label, description=common["description"])
    return type("DefinedCell", (CellField,), {"definition": definition})(label, **common)


def form_class(definitions: list[dict[str, Any]]) -> type[CleanForm]:
    """A form with a field for each definition, but for files. Nothing is required: drafts may be partial."""
    fields = {d["key"]: _field(d) for d in definitions if d["type"] != "file"}
    return type("DefinedForm", (CleanForm,), fields)


def fill(definitions: list[dict[str, Any]], values: dict[str, Any]) -> CleanForm:
    """The form on the current request, or filled with ``values`` where nothing was posted."""
    data = {d["key"]: _form_data(d, values.get(d["key"])) for d in definitions}
    form = form_class(definitions)(data=data)
    for definition in definitions:
        if definition["key"] in form:
            field = form[definition["key"]]
            field.required = bool(definition.get("required"))
            field.max_words = definition.get("max_words")
    return form


def _form_data(definition: dict[str, Any], value: Any) -> Any:
    if definition["type"] == "yesno" and value is not None:
        return "true" if value else "false"
    if definition["type"] in ("text", "longtext"):
        return value or ""
    return value


def values_of(definitions: list[dict[str, Any]], form: CleanForm) -> dict[str, Any]:
    """What a valid form says, as kept: see the table in this package's page."""
    return {d["key"]: _value(d, form[d["key"]]) for d in definitions if d["type"] != "file"}


def _value(definition: dict[str, Any], field: Any) -> Any:
    if isinstance(field, CellField | TableField):
        return field.value
    if definition["type"] == "yesno":
        return {"true": True, "false": False}.get(field.data)
    return field.data or ([] if definition.get("multiple") else None)
