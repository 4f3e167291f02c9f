"""Form fields that several features use."""

import re
import unicodedata
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import Field, PasswordField, StringField, TextAreaField, ValidationError
from wtforms.widgets import DateTimeLocalInput, TextInput

from rfp.i18n import language, number
from rfp.numbers import parse_decimal

LOCAL_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?", re.ASCII)
# They change the direction of what stands around them: a name could read as another, or a page as nonsense.
OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
WORD = re.compile(r"\w+(?:[’'\-.,]\w+)*")


def clean_text(text: str) -> str:
    """``text`` with line ends as ``\\n`` and without what no person types and databases refuse.

    Control characters but tab and line end, lone surrogates, non-characters and changes of direction are dropped.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in text if c in "\n\t" or not _is_untypable(c)).strip()


def _is_untypable(character: str) -> bool:
    return character in OVERRIDES or unicodedata.category(character) in ("Cc", "Cs", "Cn")


def one_line(text: str) -> str:
    """``text`` on one line, as the browser's field for it has; blank where nothing of it can be seen."""
    return " ".join(text.split()) if any(unicodedata.category(c)[0] in "LNPS" for c in text) else ""


def count_words(text: str) -> int:
    """Words as a person counts them: ``l’agence`` and ``mid-2027`` are one each."""
    return len(WORD.findall(text))


class CleanForm(FlaskForm):
    """A form whose texts are cleaned before they are judged."""

    class Meta(FlaskForm.Meta):
        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Any:
            kind = unbound_field.field_class
            filters = [_clean] if issubclass(kind, StringField) else []
            if filters and not issubclass(kind, TextAreaField | PasswordField):
                filters.append(_one_line)
            return unbound_field.bind(
                form=form, filters=filters + list(unbound_field.kwargs.pop("filters", [])), **options
            )


def _clean(value: Any) -> Any:
    return clean_text(value) if isinstance(value, str) else value


def _one_line(value: Any) -> Any:
    return one_line(value) if isinstance(value, str) else value


class WordLimit:
    """Validator: at most ``words`` words. Also tells the page, for its counter."""

    def __init__(self, words: int) -> None:
        self.words = words

    def __call__(self, _form: Any, field: Any) -> None:
        count = count_words(field.data or "")
        if count > self.words:
            raise ValidationError(
                _(
                    "%(count)s words: %(over)s over the limit of %(limit)s.",
                    count=count,
                    over=count - self.words,
                    limit=self.words,
                )
            )


class ExactDecimalField(Field):
    """A number as the reader types it (``1 234,50`` or ``1,234.50``); ``data`` is a Decimal or None."""

    widget = TextInput()

    def __init__(self, *args: Any, minimum: Decimal | None = None, places: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.minimum, self.places = minimum, places
        self.typed = ""

    def _value(self) -> str:
        return self.typed if self.raw_data else ("" if self.data is None else number(self.data))

    def process_formdata(self, valuelist: list[str]) -> None:
        if not valuelist:
            return
        self.typed = clean_text(str(valuelist[0]))
        self.data = parse_decimal(self.typed, language()) if self.typed else None
        if self.typed and self.data is None:
            raise ValueError(
                _(
                    "This is not a number: “%(text)s”. Write it like %(example)s.",
                    text=self.typed[:40],
                    example=number("1234.5"),
                )
            )
        if self.data is None:
            return
        if self.minimum is not None and self.data < self.minimum:
            raise ValueError(_("This must be %(minimum)s or more.", minimum=number(self.minimum)))
        exponent = self.data.as_tuple().exponent
        if self.places is not None and isinstance(exponent, int) and -exponent > self.places:
            raise ValueError(_("At most %(places)s decimals.", places=self.places))


class LocalInstantField(Field):
    """A date and time on the clocks of ``zone``; ``data`` is an aware UTC datetime or None.

    A time the clocks skip in spring is refused; of one they show twice in autumn, the first is taken.
    """

    widget = DateTimeLocalInput()

    def __init__(self, *args: Any, zone: ZoneInfo | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone or ZoneInfo("UTC")
        self.typed = ""

    def _value(self) -> str:
        if self.raw_data:
            return self.typed
        return self.data.astimezone(self.zone).strftime("%Y-%m-%dT%H:%M") if self.data else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        if not valuelist:
            return
        self.typed = str(valuelist[0]).strip()
        self.data = None
        if not self.typed:
            return
        try:
            if not LOCAL_INSTANT.fullmatch(self.typed):
                raise ValueError("not as a browser sends it")  # an offset typed would be dropped unseen
            local = datetime.fromisoformat(self.typed).replace(tzinfo=self.zone, fold=0)
            moment = local.astimezone(UTC)
            back = moment.astimezone(self.zone).replace(tzinfo=None)
        except (ValueError, OverflowError) as error:
            raise ValueError(_("This is not a date and time.")) from error
        if not 2000 <= local.year <= 2200:
            raise ValueError(_("This year is out of range."))
        if back != local.replace(tzinfo=None):
            raise ValueError(
                _("This time does not exist in %(zone)s: the clocks skip it that night.", zone=self.zone.key)
            )
        self.data = moment


__all__ = [
    "CleanForm",
    "ExactDecimalField",
    "LocalInstantField",
    "TextAreaField",
    "WordLimit",
    "clean_text",
    "count_words",
]
