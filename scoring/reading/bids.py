"""Reading gates, evaluators, bids and marks."""

import re
from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction
from typing import Any

from scoring.faults import step
from scoring.mark_table import MarkTable
from scoring.model import Bid, Criterion, Evaluator, Gate, Marks, Scale
from scoring.numbers import NumberText, plain
from scoring.reading.shape import Faults, shown

INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})",
    re.ASCII,
)
FRACTION_OF_SECOND = re.compile(r"\.([0-9]{1,6})")


def read_gates(faults: Faults, value: Any, path: str) -> tuple[Gate, ...]:
    """The gates."""
    gates = []
    for index, item in enumerate(faults.array(value, path)):
        at = step(path, index)
        body = faults.object(item, at, ("key", "title"), ("key",))
        key = faults.text(body["key"], step(at, "key"), empty=False) if "key" in body else ""
        title = faults.text(body["title"], step(at, "title")) if "title" in body else ""
        gates.append(Gate(key, title or key))
    faults.keys([(step(step(path, i), "key"), gate.key) for i, gate in enumerate(gates)], "gates")
    return tuple(gates)


def read_evaluators(faults: Faults, value: Any, path: str) -> tuple[Evaluator, ...]:
    """The panel."""
    found = []
    for index, item in enumerate(faults.array(value, path)):
        at = step(path, index)
        body = faults.object(item, at, ("key", "name", "weight"), ("key",))
        key = faults.text(body["key"], step(at, "key"), empty=False) if "key" in body else ""
        name = faults.text(body["name"], step(at, "name")) if "name" in body else ""
        weight = faults.number(body["weight"], step(at, "weight"), above=0) if "weight" in body else None
        found.append(Evaluator(key, name or key, weight or Fraction(1)))
    faults.keys([(step(step(path, i), "key"), evaluator.key) for i, evaluator in enumerate(found)], "evaluators")
    return tuple(found)


def read_bids(faults: Faults, value: Any, path: str, gates: tuple[Gate, ...]) -> tuple[Bid, ...]:
    """The bids."""
    bids = [
        _read_bid(faults, item, step(path, i), {g.key for g in gates})
        for i, item in enumerate(faults.array(value, path))
    ]
    faults.keys([(step(step(path, i), "key"), bid.key) for i, bid in enumerate(bids)], "bids")
    return tuple(bids)


def _read_bid(faults: Faults, item: Any, path: str, gate_keys: set[str]) -> Bid:
    known = ("key", "name", "values", "gates", "status", "reason", "submitted_at")
    body = faults.object(item, path, known, ("key",))
    key = faults.text(body["key"], step(path, "key"), empty=False) if "key" in body else ""
    name = faults.text(body["name"], step(path, "name")) if "name" in body else ""
    status = faults.choice(body.get("status", "admitted"), step(path, "status"), ("admitted", "excluded", "withdrawn"))
    reason = faults.text(body["reason"], step(path, "reason"), empty=False) if "reason" in body else ""
    if status in ("excluded", "withdrawn") and "reason" not in body:
        faults.add(path, f'"reason" is missing, the bid "{key}" is {status}', "why")
    submitted = body.get("submitted_at")
    return Bid(
        key=key,
        name=name or key,
        values=_read_values(faults, body.get("values", {}), step(path, "values")),
        gates=_read_gate_answers(faults, body.get("gates", {}), step(path, "gates"), gate_keys),
        status=status or "admitted",
        reason=reason,
        submitted_at=_read_instant(faults, submitted, step(path, "submitted_at")) if "submitted_at" in body else None,
        submitted_text=submitted if isinstance(submitted, str) else "",
    )


def _read_values(faults: Faults, value: Any, path: str) -> dict[str, Fraction | None]:
    body = faults.object(value, path)
    return {k: None if v is None else faults.number(v, step(path, k)) for k, v in body.items()}


def _read_gate_answers(faults: Faults, value: Any, path: str, gate_keys: set[str]) -> dict[str, bool | None]:
    body = faults.object(value, path)
    answers: dict[str, bool | None] = {}
    for key, met in body.items():
        if key not in gate_keys:
            faults.add(step(path, key), f'the gate "{key}" does not exist', "a key of gates")
        answers[key] = None if met is None else faults.boolean(met, step(path, key))
    return answers


