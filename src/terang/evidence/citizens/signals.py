"""What services may be asked about by the oversight team (`terang.evidence.oddities`): requests finished faster than
anybody works. Answers to surveys are no source: by design they hold neither a minute nor a device (README)."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import F

from terang.evidence.citizens.models import ServiceRequest
from terang.evidence.oddities import Limit, Limits, Oddity, Source, Span, Trace
from terang.rules.sentences import Sentence
from terang.rules.sentences import mark as _

MOST_ROWS = 5_000
"""New rows one look weighs at most, the latest."""


def finished_at_once(span: Span, limits: Limits) -> Iterator[Oddity]:
    """Requests of one day that an officer finished within seconds after the clock began, of services whose standard is
    not that short. One query."""
    rows = ServiceRequest.objects.filter(
        service__unit__agency=span.agency,
        officer__isnull=False,
        started_at__isnull=False,
        standard_minutes__gte=limits["standar"],
        completed_at__gte=span.since,
        completed_at__lt=span.until,
        completed_at__lte=F("started_at") + timedelta(seconds=limits["detik"]),
    ).select_related("service")
    groups: dict[tuple[int, date], list[ServiceRequest]] = defaultdict(list)
    for row in span.fresh(rows.order_by("-completed_at", "-pk"), _ref, MOST_ROWS):
        if row.officer_id and row.completed_at:
            groups[row.officer_id, row.completed_at.astimezone(span.zone).date()].append(row)
    text = _(
        "%(count)s permohonan selesai paling lama %(seconds)s detik sesudah mulai. Apa yang dikerjakan sebelumnya?"
    )
    for (officer_id, day), found in groups.items():
        if len(found) >= limits["permohonan"]:
            longest = max(round((row.completed_at - row.started_at).total_seconds()) for row in found)  # type: ignore[operator]
            told = Sentence(text, {"count": len(found), "seconds": longest})
            traces = tuple(_request(row) for row in found)
            yield Oddity(day, day, told, traces, employee_id=officer_id)


def _ref(row: ServiceRequest) -> str:
    return f"citizens.servicerequest:{row.pk}"


def _request(row: ServiceRequest) -> Trace:
    words = Sentence(_("Permohonan %(service)s"), {"service": row.service.name})
    return Trace(_ref(row), words, row.get_absolute_url())


SOURCES = (
    Source(
        "permohonan_seketika",
        _("Permohonan selesai seketika"),
        _("Satu petugas menyelesaikan beberapa permohonan dalam hitungan detik."),
        14,
        (
            Limit("detik", _("Paling lama sesudah mulai (detik)"), 60, 5, 600),
            Limit("permohonan", _("Paling sedikit permohonan pada satu hari"), 3, 2, 100),
            Limit("standar", _("Standar layanan paling sedikit (menit kerja)"), 15, 2, 480),
        ),
        finished_at_once,
    ),
)
