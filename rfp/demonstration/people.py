"""Who takes part: the accounts of a demonstration, made once and found again."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from rfp.accounts import queries, services
from rfp.accounts.models import Organisation, User
from rfp.demonstration.texts import read
from rfp.vocabulary import OrganisationKind, Role

BUYER = "buyer"


@dataclass(frozen=True)
class People:
    """The buyer, the agencies by key, and everybody by ``organisation key.member key``."""

    buyer: Organisation
    agencies: dict[str, Organisation]
    users: dict[str, User]

    @property
    def evaluators(self) -> list[str]:
        """The keys of the panel, in order."""
        return [key for key in self.users if key.startswith("buyer.evaluator")]


def gather(*, language: str, now: datetime) -> People:
    """The people of the demonstration; those who have no account get one, whose pages are in ``language`` (``""``: in the browser's)."""
    organisations: dict[str, Organisation] = {}
    users: dict[str, User] = {}
    for key, group in _groups():
        made = _members(group, language, now)
        organisations[key] = next(iter(made.values())).memberships[0].organisation
        users |= {f"{key}.{member}": user for member, user in made.items()}
    return People(organisations.pop(BUYER), organisations, users)


def _groups() -> list[tuple[str, dict[str, Any]]]:
    content = read("people")
    return [(BUYER, content["buyer"]), *content["agencies"].items()]


def _members(group: dict[str, Any], language: str, now: datetime) -> dict[str, User]:
    """The members of one organisation by key; the first is its owner and makes it."""
    password = str(read("people")["password"])
    kind = OrganisationKind(group["kind"])
    made: dict[str, User] = {}
    for key, member in group["members"].items():
        user = queries.user_by_email(member["email"])
        who = {"name": member["name"], "password": password, "language": language, "now": now}
        if user is None and not made:
            user = services.create_account(email=member["email"], organisation_name=group["name"], kind=kind, **who)
        elif user is None:
            owner = next(iter(made.values()))
            _invitation, token = services.invite_colleague(
                actor=owner,
                organisation=owner.memberships[0].organisation,
                email=member["email"],
                role=Role(member["role"]),
                now=now,
            )
            user = services.join_by_invitation(token=token, **who)
        made[key] = user
    return made


def accounts() -> list[dict[str, str]]:
    """All accounts as the sign-in page lists them, with the one password."""
    content = read("people")
    return [
        {
            "email": member["email"],
            "name": member["name"],
            "role": member["role"],
            "organisation": group["name"],
            "password": content["password"],
        }
        for _key, group in _groups()
        for member in group["members"].values()
    ]


def announce(folder: Path) -> None:
    """Leave the accounts where the sign-in page looks for them; every page then says it is a demonstration."""
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(accounts(), ensure_ascii=False, indent=2)
    (folder / "demonstration.json").write_text(text + "\n", encoding="utf-8")