def _read_instant(faults: Faults, value: Any, path: str) -> datetime | None:
    text = faults.text(value, path)
    if INSTANT.fullmatch(text):
        padded = FRACTION_OF_SECOND.sub(lambda m: "." + m[1].ljust(6, "0"), text)
        try:
            moment = datetime.fromisoformat(padded)
            moment.utctimetuple()
        except (ValueError, OverflowError):
            pass
        else:
            return moment
    if isinstance(value, str) and not isinstance(value, NumberText):
        faults.add(
            path,
            f"{shown(value)} is not an instant",
            "one like 2026-05-04T12:00:00+02:00 or 2026-05-04T10:00:00Z",
        )
    return None


class MarksReader:
    """Reads marks: bid → marked leaf → agreed mark, or evaluator → mark or null.

    ``faulty`` holds the keys of criteria that could not be read: nothing is held against their marks.
    """

    def __init__(
        self,
        faults: Faults,
        criteria: dict[str, Criterion],
        faulty: set[str],
        bids: set[str],
        evaluators: set[str],
    ) -> None:
        self.faults = faults
        self.criteria = criteria
        self.faulty = faulty
        self.bids = bids
        self.evaluators = evaluators

    def read(self, value: Any, path: str) -> dict[str, Marks]:
        """The marks object."""
        found: dict[str, Marks] = {}
        for bid, by_leaf in self.faults.object(value, path).items():
            at = step(path, bid)
            if bid not in self.bids:
                self.faults.add(at, f'the bid "{bid}" does not exist', "a key of bids")
            found[bid] = {}
            for leaf, given in self.faults.object(by_leaf, at).items():
                read = self._read_leaf(leaf, given, step(at, leaf))
                if read is not None:
                    found[bid][leaf] = read
        return found

    def _read_leaf(self, leaf: str, given: Any, path: str) -> Fraction | dict[str, Fraction | None] | None:
        criterion = self.criteria.get(leaf)
        if leaf in self.faulty:
            return None
        if criterion is None:
            self.faults.add(path, f'the criterion "{leaf}" does not exist', "the key of a marked leaf")
            return None
        if criterion.children or criterion.value is not None:
            kind = "a group" if criterion.children else "computed"
            self.faults.add(path, f'"{leaf}" is {kind}', "the key of a marked leaf")
            return None
        if not isinstance(given, dict):
            return self._read_mark(criterion.scale, given, path)
        marks: dict[str, Fraction | None] = {}
        for evaluator, mark in self.faults.object(given, path).items():
            at = step(path, evaluator)
            if evaluator not in self.evaluators:
                self.faults.add(at, f'the evaluator "{evaluator}" does not exist', "a key of evaluators")
            marks[evaluator] = None if mark is None else self._read_mark(criterion.scale, mark, at)
        return marks

    def _read_mark(self, scale: Scale | None, given: Any, path: str) -> Fraction | None:
        mark = self.faults.number(given, path)
        if mark is None or scale is None:
            return mark
        if not scale.minimum <= mark <= scale.maximum:
            span = f"{plain(scale.minimum)} to {plain(scale.maximum)}"
            self.faults.add(path, f"the mark {shown(given)} is outside the scale", f"a mark from {span}")
        elif scale.step is not None and ((mark - scale.minimum) / scale.step).denominator != 1:
            self.faults.add(path, f"the mark {shown(given)} is off the scale's step", f"steps of {plain(scale.step)}")
        return mark


def check_everyone_asked(faults: Faults, marks: Mapping[str, Marks], counted: set[str]) -> None:
    """Under evaluator_first, whoever is asked on one counted leaf of a bid is asked on all that have marks by evaluator."""
    if isinstance(marks, MarkTable) and marks.everyone_asked([leaf in counted for leaf in marks.leaves]):
        return
    for bid, by_leaf in marks.items():
        given = {leaf: m for leaf, m in by_leaf.items() if isinstance(m, dict) and m and leaf in counted}
        everyone = list(dict.fromkeys(e for m in given.values() for e in m))
        for leaf, by_evaluator in given.items():
            for evaluator in everyone:
                if evaluator not in by_evaluator:
                    path = step(step("$.marks", bid), leaf)
                    faults.add(
                        path,
                        f'"{evaluator}" is asked on other leaves of this bid, not here',
                        "each evaluator on all leaves",
                    )
