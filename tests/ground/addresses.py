"""Every address of the application, with its parts filled in."""

from collections.abc import Iterator

from flask import Flask
from werkzeug.routing import Rule

# Parts that name a thing of somebody's, as opposed to a key that every brief has alike.
THINGS = (
    "brief_id",
    "bid_id",
    "member_id",
    "response_id",
    "file_id",
    "organisation_id",
    "user_id",
    "invitation_id",
    "session_id",
    "upload_id",
)
# Parts of the same name that stand for different things: endpoint → part → name in the world.
OTHERWISE = {
    "evaluation.bid_file": {"file_id": "bid_file_id"},
    "responses.review_response": {"upload_id": "response_upload_id"},
    "responses.take_response": {"upload_id": "response_upload_id"},
}
# What a form must hold for a request to get as far as looking for the thing.
FORMS = {
    "accounts.change_role": {"role": "member"},
    "evaluation.exclude": {"reason": "A reason that is long enough."},
}


def rules(app: Flask) -> list[Rule]:
    """Every rule, in a fixed order."""
    return sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint))


def methods(rule: Rule) -> list[str]:
    """GET and POST, where the rule takes them."""
    return sorted((rule.methods or set()) & {"GET", "POST"})


def address(app: Flask, rule: Rule, parts: dict[str, str]) -> str:
    """The rule's address with ``parts``; what they do not give is filled with something plausible."""
    plausible = {"filename": "favicon.svg", "number": 1, "key": "why-strategy", "token": "no-such-token"}
    values: dict[str, str | int] = {**plausible, **parts}
    if rule.endpoint == "responses.section":
        values["key"] = "r-understanding"
    values |= {part: values[name] for part, name in OTHERWISE.get(rule.endpoint, {}).items()}
    with app.test_request_context():
        adapter = app.url_map.bind("localhost")
        return adapter.build(rule.endpoint, {name: values[name] for name in rule.arguments}, method=methods(rule)[0])


def things(rule: Rule) -> Iterator[str]:
    """The parts of the rule that name a thing of somebody's."""
    return (part for part in THINGS if part in rule.arguments)
