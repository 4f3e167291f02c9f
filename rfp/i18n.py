"""Languages, and how instants, dates, numbers and money look to a reader."""

import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_timedelta, get_timezone_gmt, get_timezone_name
from babel.numbers import format_currency, format_decimal
from flask import Flask, g, has_request_context, request, session
from flask_babel import get_locale
from flask_login import current_user

from rfp.extensions import babel
from rfp.vocabulary import LANGUAGES
from scoring.numbers import rounded

# A number may have 15 digits on each side of the mark: more than Decimal's usual 28 in all.
EXACTLY = Context(prec=60)


def choose_language() -> str:
    """The language chosen on the page, else the person's own, else the browser's best, else English."""
    if not has_request_context():
        return "en"
    if session.get("language") in LANGUAGES:
        return str(session["language"])
    if current_user and current_user.is_authenticated and current_user.language in LANGUAGES:
        return str(current_user.language)
    return request.accept_languages.best_match(list(LANGUAGES)) or "en"


def language() -> str:
    """The reader's language: fr or en."""
    locale = get_locale()
    return locale.language if locale else "en"


def _locale() -> str:
    return {"fr": "fr_FR", "en": "en_GB"}[language()]


def as_decimal(value: Any, places: int | None = None) -> Decimal:
    """A Fraction, Decimal, int or decimal text as a Decimal, rounded half up where ``places`` says so."""
    if isinstance(value, Fraction):  # rounded as a fraction: a division to 28 digits could land on a half
        if places is not None:
            value = rounded(value, "half_up", places)
        exact = Decimal(value.numerator) / Decimal(value.denominator)
    else:
        exact = Decimal(value)
    return exact if places is None else exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, EXACTLY)


def number(value: Any, places: int | None = None, most: int = 15) -> str:
    """A number in the reader's locale; exactly ``places`` decimals where given, else at most ``most``."""
    if value is None or value == "":
        return ""
    decimals = "0" * places if places is not None else "#" * most
    pattern = f"#,##0.{decimals}" if decimals else "#,##0"
    rounded_value = as_decimal(value, most if places is None else places)
    with localcontext(EXACTLY):
        return str(format_decimal(rounded_value, format=pattern, locale=_locale()))


def money(value: Any, currency: str = "EUR") -> str:
    """An amount with its currency in the reader's locale."""
    if value is None or value == "":
        return ""
    text = str(format_currency(as_decimal(value), currency, locale=_locale()))
    return re.sub(r"(?<=[A-Za-z])(?=\d)", "\u00a0", text)  # CHF 1,234.50: Babel leaves the space out


def _date_in_words(value: date) -> str:
    """4 May 2026; in French the first of a month is its « 1er »."""
    text = str(format_date(value, "long", locale=_locale()))
    return f"1er{text[1:]}" if language() == "fr" and value.day == 1 else text


def _zone_in_words(local: datetime, zone: ZoneInfo) -> str:
    """CET, Europe/Paris; the distance from UTC where the language has no short name for the zone's time."""
    if zone.key == "UTC":
        return zone.key
    name = get_timezone_name(local, width="short", locale=_locale())
    if name[0] in "+-":
        name = get_timezone_gmt(local, width="long", locale=_locale())
    return f"{name}, {zone.key}"


def instant(value: datetime | None, zone: str | ZoneInfo = "Europe/Paris", style: str = "long") -> str:
    """An instant in ``zone``, which is shown: 4 May 2026 at 12:00 (CEST, Europe/Paris)."""
    if value is None:
        return ""
    zone = ZoneInfo(zone) if isinstance(zone, str) else zone
    local = value.astimezone(zone)
    if style == "short":
        return str(format_datetime(local, "short", tzinfo=zone, locale=_locale()))
    day, hour = _date_in_words(local), f"{local:%H:%M}"
    hour = f"{local:%-H} h {local:%M}".replace(" ", "\u00a0") if language() == "fr" else hour
    joined = f"{day} à {hour}" if language() == "fr" else f"{day} at {hour}"
    return f"{joined} ({_zone_in_words(local, zone)})" if style == "long" else joined


def day(value: date | datetime | str | None, zone: str | ZoneInfo = "Europe/Paris") -> str:
    """A date in words; an instant's date is that of ``zone``; ISO text is read."""
    if value is None or value == "":
        return ""
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value)
        except ValueError:
            return str(value)
    if isinstance(value, datetime):
        value = value.astimezone(ZoneInfo(zone) if isinstance(zone, str) else zone)
    return _date_in_words(value)


def relative(value: datetime | None) -> str:
    """How far an instant is from this request: in 3 days, 2 hours ago."""
    if value is None:
        return ""
    return str(format_timedelta(value - g.now, add_direction=True, locale=_locale()))


def colon() -> str:
    """A colon as the reader's language sets it: after a no-break space in French."""
    return "\u00a0:" if language() == "fr" else ":"


def init_app(app: Flask) -> None:
    """Bind Babel and the template filters to ``app``."""
    babel.init_app(app, locale_selector=choose_language)
    app.jinja_env.filters.update(money=money, number=number, datetime=instant, date=day, relative=relative)
    app.context_processor(lambda: {"language": language(), "languages": LANGUAGES, "colon": colon()})
