"""The screens of presence, by subject."""

from terang.evidence.attendance.views.month import month

__all__ = ["month"]
