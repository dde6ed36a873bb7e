"""What the score puts on the table of a performance dialogue: the measures that pull it down, with what helps."""

from datetime import date

from django.urls import reverse

from terang.evaluation.explanation import explain
from terang.evaluation.selectors import score_in, scores_of
from terang.evaluation.standing import standing


def points(employee_id: int, today: date) -> list[tuple[str, str]]:
    """Text and address of each, of the latest period; none where there is no score. Five queries."""
    history = scores_of(employee_id, limit=2)
    found = score_in(employee_id, history[0].period_id) if history else None
    if found is None:
        return []
    address = reverse("evaluation:score", args=[found.period_id, employee_id])
    return [(f"{pull.label}: {pull.text}", address) for pull in standing(explain(found), history, today).pulls]
