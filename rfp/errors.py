"""Errors a service may raise. Each says what to tell the person, and which HTTP status it is."""

from typing import Any


class GrilleError(Exception):
    """Base: ``message`` is for the person concerned, already in their language."""

    status = 400

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotFoundError(GrilleError):
    """Missing, or not theirs: the two answer alike."""

    status = 404

    def __init__(self, message: str = "") -> None:
        super().__init__(message)


class IllegalMoveError(GrilleError):
    """A state that cannot follow from the present one."""

    status = 409

    def __init__(self, message: str, *, origin: str, target: str) -> None:
        super().__init__(message)
        self.origin = origin
        self.target = target


class TooLateError(GrilleError):
    """The deadline has passed. The message states the rule."""

    status = 409


class StaleError(GrilleError):
    """Somebody saved in between. ``theirs`` is what stands now, by field."""

    status = 409

    def __init__(self, message: str, theirs: dict[str, Any] | None = None) -> None:
        super().__init__(message)
        self.theirs = theirs or {}


class InvalidError(GrilleError):
    """Input that a form could not judge alone. ``faults`` maps a field's name to what is wrong."""

    status = 422

    def __init__(self, message: str, faults: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.faults = faults or {}
