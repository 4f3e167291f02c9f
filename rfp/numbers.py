"""Numbers as people type them."""

import re
from decimal import Decimal

SPACES = re.compile(r"[\s\u00a0\u202f\u2009'’]")
PLAIN = re.compile(r"[+-]?\d{1,15}(\.\d{1,15})?")
DECIMAL_MARK = {"fr": ",", "en": "."}


def parse_decimal(text: str, language: str) -> Decimal | None:
    """The exact number in ``text``, or None where it is none. At most 15 digits each side of the mark.

    Spaces of any kind and apostrophes group digits. Where both ``,`` and ``.`` occur, the last is the
    decimal mark. Where one occurs once, it is the decimal mark, but for ``1,234`` in English (and ``1.234``
    in neither): groups of three after the other language's mark would be a guess, so only the reader's
    own grouping mark is taken as one.
    """
    text = SPACES.sub("", text).replace("\u2212", "-")
    marks = [c for c in text if c in ",."]
    if len(set(marks)) == 2:
        decimal_mark = marks[-1]
    elif len(marks) > 1 or (
        marks == [","] and DECIMAL_MARK.get(language) == "." and re.fullmatch(r"[+-]?\d{1,3},\d{3}", text)
    ):
        decimal_mark = ""
    else:
        decimal_mark = marks[0] if marks else ""
    if not _groups_are_regular(text, decimal_mark):
        return None
    whole, _, fraction = text.partition(decimal_mark) if decimal_mark else (text, "", "")
    plain = re.sub("[,.]", "", whole) + (f".{fraction}" if fraction else "")
    return Decimal(plain) if PLAIN.fullmatch(plain) else None


def _groups_are_regular(text: str, decimal_mark: str) -> bool:
    """Whether what is left of the decimal mark is undivided, or divided into groups of three by one mark."""
    whole = text.partition(decimal_mark)[0] if decimal_mark else text
    if not re.search("[,.]", whole):
        return decimal_mark == "" or text.count(decimal_mark) == 1
    return bool(re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+|[+-]?\d{1,3}(\.\d{3})+", whole))
