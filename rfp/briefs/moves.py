"""What a stage allows. Pure: no database, no clock."""

from flask_babel import gettext as _

from rfp.errors import IllegalMoveError
from rfp.vocabulary import BriefStage

PUBLISHABLE = frozenset({BriefStage.DRAFT})
EDITABLE = frozenset({BriefStage.DRAFT})
OPENABLE = frozenset({BriefStage.CLOSED})
MARKABLE = frozenset({BriefStage.EVALUATION})


def require(stage: BriefStage, allowed: frozenset[BriefStage], message: str) -> None:
    """Raise IllegalMoveError with ``message`` unless the stage is allowed."""
    if stage not in allowed:
        raise IllegalMoveError(message, origin=str(stage), target=",".join(sorted(allowed)))


def require_editable(stage: BriefStage) -> None:
    """A brief changes only while it is a draft."""
    require(stage, EDITABLE, _("This brief is published: its text, grid and dates are frozen for everyone alike."))
