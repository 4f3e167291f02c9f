"""The catalogues of strings: ``update`` collects and compiles them, ``check`` fails on any that is not complete.

English is the source language: its catalogue repeats each string, so that both are judged alike.
"""

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "translations"
LANGUAGES = ("en", "fr")
SOURCES = [
    ("rfp", [("**.py", "python")], {}),
    ("templates", [("**.html", "jinja2")], {"**.html": {"trimmed": "true"}}),
]


def extract() -> Catalog:
    """Every string marked in the sources and the templates."""
    template = Catalog(charset="utf-8")
    keywords = {**DEFAULT_KEYWORDS, "_l": None, "lazy_gettext": None}
    for folder, method_map, options in SOURCES:
        found = extract_from_dir(ROOT / folder, method_map, options, keywords=keywords, comment_tags=("L10N:",))
        for _file, _line, message, comments, context in found:
            template.add(message, context=context, auto_comments=comments)
    return template


def path_of(language: str) -> Path:
    """Where a language's catalogue is."""
    return FOLDER / language / "LC_MESSAGES" / "messages.po"


def read(language: str) -> Catalog:
    """A language's catalogue; an empty one where there is none yet."""
    path = path_of(language)
    if not path.exists():
        return Catalog(locale=language, project="Grille", fuzzy=False, header_comment="# Grille")
    with path.open("rb") as file:
        return read_po(file, locale=language)


def merged(language: str, template: Catalog) -> Catalog:
    """The language's catalogue with exactly the strings of the sources."""
    catalogue = read(language)
    made = catalogue.creation_date  # kept, so that nothing changes where no string does
    catalogue.update(template, no_fuzzy_matching=True)
    catalogue.creation_date = catalogue.revision_date = made
    catalogue.version, catalogue.msgid_bugs_address = "1", ""
    catalogue.last_translator = catalogue.language_team = "Grille"
    catalogue.obsolete.clear()
    if language == "en":
        for message in catalogue:
            if message.id:
                message.string = message.id
    return catalogue


def compiled(catalogue: Catalog) -> bytes:
    """The catalogue as gettext reads it."""
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def update() -> None:
    """Write both catalogues, with new strings empty in French, and compile them."""
    for language in LANGUAGES:
        path = path_of(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        catalogue = merged(language, extract())  # Babel moves messages over: each language needs its own
        with path.open("wb") as file:
            write_po(file, catalogue, omit_header=False, sort_output=True, width=110, include_previous=False)
        path.with_suffix(".mo").write_bytes(compiled(catalogue))
        print(f"{language}: {sum(1 for m in catalogue if m.id)} strings, {len(faults_of(catalogue))} to do")


def faults_of(catalogue: Catalog) -> list[str]:
    """Each string that is missing, fuzzy, or loses a placeholder."""
    return [f"{_name(m)}: {fault}" for m in catalogue if m.id and (fault := _fault(m))]


def _name(message: Message) -> str:
    return message.id[0] if isinstance(message.id, tuple) else str(message.id)


def _fault(message: Message) -> str:
    strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
    if not all(strings):
        return "not translated"
    if message.fuzzy:
        return "fuzzy"
    errors = [str(error) for error in message.check()]
    return "; ".join(errors)


def check() -> int:
    """1 where a catalogue is not complete, or does not match the sources or its compiled form."""
    template = extract()
    wanted = {m.id for m in template if m.id}
    faults = []
    for language in LANGUAGES:
        catalogue = read(language)
        have = {m.id for m in catalogue if m.id}
        faults += [f"{language}: not collected: {i}" for i in wanted - have]
        faults += [f"{language}: no longer used: {i}" for i in have - wanted]
        faults += [f"{language}: {fault}" for fault in faults_of(catalogue)]
        mo = path_of(language).with_suffix(".mo")
        if not mo.exists() or mo.read_bytes() != compiled(catalogue):
            faults.append(f"{language}: messages.mo is not that of messages.po (make catalogues)")
    print("\n".join(faults) or f"catalogues: complete, {len(wanted)} strings")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(check() if sys.argv[1:] == ["check"] else update())
