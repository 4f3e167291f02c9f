"""The map: a YAML page that says where a workbook keeps its criteria, weights, options and marks (docs/intake.md)."""

from scoring.intake.mapping.model import Map
from scoring.intake.mapping.reading import read_map

__all__ = ["Map", "read_map"]
