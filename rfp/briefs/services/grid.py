"""Writing the grid of a draft."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _

from rfp.accounts.models import User
from rfp.audit.services import record
from rfp.briefs.models import Brief
from rfp.briefs.moves import require_editable
from rfp.briefs.services.editing import fingerprint
from rfp.db import db
from rfp.errors import InvalidError, StaleError


@dataclass(frozen=True)
class GridLine:
    """One criterion as the grid page edits it: points, minimum, and the formula of a computed leaf."""

    weight: Decimal
    minimum: Decimal | None = None
    formula: dict[str, Any] | None = None

    def as_json(self) -> list[Any]:
        """For fingerprints and the record: plain text, ``5`` and ``5.0`` alike."""
        numbers = [None if n is None else format(n.normalize(), "f") for n in (self.weight, self.minimum)]
        return [*numbers, self.formula] if self.formula else numbers


Grid = dict[str, GridLine]


def grid_of(brief: Brief) -> Grid:
    """What stands, by criterion key."""
    return {c.key: GridLine(c.weight, c.minimum, c.formula) for c in brief.criteria}


def grid_fingerprint(grid: Grid) -> str:
    """What a page that shows this grid sends back with its form."""
    return fingerprint({key: line.as_json() for key, line in grid.items()})


def save_grid(*, actor: User, brief: Brief, grid: Grid, seen: str, now: datetime) -> None:
    """Points of leaves, minimums, formulas; a group becomes the sum of what is in it, whatever is asked.

    Raises InvalidError for a minimum above its weight (``faults`` by criterion key), StaleError whose
    ``theirs`` is the grid that stands, IllegalMoveError.
    """
    require_editable(brief.stage(now))
    standing = grid_of(brief)
    if seen != grid_fingerprint(standing) and grid_fingerprint(standing) != grid_fingerprint(grid):
        raise StaleError(_("Somebody else saved this in the meantime."), theirs=dict(standing))
    for root in brief.top_criteria:
        for criterion in reversed(root.walk()):
            line = grid.get(criterion.key, standing[criterion.key])
            below = sum((child.weight for child in criterion.children), Decimal(0))
            criterion.weight = below if criterion.children else line.weight
            criterion.minimum = line.minimum
            criterion.formula = line.formula if criterion.formula else None
    _refuse_unreachable(brief)
    db.session.flush()
    changed = {key: line.as_json() for key, line in grid_of(brief).items() if line != standing[key]}
    if changed:
        record(kind="brief.grid_saved", actor=actor, now=now, subject=brief.public_id, data=changed)


def _refuse_unreachable(brief: Brief) -> None:
    above = [c for c in brief.criteria if c.minimum is not None and c.minimum > c.weight]
    if above:
        faults = {c.key: _("The minimum is above the weight.") for c in above}
        raise InvalidError(_("A minimum is above the weight of its criterion."), faults)
