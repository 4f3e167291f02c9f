"""A filled workbook against what stands: row by row, before anything is taken."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _

from rfp.briefs.models import Brief, Criterion
from rfp.evaluation import queries
from rfp.evaluation.models import Bid, Mark, PanelMember
from rfp.evaluation.offline.form import COMMENT, EVIDENCE, MARK, REFERENCE
from rfp.evaluation.services import Given
from rfp.forms import clean_text
from rfp.offline.models import WorkbookUpload
from rfp.offline.services import Filled

FIRST_ROW = 5  # below the title, the note, the progress and the headings
MOST = {"comment": 5000, "evidence": 500}
NOTHING = Given()
COLUMN = {"mark": "F", "comment": "G", "evidence": "H"}


@dataclass(frozen=True)
class Line:
    """One row of the workbook. ``state``: new, changed, conflict, same, blank or refused (``message`` says why)."""

    cell: str
    reference: str
    state: str
    message: str = ""
    bid: Bid | None = None
    criterion: Criterion | None = None
    now: Given = NOTHING
    wanted: Given = NOTHING
    version: int = 0


def cells_of(filled: Filled) -> dict[str, Any]:
    """What was typed, as it is kept: {rows: [{row, reference, mark, comment, evidence}]}, row counted from 1."""
    sheet = next((rows for rows in filled.sheets.values() if _has_references(rows, filled.issue.rows)), [])
    found: list[dict[str, Any]] = []
    for number, row in enumerate(sheet[FIRST_ROW - 1 :], start=FIRST_ROW):
        padded = [*row, *[None] * 8]
        reference = (padded[REFERENCE] or "").strip()
        if reference in filled.issue.rows or any(padded[column] for column in (MARK, COMMENT, EVIDENCE)):
            typed = {"mark": padded[MARK], "comment": padded[COMMENT], "evidence": padded[EVIDENCE]}
            found.append({"row": number, "reference": reference, **typed})
    return {"rows": found}


def _has_references(rows: list[list[str | None]], known: dict[str, Any]) -> bool:
    return sum(1 for row in rows if row and (row[0] or "").strip() in known) > 0


class Returning:
    """Judges the rows of an upload."""

    def __init__(self, brief: Brief, member: PanelMember, upload: WorkbookUpload) -> None:
        self.issue = upload.issue
        self.rows: list[dict[str, Any]] = upload.cells["rows"]
        self.bids = {bid.public_id: bid for bid in queries.bids_of(brief)}
        self.admitted = {bid.public_id for bid in queries.admitted_bids(brief)}
        self.criteria = {criterion.key: criterion for criterion in brief.leaves}
        self.marks = queries.own_marks(member)

    def lines(self) -> list[Line]:
        """Every row, in the order of the sheet."""
        seen: set[str] = set()
        found = []
        for row in self.rows:
            found.append(self._judge(row, repeated=row["reference"] in seen))
            seen.add(row["reference"])
        return found

    def _judge(self, row: dict[str, Any], *, repeated: bool) -> Line:
        reference, cell = row["reference"], f"{COLUMN['mark']}{row['row']}"
        known = self.issue.rows.get(reference)
        if known is None or repeated:
            why = _("This row was given twice.") if repeated else _("This row is not one of this workbook.")
            return Line(f"A{row['row']}", reference, "refused", why)
        bid, criterion = self.bids[known["bid"]], self.criteria[known["criterion"]]
        mark = self.marks.get((bid.id, criterion.id))
        line = Line(cell, reference, "blank", bid=bid, criterion=criterion, now=Given.of(mark))
        if not any(row[name] for name in COLUMN):
            return line
        if known["bid"] not in self.admitted:
            return _refused(line, cell, _("This bid is no longer to be marked."))
        return self._wanted(line, row, mark, known["version"])

    def _wanted(self, line: Line, row: dict[str, Any], mark: Mark | None, version: int) -> Line:
        """What the row asks for; a blank cell leaves what stands."""
        assert line.criterion is not None and line.bid is not None  # noqa: S101 - _judge has set them  # nosec B101
        try:
            value = _mark_in(row["mark"], line.criterion)
        except ValueError as error:
            return _refused(line, line.cell, str(error))
        texts = {name: clean_text(row[name] or "") or getattr(line.now, name) for name in MOST}
        for name, most in MOST.items():
            if len(texts[name]) > most:
                return _refused(line, f"{COLUMN[name]}{row['row']}", _("At most %(limit)s characters.", limit=most))
        wanted = Given(line.now.value if value is None else value, texts["comment"], texts["evidence"])
        current = mark.version if mark else 0
        state = "same" if wanted == line.now else "conflict" if current != version else "changed" if mark else "new"
        return Line(line.cell, line.reference, state, "", line.bid, line.criterion, line.now, wanted, current)


def _refused(line: Line, cell: str, why: str) -> Line:
    return Line(cell, line.reference, "refused", why, line.bid, line.criterion, line.now)


def _mark_in(typed: str | None, criterion: Criterion) -> Decimal | None:
    """The mark typed; None for a blank. Raises ValueError with a message for the person."""
    text = (typed or "").strip().replace(",", ".")
    if not text:
        return None
    allowed = [point["value"] for point in (criterion.scale.points if criterion.scale else [])]
    found = next((Decimal(value) for value in allowed if _same_number(text, value)), None)
    if found is None:
        raise ValueError(
            _("“%(text)s” is not a mark of the scale (%(marks)s).", text=text[:20], marks=", ".join(allowed))
        )
    return found


def _same_number(text: str, value: str) -> bool:
    try:
        return len(text) < 20 and Decimal(text) == Decimal(value)
    except ArithmeticError:
        return False
