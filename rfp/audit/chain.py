"""How an event is hashed and a chain checked. Imports nothing of the application, nor beyond Python's own."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

GENESIS = "0" * 64


@dataclass(frozen=True)
class Link:
    """One event as the chain sees it; ``at`` is ISO 8601 in UTC, to the microsecond."""

    sequence: int
    at: str
    kind: str
    actor_id: str
    actor_name: str
    subject: str
    object: str
    data: dict[str, Any]
    previous: str
    hash: str = ""


def digest(link: Link) -> str:
    """SHA-256, in hexadecimal, of the event's canonical JSON (sorted keys, UTF-8, no spaces) with ``previous``."""
    body = {name: getattr(link, name) for name in Link.__dataclass_fields__ if name != "hash"}
    text = json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def verify(links: Iterable[Link], head: tuple[int, str], anchor: tuple[int, str] | None = None) -> list[str]:
    """Every fault of a chain in order of sequence, in English; ``head`` is (last sequence, last hash).

    ``anchor`` is a head noted down earlier, kept where the database is not: against it even a chain that was
    computed anew from end to end is found out.
    """
    faults: list[str] = []
    expected, previous = 1, GENESIS
    anchored = anchor is None
    for link in links:
        anchored = anchored or (link.sequence, link.hash) == anchor
        if link.sequence != expected:
            faults.append(f"event {expected} is missing: {link.sequence} follows")
        elif link.previous != previous:
            faults.append(f"event {link.sequence} does not follow the one before it")
        if digest(link) != link.hash:
            faults.append(f"event {link.sequence} ({link.kind}) was altered")
        expected, previous = link.sequence + 1, link.hash
    if head != (expected - 1, previous):
        faults.append(f"the chain ends at event {expected - 1}, its head says {head[0]}: events were cut off")
    if anchor is not None and not anchored:
        faults.append(f"event {anchor[0]} is not the one that was noted down: the chain was computed anew")
    return faults
