"""After the deadline: opening, requirements, an exclusion, and the marks of the panel."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from rfp.demonstration.consultation import Consultation
from rfp.demonstration.dates import Stage
from rfp.demonstration.texts import read
from rfp.evaluation import services
from rfp.vocabulary import BidStatus


@dataclass(frozen=True)
class Sitting:
    """When an evaluator marks: ``day`` in working days after the deadline, and how much of the marks they give."""

    day: int
    hour: int
    share: float = 1.0


SITTINGS: dict[Stage, tuple[Sitting | None, ...]] = {
    Stage.EVALUATION: (Sitting(1, 14), Sitting(2, 9), Sitting(2, 13, share=0.5), None),
    Stage.RANKED: (Sitting(1, 14), Sitting(3, 9), Sitting(2, 13), Sitting(4, 10)),
}
MINUTES_A_MARK = 3


def open_and_check(consultation: Consultation) -> Iterator[datetime]:
    """Open on the day of the deadline; check the requirements and exclude the next day."""
    author = consultation.person("buyer")
    yield (now := consultation.calendar.evaluating(0, 14, 10))
    opened = services.open_responses(actor=author, brief=consultation.brief, now=now)
    names = {agency.name: key for key, agency in consultation.people.agencies.items()}
    consultation.bids = {names[bid.name]: bid for bid in opened}
    for index, (agency, bid) in enumerate(consultation.bids.items()):
        yield (now := consultation.calendar.evaluating(1, 9, 15 + 9 * index))
        met = {r.key: r.key not in _refused(agency) for r in consultation.brief.requirements}
        services.check_gates(actor=consultation.person("procurement"), bid=bid, met=met, now=now)
    yield (now := consultation.calendar.evaluating(1, 11, 25))
    reason = consultation.content["exclusion"].strip()
    for agency, bid in consultation.bids.items():
        if _refused(agency):
            services.exclude_bid(actor=author, bid=bid, reason=reason, now=now)


def _refused(agency: str) -> list[str]:
    """The mandatory requirements an agency says it does not meet."""
    return list(read("people")["agencies"][agency].get("refuses", []))


def mark_bids(consultation: Consultation, evaluator: str, sitting: Sitting) -> Iterator[datetime]:
    """One evaluator goes through the grid, criterion by criterion, then hands in if all is marked."""
    at = consultation.calendar.evaluating(sitting.day, sitting.hour)
    yield at
    actor, member = consultation.people.users[evaluator], consultation.panel[evaluator]
    admitted = {a: b for a, b in consultation.bids.items() if b.status == BidStatus.ADMITTED}
    asked = [(leaf, agency) for leaf in consultation.brief.leaves if leaf.is_marked for agency in admitted]
    for leaf, agency in asked[: int(len(asked) * sitting.share)]:
        at += timedelta(seconds=60 * MINUTES_A_MARK + consultation.rng.randrange(-50, 50))
        yield at
        given = _given(consultation, evaluator, leaf.key, agency)
        services.save_mark(actor=actor, member=member, bid=admitted[agency], criterion=leaf, seen=0, now=at, **given)
    if sitting.share == 1:
        yield (at := at + timedelta(minutes=9))
        services.hand_in(actor=actor, brief=consultation.brief, member=member, now=at)


def _given(consultation: Consultation, evaluator: str, criterion: str, agency: str) -> dict[str, Any]:
    """The mark, its comment, and where it stands."""
    place = consultation.people.evaluators.index(evaluator)
    comments, evidence = (read(f"{name}_{consultation.language}") for name in ("comments", "evidence"))
    return {
        "value": Decimal(read("marks")[criterion][agency][place]),
        "comment": comments[criterion][agency][place].strip(),
        "evidence": evidence[criterion][place],
    }
