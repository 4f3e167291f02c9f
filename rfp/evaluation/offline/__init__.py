"""Marking offline: an evaluator's own workbook, given out, filled anywhere, shown before it is taken."""
