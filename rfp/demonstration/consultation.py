"""One consultation being built: what its scripts share."""

import random
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from rfp.accounts.models import User
from rfp.briefs.models import Brief
from rfp.demonstration.dates import Calendar, Stage
from rfp.demonstration.people import People
from rfp.demonstration.texts import read
from rfp.evaluation.models import Bid, PanelMember

SEED = 2207


@dataclass
class Consultation:
    """``brief``, ``panel`` and ``bids`` are filled as the scripts go on; ``rng`` only moves minutes about."""

    people: People
    stage: Stage
    language: str
    reference: str
    now: datetime
    panel: dict[str, PanelMember] = field(default_factory=dict)
    bids: dict[str, Bid] = field(default_factory=dict)
    brief: Brief = field(init=False)
    calendar: Calendar = field(init=False)
    rng: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.calendar = Calendar.of(self.stage, self.now)
        self.rng = random.Random(f"{SEED} {self.stage} {self.language}")  # noqa: S311  # nosec B311

    @property
    def content(self) -> dict[str, Any]:
        """The texts of the brief."""
        return read(f"brief_{self.language}")

    def person(self, key: str) -> User:
        """A member of the buyer."""
        return self.people.users[f"buyer.{key}"]
