"""Requirements checked, and bids excluded with their reason."""

from collections.abc import Mapping
from datetime import datetime

from flask_babel import gettext as _

from rfp.accounts.models import User
from rfp.audit.services import record
from rfp.briefs.services import fingerprint
from rfp.db import db
from rfp.errors import InvalidError, StaleError
from rfp.evaluation.models import Bid, GateCheck
from rfp.vocabulary import BidStatus

SHORTEST_REASON = 10


def gates_of(bid: Bid) -> dict[str, bool]:
    """What was found of each requirement, by key; left out where it is not checked."""
    return {check.requirement.key: check.met for check in bid.gates}


def check_gates(
    *, actor: User, bid: Bid, met: Mapping[str, bool | None], now: datetime, seen: str | None = None
) -> None:
    """Whether each requirement was found met, by key; None takes a check back. Flushes, and records what changed.

    ``seen`` is the fingerprint of what the page showed; None where the caller read it in this transaction.
    Raises StaleError with what stands.
    """
    standing = gates_of(bid)
    if seen is not None and seen != fingerprint(standing):
        raise StaleError(_("Somebody else saved this in the meantime."), theirs=standing)
    held = {check.requirement.key: check for check in bid.gates}
    changed: dict[str, bool | None] = {}
    for requirement in bid.brief.requirements:
        if requirement.key not in met:
            continue
        check, value = held.get(requirement.key), met[requirement.key]
        if (check.met if check else None) == value:
            continue
        changed[requirement.key] = value
        if value is None:
            db.session.delete(check)
        elif check is None:
            made = GateCheck(bid=bid, requirement=requirement, met=value, checked_at=now, checked_by_name=actor.name)
            db.session.add(made)
        else:
            check.met, check.checked_at, check.checked_by_name = value, now, actor.name
    db.session.flush()
    if changed:
        data = {"bid": bid.name, **changed}
        record(
            kind="bid.gates_checked",
            actor=actor,
            now=now,
            subject=bid.brief.public_id,
            object=bid.public_id,
            data=data,
        )


def exclude_bid(*, actor: User, bid: Bid, reason: str, now: datetime) -> None:
    """Exclude with a reason the agency could be told. Raises InvalidError for none."""
    if len(reason) < SHORTEST_REASON:
        raise InvalidError(
            _("Give the reason, in words the agency can be told."),
            {"reason": _("Give the reason, in words the agency can be told.")},
        )
    bid.status, bid.reason, bid.decided_at, bid.decided_by_name = BidStatus.EXCLUDED, reason, now, actor.name
    db.session.flush()
    data = {"bid": bid.name, "reason": reason}
    record(
        kind="bid.excluded",
        actor=actor,
        now=now,
        subject=bid.brief.public_id,
        object=bid.public_id,
        data=data,
    )


def readmit_bid(*, actor: User, bid: Bid, now: datetime) -> None:
    """Take an exclusion back; the record keeps both. Refused once all marks are in: nobody has marked it."""
    if bid.brief.ranked_at is not None:
        raise InvalidError(_("All marks are in: an excluded bid can no longer come back."))
    before = bid.reason
    bid.status, bid.reason, bid.decided_at, bid.decided_by_name = BidStatus.ADMITTED, "", now, actor.name
    db.session.flush()
    data = {"bid": bid.name, "reason taken back": before}
    record(
        kind="bid.readmitted",
        actor=actor,
        now=now,
        subject=bid.brief.public_id,
        object=bid.public_id,
        data=data,
    )
