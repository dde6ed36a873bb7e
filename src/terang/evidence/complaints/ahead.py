"""Complaints that wait for a person's answer and can still be answered in time. Asked by "Bagaimana jika…"."""

from datetime import date

from terang.evidence.complaints.explanation import open_answers


def answers_ahead(employee_id: int, today: date) -> list[date]:
    """The last days of the answers a person still owes, the nearest first; those passed are left out. One query."""
    return sorted(each.due_on for each in open_answers(employee_id) if each.due_on >= today)
