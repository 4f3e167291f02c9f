"""The library: templates that are whole, and faulty ones refused with their place."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from rfp.briefs.templates import FOLDER, TemplateError, leaves, library, load

FLAGSHIP = FOLDER / "social-media-strategy.yaml"
CHAPTERS = {"fr": ["Introduction", "Contexte", "Le projet", "Aspects contractuels"]}


def test_the_flagship_follows_the_founding_document() -> None:
    template = library()["social-media-strategy"]

    chapters = [s for s in template["sections"] if s["kind"] == "brief" and not s.get("parent")]
    within = [s for s in template["sections"] if s["kind"] == "brief" and s.get("parent")]

    assert [s["title"]["fr"] for s in chapters] == CHAPTERS["fr"]
    assert len(within) == 15
    assert len(template["method"]["steps"]) == 7
    assert sum(leaf["weight"] for leaf in leaves(template["criteria"])) == 100


def test_every_text_is_in_both_languages() -> None:
    def faults(value: Any, path: str) -> list[str]:
        if isinstance(value, dict) and value.keys() & {"fr", "en"}:
            return [] if all(str(value.get(code, "")).strip() for code in ("fr", "en")) else [path]
        if isinstance(value, dict):
            return [fault for key, item in value.items() for fault in faults(item, f"{path}/{key}")]
        if isinstance(value, list):
            return [fault for index, item in enumerate(value) for fault in faults(item, f"{path}/{index}")]
        return []

    assert [fault for key, template in library().items() for fault in faults(template, key)] == []


def _drop_title(template: dict[str, Any]) -> None:
    del template["title"]


def _misspell_scale(template: dict[str, Any]) -> None:
    leaves(template["criteria"])[0]["scale"] = "nowhere"


def _unbalance(template: dict[str, Any]) -> None:
    leaves(template["criteria"])[0]["weight"] += 1


def _repeat_field(template: dict[str, Any]) -> None:
    section = next(s for s in template["sections"] if s["fields"])
    section["fields"].append(dict(section["fields"][0]))


def _lose_criterion(template: dict[str, Any]) -> None:
    template["questions"][0]["criterion"] = "nowhere.at_all"


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_drop_title, "title"),
        (_misspell_scale, '"nowhere"'),
        (_unbalance, "add up"),
        (_repeat_field, "two of field"),
        (_lose_criterion, '"nowhere.at_all"'),
    ],
)
def test_a_faulty_template_is_refused_with_its_place(
    tmp_path: Path, spoil: Callable[[dict[str, Any]], None], words: str
) -> None:
    template = yaml.safe_load(FLAGSHIP.read_text(encoding="utf-8"))
    spoil(template)
    path = tmp_path / "spoiled.yaml"
    path.write_text(yaml.safe_dump(template, allow_unicode=True), encoding="utf-8")

    with pytest.raises(TemplateError) as caught:
        load(path)

    assert "spoiled.yaml" in str(caught.value)
    assert words in str(caught.value)
