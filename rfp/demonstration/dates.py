"""When things happened, counted from a consultation's publication, on working days and in office hours."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Paris")
SATURDAY = 5


class Stage(StrEnum):
    """How far a demonstration goes. Not the stages of a brief: ``closed`` is not one of them."""

    DRAFT = "draft"
    OPEN = "open"
    EVALUATION = "evaluation"
    RANKED = "ranked"


# Days from today to the publication; it then moves back to a working day.
PUBLISHED = {Stage.DRAFT: 4, Stage.OPEN: -6, Stage.EVALUATION: -26, Stage.RANKED: -33}
# The open consultation leaves agencies a week more than the template proposes, so that its deadline is far enough.
EXTRA_DAYS = {Stage.OPEN: 7}


def working_day(day: date) -> date:
    """The day itself, or the Friday before a week-end."""
    return day - timedelta(days=max(0, day.weekday() - SATURDAY + 1))


def _count(day: date, working_days: int) -> date:
    """So many working days from a working day, forwards or backwards."""
    step = timedelta(days=1 if working_days > 0 else -1)
    for _ in range(abs(working_days)):
        day += step
        while day.weekday() >= SATURDAY:
            day += step
    return day


def local(day: date, hour: int, minute: int = 0) -> datetime:
    """An instant, from a time of day in the consultation's zone; ``minute`` may pass the hour."""
    return datetime.combine(day, time(hour), tzinfo=ZONE).astimezone(UTC) + timedelta(minutes=minute)


@dataclass(frozen=True)
class Calendar:
    """The days of one consultation, with ``publication`` as day 0; ``extra`` moves all that follows it."""

    publication: date
    extra: int = 0

    @classmethod
    def of(cls, stage: Stage, now: datetime) -> "Calendar":
        """That of a consultation which is at ``stage`` now."""
        today = now.astimezone(ZONE).date()
        return cls(working_day(today + timedelta(days=PUBLISHED[stage])), EXTRA_DAYS.get(stage, 0))

    @property
    def start(self) -> date:
        """The first day of the contract: eight weeks after publication, as the template proposes, plus ``extra``."""
        return self.publication + timedelta(days=56 + self.extra)

    @property
    def deadline(self) -> date:
        """The last day for responses: three weeks after publication, the template's own offset, plus ``extra``."""
        return self.publication + timedelta(days=21 + self.extra)

    def working(self, days: int, hour: int, minute: int = 0) -> datetime:
        """So many working days after publication, or before it where negative."""
        return local(_count(self.publication, days), hour, minute)

    def evaluating(self, days: int, hour: int, minute: int = 0) -> datetime:
        """So many working days after the deadline."""
        return local(_count(self.deadline, days), hour, minute)
