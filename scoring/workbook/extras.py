"""What only the application knows of an evaluation."""

from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction

MarkKey = tuple[str, str, str]


@dataclass(frozen=True)
class Answer:
    """What the bids answer to one question; ``given`` is by bid. Those of one section follow each other.

    ``criterion`` is the code of what it is marked on, empty where it is marked on nothing.
    """

    question: str
    section: str = ""
    criterion: str = ""
    given: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Extras:
    """Facts beside the ranking; each defaults to nothing, and what is not given is not in the file.

    ``comments`` and ``evidence`` are by (bid, criterion, evaluator); ``handed_in`` by evaluator;
    ``events`` are (instant, who, what), oldest first. Instants are written as they are given.
    """

    reference: str = ""
    version: str = ""
    buyer: str = ""
    made_at: datetime | None = None
    estimate: Fraction | None = None
    recommendation: str = ""
    stage: str = ""
    comments: dict[MarkKey, str] = field(default_factory=dict)
    evidence: dict[MarkKey, str] = field(default_factory=dict)
    handed_in: dict[str, datetime] = field(default_factory=dict)
    events: tuple[tuple[datetime, str, str], ...] = ()
    answers: tuple[Answer, ...] = ()
