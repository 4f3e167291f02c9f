"""The audit of a workbook: where its arithmetic differs from an exact recomputation, and why."""

from scoring.intake.audit.running import Report, audit

__all__ = ["Report", "audit"]
