"""The names of people's files. A name is something to show, never a path."""

import re
import unicodedata
from pathlib import PurePosixPath

MAX_NAME = 150
# Characters that some system forbids in a name; each becomes a dash.
FORBIDDEN = re.compile(r'[<>:"|?*]')


def clean_name(name: str) -> str:
    """The last part of ``name``, without what is hidden or some system refuses; never blank."""
    name = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(c for c in name if not unicodedata.category(c).startswith("C"))
    name = FORBIDDEN.sub("-", " ".join(name.split())).strip(". ")
    if not name:
        return "file"
    suffix = PurePosixPath(name).suffix[:12]
    stem = name[: len(name) - len(suffix)] if suffix else name
    return stem[: MAX_NAME - len(suffix)].rstrip(". ") + suffix


def extension(name: str) -> str:
    """What follows the last dot, lower-case, without the dot: ``pdf``. Blank where there is none."""
    return PurePosixPath(name).suffix[1:].lower()
