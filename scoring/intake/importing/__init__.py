"""Taking a workbook of one's own in as an evaluation file."""

from scoring.intake.importing.document import Taken, take_in

__all__ = ["Taken", "take_in"]
