"""Workbooks of one's own: taken in as evaluation files, and audited (docs/intake.md)."""
