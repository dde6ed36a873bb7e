"""What readings of reports may be asked about by the oversight team (`terang.evidence.oddities`): a superior who marks
everybody the same."""

from collections import defaultdict
from collections.abc import Iterator

from terang.evidence.oddities import Limit, Limits, Oddity, Source, Span, Trace
from terang.evidence.reports.models import Reading, Seat
from terang.rules.sentences import Sentence
from terang.rules.sentences import mark as _
from terang.web.sentences import hundredths

MOST_ROWS = 20_000
"""New readings one look weighs at most, the latest."""


def no_spread(span: Span, limits: Limits) -> Iterator[Oddity]:
    """Superiors whose first readings of the time give every report the very same rating. One query."""
    rows = Reading.objects.filter(
        report__employee__agency=span.agency,
        seat=Seat.SUPERIOR,
        look=1,
        given_at__gte=span.since,
        given_at__lt=span.until,
    ).select_related("report__employee")
    groups: dict[int, list[Reading]] = defaultdict(list)
    for row in span.fresh(rows.order_by("-given_at", "-pk"), _ref, MOST_ROWS):
        if row.reader_id:
            groups[row.reader_id].append(row)
    text = _(
        "%(count)s laporan dari %(count)s orang dinilai sama, yaitu %(rating)s. Apa yang membedakan pekerjaan mereka?"
    )
    for reader_id, found in groups.items():
        people, ratings = {row.report.employee_id for row in found}, {row.rating_bp for row in found}
        if len(people) == len(found) >= limits["laporan"] and len(ratings) == 1:
            days = [row.given_at.astimezone(span.zone).date() for row in found if row.given_at]
            told = Sentence(text, {"count": len(found), "rating": hundredths(ratings.pop() or 0)})
            traces = tuple(_reading(row) for row in found)
            yield Oddity(min(days), max(days), told, traces, employee_id=reader_id)


def _ref(row: Reading) -> str:
    return f"reports.reading:{row.pk}"


def _reading(row: Reading) -> Trace:
    words = Sentence(_("Laporan %(name)s"), {"name": row.report.employee.name})
    return Trace(_ref(row), words, row.report.get_absolute_url())


SOURCES = (
    Source(
        "nilai_seragam",
        _("Penilaian laporan seragam"),
        _("Satu penilai memberi nilai yang sama kepada semua laporan yang dibacanya."),
        120,
        (Limit("laporan", _("Paling sedikit laporan"), 5, 3, 100),),
        no_spread,
    ),
)
