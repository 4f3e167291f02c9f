"""The workbook's words by language."""

from scoring.workbook import english, french

TONGUES = {"en": english.WORDS, "fr": french.WORDS}
FORMULAS = {"en": english.FORMULAS, "fr": french.FORMULAS}
SENTENCES = {"en": english.SENTENCES, "fr": french.SENTENCES}


def words(language: str) -> dict[str, str]:
    """The words of a language; English where it is not known."""
    return TONGUES.get(language, english.WORDS)
