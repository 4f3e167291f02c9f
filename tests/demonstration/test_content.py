"""The written content: typography, figures that agree between languages, a comment for each mark."""

import re
from typing import Any

import pytest

from rfp.demonstration.texts import FOLDER, read

AGENCIES = ("clairvoile", "palombine", "zebrule", "posteclair", "orbemonde", "likelia")
FRENCH = sorted(path.stem for path in FOLDER.glob("*_fr.yaml"))
# A straight apostrophe; an ordinary space where French wants one that does not break.
FAULTS = re.compile(r"\w'\w| [;:?!»%€]|« ")


def texts(value: Any) -> list[str]:
    """Every text in nested lists and mappings."""
    if isinstance(value, str):
        return [value]
    children = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [text for child in children for text in texts(child)]


@pytest.mark.parametrize("name", FRENCH)
def test_french_has_its_apostrophes_and_spaces(name: str) -> None:
    content = texts(read(name))

    faulty = [text for text in content if FAULTS.search(text)]

    assert faulty == []


@pytest.mark.parametrize("name", FRENCH)
def test_both_languages_have_the_same_shape(name: str) -> None:
    french, english = read(name), read(name.replace("_fr", "_en"))

    assert shape(french) == shape(english)


def shape(value: Any) -> Any:
    """The structure, with the figures and choices that must not differ, without the words."""
    if isinstance(value, dict):
        return {key: shape(child) for key, child in value.items()}
    if isinstance(value, list):
        return [shape(child) for child in value]
    return str if isinstance(value, str) and not value.isdigit() else value


def test_every_mark_has_a_comment_of_eight_words_or_more() -> None:
    marks = read("marks")

    for name in ("comments_fr", "comments_en"):
        comments = read(name)
        short = [text for text in texts(comments) if len(text.split()) < 8]

        assert {c: {a: len(given) for a, given in of.items()} for c, of in comments.items()} == {
            c: {a: len(given) for a, given in of.items()} for c, of in marks.items()
        }
        assert short == []


@pytest.mark.parametrize("name", ["comments_fr", "comments_en"])
def test_no_comment_names_an_agency_since_another_may_be_told_it(name: str) -> None:
    names = [group["name"].split()[-1] for group in read("people")["agencies"].values()]

    telling = [text for text in texts(read(name)) if any(agency in text for agency in names)]

    assert telling == []


def test_nobody_has_an_address_that_could_exist() -> None:
    groups = [read("people")["buyer"], *read("people")["agencies"].values()]

    domains = {member["email"].rpartition(".")[2] for group in groups for member in group["members"].values()}

    assert domains == {"example"}
    assert set(read("people")["agencies"]) == set(AGENCIES)
