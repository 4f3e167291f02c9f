"""The declared method in words, French and English."""

from fractions import Fraction

from scoring.model import Criterion, Evaluation, Formula, TieRule
from scoring.numbers import plain
from scoring.workbook.values import parameters
from scoring.workbook.words import FORMULAS, SENTENCES


def formula_words(leaf: Criterion, language: str) -> str:
    """A computed leaf's formula with its parameters."""
    formula = leaf.formula or Formula("")
    high = f"{formula.name} high"
    table = FORMULAS[language]
    words = table[high] if leaf.better == "high" and high in table else table[formula.name]
    given = [f"{letter} = {_number(value, language)}" for letter, value in parameters(formula).items()]
    say = SENTENCES[language]
    return " · ".join([words, *given, say["clamped" if formula.clamp else "unclamped"]])


def _number(value: Fraction, language: str) -> str:
    return plain(value).replace(".", ",") if language == "fr" else plain(value)


def method_sentences(evaluation: Evaluation, language: str) -> list[str]:
    """How the ranking was made, a sentence each: total, panel, missing marks, rounding, ties."""
    say, rules = SENTENCES[language], evaluation.rules
    found = [say[rules.combination]]
    if any(isinstance(marks, dict) for by_leaf in evaluation.marks.values() for marks in by_leaf.values()):
        panel = say[rules.panel.order].format(mean=say[rules.panel.mean])
        panel += say["drop"].format(n=rules.panel.drop) if rules.panel.drop else ""
        found += [f"{panel}.", say[rules.panel.missing]]
    stage = rules.rounding
    places = {n: getattr(stage, n) for n in ("panel", "criterion", "group", "total")}
    stages = [say[name].format(n=n) for name, n in places.items() if n is not None]
    found.append(
        say["rounding"].format(mode=say[stage.mode], stages=", ".join(stages)) if stages else say["no_rounding"]
    )
    return [*found, _ties(evaluation, language)]


def _ties(evaluation: Evaluation, language: str) -> str:
    say, titles = SENTENCES[language], {c.key: c.title for c in evaluation.walk()}

    def words(rule: TieRule) -> str:
        key = titles.get(rule.key, rule.key) if rule.by == "criterion" else rule.key
        return say[f"by_{rule.by}"].format(key=say["price"] if key == "price" else key)

    rules = say["then"].join(map(words, evaluation.rules.ties))
    return say["ties"].format(rules=rules) if rules else say["no_ties"]
