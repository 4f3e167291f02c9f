"""An evaluation in memory. All numbers are ``Fraction``; keys are those of the file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from functools import cached_property

Marks = dict[str, "Fraction | dict[str, Fraction | None]"]


@dataclass(frozen=True)
class Scale:
    """What a mark may be: from ``minimum`` (no points) to ``maximum`` (full weight), by ``step`` where given."""

    minimum: Fraction
    maximum: Fraction
    step: Fraction | None = None
    labels: dict[str, str] = field(default_factory=dict)

    def share(self, mark: Fraction) -> Fraction:
        """(mark − min) / (max − min)."""
        return (mark - self.minimum) / (self.maximum - self.minimum)


@dataclass(frozen=True)
class Band:
    """A fraction of the weight for values up to ``up_to``; None on the last."""

    up_to: Fraction | None
    fraction: Fraction


@dataclass(frozen=True)
class Formula:
    """How a value becomes a fraction of the weight; ``name`` says which parameters count."""

    name: str
    clamp: bool = True
    k: Fraction = Fraction(1)
    reference: Fraction | None = None
    exponent: int = 1
    target: Fraction = Fraction(0)
    slope: Fraction = Fraction(1)
    places: int | None = None
    bands: tuple[Band, ...] = ()
    maximum: Fraction | None = None


@dataclass(frozen=True)
class Criterion:
    """A group (``children``), a marked leaf (``scale``) or a computed leaf (``value`` and ``formula``)."""

    key: str
    title: str
    weight: Fraction
    minimum: Fraction | None = None
    children: tuple["Criterion", ...] = ()
    scale: Scale | None = None
    value: str | None = None
    formula: Formula | None = None
    better: str = "low"

    def walk(self) -> Iterator["Criterion"]:
        """This criterion, then all below it, depth first."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def leaves(self) -> list["Criterion"]:
        """The leaves at or below this criterion."""
        return [c for c in self.walk() if not c.children]

    @property
    def only_marked(self) -> bool:
        """Whether nothing computed is in it."""
        return all(leaf.scale is not None for leaf in self.leaves)


@dataclass(frozen=True)
class Gate:
    """A condition a bid meets or not."""

    key: str
    title: str


@dataclass(frozen=True)
class Evaluator:
    """A member of the panel; ``weight`` counts in arithmetic means."""

    key: str
    name: str
    weight: Fraction = Fraction(1)


@dataclass(frozen=True)
class Panel:
    """From evaluators' marks to one mark."""

    order: str = "criterion_first"
    mean: str = "arithmetic"
    drop: int = 0
    missing: str = "block"


@dataclass(frozen=True)
class Rounding:
    """Decimals at each stage; None keeps the exact number."""

    mode: str = "half_up"
    panel: int | None = None
    criterion: int | None = None
    group: int | None = None
    total: int | None = None


@dataclass(frozen=True)
class TieRule:
    """One step of the cascade; ``key`` is a criterion's or a value's, as ``by`` says."""

    by: str
    key: str = ""


@dataclass(frozen=True)
class Rules:
    """How marks and values become a ranking."""

    combination: str = "weighted_sum"
    price: str = "price"
    budget: Fraction | None = None
    panel: Panel = Panel()
    rounding: Rounding = Rounding()
    ties: tuple[TieRule, ...] = ()


@dataclass(frozen=True)
class Bid:
    """One bid. ``gates`` maps a gate's key to True, False or None (not checked)."""

    key: str
    name: str
    values: dict[str, Fraction | None] = field(default_factory=dict)
    gates: dict[str, bool | None] = field(default_factory=dict)
    status: str = "admitted"
    reason: str = ""
    submitted_at: datetime | None = None
    submitted_text: str = ""


@dataclass(frozen=True)
class Evaluation:
    """All that a ranking needs. ``marks``: bid → marked leaf → agreed mark, or evaluator → mark or None."""

    title: str
    currency: str
    criteria: tuple[Criterion, ...]
    gates: tuple[Gate, ...]
    rules: Rules
    evaluators: tuple[Evaluator, ...]
    bids: tuple[Bid, ...]
    marks: Mapping[str, Marks]

    def walk(self) -> Iterator[Criterion]:
        """Every criterion, depth first."""
        for criterion in self.criteria:
            yield from criterion.walk()

    @cached_property
    def leaves(self) -> tuple[Criterion, ...]:
        """Every leaf, in the order of the tree."""
        return tuple(c for c in self.walk() if not c.children)

    @cached_property
    def points(self) -> Fraction:
        """The summed weight of the tree."""
        return sum((c.weight for c in self.criteria), Fraction(0))
