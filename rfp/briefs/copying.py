"""From a template, in one language, to the rows of a brief."""

from decimal import Decimal
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _

from rfp.briefs.models import (
    Brief,
    BriefSection,
    Criterion,
    DocumentRequest,
    Milestone,
    Question,
    Requirement,
    Scale,
)
from rfp.briefs.pricing import OF_TEMPLATES, make_formula

COMPUTED = "price-computed"


class Copier:
    """Copies one template into one brief."""

    def __init__(self, brief: Brief, template: dict[str, Any], language: str) -> None:
        self.brief = brief
        self.template = template
        self.language = language
        self.scales: dict[str, Scale] = {}
        self.criteria: dict[str, Criterion] = {}
        self.quality_key = ""  # of the group that bears the floor of quality, once there is one

    def copy(self) -> None:
        """Fill the brief with all the template has."""
        self._copy_sections()
        self._copy_scales()
        self._copy_criteria()
        self._copy_questions()
        self._copy_lists()

    def _say(self, words: dict[str, str] | None) -> str:
        return words[self.language] if words else ""

    def _options(self, options: list[dict[str, Any]]) -> list[dict[str, str]]:
        return [{"value": o["value"], "label": self._say(o["label"])} for o in options]

    def _options_from(self, name: str) -> list[dict[str, str]]:
        """The options another part of the template offers."""
        if name == "kpis":
            return [{"value": k["key"], "label": self._say(k["title"])} for k in self.template["kpis"]["items"]]
        if name == "method_steps":
            return [{"value": s["key"], "label": self._say(s["title"])} for s in self.template["method"]["steps"]]
        if name.startswith("scale:"):
            scale = next(s for s in self.template["scales"] if s["key"] == name[len("scale:") :])
            return [{"value": str(p["value"]), "label": self._say(p["label"])} for p in scale["points"]]
        fields = [f for s in self.template["sections"] for f in s["fields"] if f["key"] == name]
        return self._options(fields[0].get("options", [])) if fields else []

    def define(self, field: dict[str, Any]) -> dict[str, Any]:
        """A field or question of the template as a definition (rfp/briefs/fields) in one language."""
        kept = (
            "key",
            "type",
            "required",
            "visibility",
            "max_words",
            "multiple",
            "min_rows",
            "max_rows",
            "allow_custom",
            "smart",
            "prefill",
        )
        made = {name: field[name] for name in kept if field.get(name) is not None}
        made["label"] = self._say(field.get("label") or field.get("text"))
        if field.get("help"):
            made["help"] = self._say(field["help"])
        if field.get("options"):
            made["options"] = self._options(field["options"])
        elif field.get("options_from"):
            made["options"] = self._options_from(field["options_from"])
        if field.get("columns"):
            made["columns"] = [self.define(column) for column in field["columns"]]
        return made

    def initial(self, field: dict[str, Any]) -> Any:
        """What a field holds before anybody writes: its default, its fixed rows, or what it is prefilled from."""
        if field["type"] != "table":
            return field.get("default")
        first = field["columns"][0]["key"]
        if field.get("rows"):
            return [{first: self._say(row["label"])} for row in field["rows"]]
        if field.get("prefill") == "glossary":
            items = self.template["glossary"]
            return [{"term": self._say(i["term"]), "definition": self._say(i["definition"])} for i in items]
        if field.get("prefill") in ("kpis", "method_steps"):
            return [{first: option["label"]} for option in self._options_from(field["prefill"])]
        return []

    def _copy_sections(self) -> None:
        for position, section in enumerate(self.template["sections"]):
            fields = [f for f in section["fields"] if f["type"] != "file"]
            values = {f["key"]: self.initial(f) for f in fields}
            self.brief.sections.append(
                BriefSection(
                    key=section["key"],
                    parent_key=section.get("parent", ""),
                    position=position,
                    number=section["number"],
                    kind=section["kind"],
                    title=self._say(section["title"]),
                    guidance=self._say(section["guidance"]),
                    fields=[self.define(f) for f in fields],
                    values={k: v for k, v in values.items() if v not in (None, [])},
                )
            )

    def _copy_scales(self) -> None:
        for scale in self.template["scales"]:
            if scale["key"] != COMPUTED:
                points = [
                    {
                        "value": str(p["value"]),
                        "label": self._say(p["label"]),
                        "descriptor": self._say(p.get("descriptor")),
                    }
                    for p in scale["points"]
                ]
                description = self._say(scale.get("description"))
                made = Scale(key=scale["key"], title=self._say(scale["title"]), description=description, points=points)
                self.scales[scale["key"]] = made
                self.brief.scales.append(made)

    def _copy_criteria(self) -> None:
        """The tree. Where the template sets a floor of quality, what is not price is wrapped in one group that bears it."""
        floor = Decimal(str(self.template["quality_floor"]))
        quality = [c for c in self.template["criteria"] if not c.get("price")]
        wrapper = None
        if floor and quality:
            with force_locale(self.language):
                title, about = (
                    _("Quality"),
                    _("All that is not price. Below the minimum, a bid is not ranked."),
                )
            weight = sum((Decimal(str(c["weight"])) for c in quality), Decimal(0))
            wrapper = self._criterion(
                {"key": self._free_key("quality"), "weight": weight}, None, title=title, description=about
            )
            wrapper.minimum = weight * floor
            self.quality_key = wrapper.key
        for criterion in self.template["criteria"]:
            self._copy_criterion(criterion, None if criterion.get("price") else wrapper)

    def _free_key(self, wanted: str) -> str:
        """``wanted``, or something like it where a criterion of the template has that name."""
        taken = {c["key"] for c in self.template["criteria"]}
        return wanted if wanted not in taken else f"all-{wanted}"

    def _copy_criterion(self, criterion: dict[str, Any], parent: Criterion | None) -> None:
        made = self._criterion(
            criterion,
            parent,
            title=self._say(criterion["title"]),
            description=self._say(criterion["description"]),
        )
        if criterion.get("children"):
            for child in criterion["children"]:
                self._copy_criterion(child, made)
        elif criterion["scale"] == COMPUTED:
            made.value = "price"
            made.formula = make_formula(OF_TEMPLATES[self.template["price_method"]], None)
        else:
            made.scale = self.scales[criterion["scale"]]

    def _criterion(
        self, source: dict[str, Any], parent: Criterion | None, *, title: str, description: str
    ) -> Criterion:
        made = Criterion(
            key=source["key"],
            parent=parent,
            position=len(self.criteria),
            title=title,
            description=description,
            weight=Decimal(str(source["weight"])),
        )
        self.criteria[source["key"]] = made
        self.brief.criteria.append(made)
        return made

    def _copy_questions(self) -> None:
        for position, question in enumerate(self.template["questions"]):
            definition = self.define(question)
            initial = self.initial(question)
            if initial:
                definition["initial"] = initial
            self.brief.questions.append(
                Question(
                    key=question["key"],
                    section_key=question["section"],
                    position=position,
                    stage=question["stage"],
                    definition=definition,
                    criterion=self.criteria[question["criterion"]],
                )
            )

    def _copy_lists(self) -> None:
        for position, item in enumerate(self.template["mandatory"]):
            texts = {"text": self._say(item["text"]), "proof": self._say(item["proof"])}
            self.brief.requirements.append(Requirement(key=item["key"], position=position, **texts))
        for position, item in enumerate(self.template["documents"]):
            self.brief.document_requests.append(
                DocumentRequest(
                    key=item["key"],
                    position=position,
                    title=self._say(item["title"]),
                    description=self._say(item.get("description")),
                    required=item["required"],
                    due=item["when"],
                    formats=item["formats"],
                    max_mb=item["max_mb"],
                    criterion=self.criteria.get(item.get("criterion", "")),
                )
            )
        for position, item in enumerate(self.template["timeline"]):
            self.brief.milestones.append(Milestone(key=item["key"], position=position, title=self._say(item["title"])))
