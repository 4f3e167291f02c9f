"""What can be done with a brief, one verb each."""

from rfp.briefs.services.editing import (
    details_of,
    fingerprint,
    propose_dates,
    save_details,
    save_section,
    save_timetable,
    timetable_of,
)
from rfp.briefs.services.grid import GridLine, grid_fingerprint, grid_of, save_grid
from rfp.briefs.services.publishing import create_brief, publish, tasks

__all__ = [
    "GridLine",
    "create_brief",
    "details_of",
    "fingerprint",
    "grid_fingerprint",
    "grid_of",
    "propose_dates",
    "publish",
    "save_details",
    "save_grid",
    "save_section",
    "save_timetable",
    "tasks",
    "timetable_of",
]
