"""What the oversight room tells a performance report: points met in inspections, findings withdrawn after a reply."""

from datetime import date

from django.db.models import Count, Q

from terang.evidence.figures import OVERSIGHT, Figure
from terang.evidence.oversight.heads import points_of
from terang.evidence.oversight.models import CheckState
from terang.web.numbers import grouped


def figures(employee_id: int, start: date, end: date, as_of: date) -> list[Figure]:
    """The figures of one person from `start` to before `end`, in Indonesian. At most three
    queries."""
    confirmed = Q(state=CheckState.CONFIRMED)
    told = points_of(employee_id, start, end).aggregate(
        checked=Count("pk", filter=confirmed),
        met=Count("pk", filter=confirmed & Q(met=True)),
        withdrawn=Count("pk", filter=Q(state=CheckState.WITHDRAWN)),
    )
    found = []
    if told["checked"]:
        value = f"{grouped(told['met'])} dari {grouped(told['checked'])} butir terpenuhi"
        found.append(Figure(OVERSIGHT, "Pemeriksaan standar layanan", value, measures=("inspection_compliance",)))
    if told["withdrawn"]:
        value = f"{grouped(told['withdrawn'])} dicabut setelah tanggapan"
        found.append(Figure(OVERSIGHT, "Temuan yang disanggah", value))
    return found
