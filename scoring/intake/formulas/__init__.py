"""Formulas of a sheet: read, compared with their neighbours, and worked out in exact numbers."""
