"""What the colleagues room tells a performance report: released rounds of review, never what single people said."""

from datetime import date

from django.db.models import Max

from terang.evidence.colleagues.models import RaterKind, ReviewTally
from terang.evidence.figures import COLLEAGUES, Figure
from terang.web.numbers import grouped


def figures(employee_id: int, start: date, end: date, as_of: date) -> list[Figure]:
    """How many colleagues answered in rounds that closed from `start` to before `end` and are released, in Indonesian;
    groups that are too small have no figures. One query."""
    closed = {"round__closes_on__gt": start, "round__closes_on__lte": end, "round__released_on__lte": as_of}
    tallies = ReviewTally.objects.filter(subject_id=employee_id, kind=RaterKind.PEER, **closed)
    rounds = tallies.order_by().values("round_id").annotate(most=Max("answers"))
    enough = [each["most"] for each in rounds]
    if not enough:
        return []
    value = f"{grouped(sum(enough))} jawaban dalam {grouped(len(enough))} putaran"
    return [Figure(COLLEAGUES, "Umpan balik rekan sejawat", value, measures=("peer_review",))]
