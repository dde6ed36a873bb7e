"""What complaints may be asked about by the oversight team (`terang.evidence.oddities`): a unit whose answers citizens
reopen again and again. Secret reports and reports of misconduct are never counted here; they have their own way."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice

from terang.evidence.complaints.models import Complaint
from terang.evidence.complaints.publication import open_complaints
from terang.evidence.oddities import Limit, Limits, Oddity, Source, Span, Trace, withdraw
from terang.rules.sentences import Sentence
from terang.rules.sentences import mark as _

KIND = "pengaduan_kembali"
TEXT = _("Warga %(times)s kali membuka kembali %(reports)s pengaduan yang sudah dijawab. Apa yang belum beres?")
MOST_ROWS = 5_000
"""Reports with new reopenings that one look weighs at most, the latest."""
REMEMBERED_DAYS = 3650
"""A report may come back years later: what was asked about its earlier reopenings is remembered ten years."""


def reopened(span: Span, limits: Limits) -> Iterator[Oddity]:
    """Units to which reports came back from citizens several times after a final answer. One query."""
    rows = open_complaints(span.agency).filter(
        reopened_count__gte=1, reopened_on__gte=span.start, reopened_on__lt=span.today, unit__isnull=False
    )
    groups: dict[int, list[Complaint]] = defaultdict(list)
    latest = rows.order_by("-reopened_on", "-pk").iterator()
    for row in islice((each for each in latest if _new_times(span, each)), MOST_ROWS):
        if row.unit_id:
            groups[row.unit_id].append(row)
    for unit_id, found in groups.items():
        times = sum(len(_new_times(span, row)) for row in found)
        if times >= limits["kali"]:
            days: list[date] = [row.reopened_on for row in found if row.reopened_on]
            told = Sentence(TEXT, {"reports": len(found), "times": times})
            traces = tuple(_report(row, number) for row in found for number in _new_times(span, row))
            yield Oddity(min(days), max(days), told, traces, unit_id=unit_id)


def _new_times(span: Span, row: Complaint) -> range:
    """The reopenings since the latest one that was asked about; each is evidence of its own."""
    known = (number for number in range(row.reopened_count, 0, -1) if not span.is_fresh(_ref(row, number)))
    return range(next(known, 0) + 1, row.reopened_count + 1)


def recounted(refs: Sequence[str]) -> Sentence:
    """The question over the reopenings that are left behind it: each `ref` is one of them."""
    return Sentence(TEXT, {"reports": len({ref.rpartition(":")[0] for ref in refs}), "times": len(refs)})


def withdraw_report(complaint: Complaint) -> None:
    """The report stands behind no question any more: whom it is about reads it nowhere. At least one query."""
    withdraw(complaint.agency_id, KIND, f"complaints.complaint:{complaint.pk}:")


def _ref(row: Complaint, number: int) -> str:
    return f"complaints.complaint:{row.pk}:{number}"


def _report(row: Complaint, number: int) -> Trace:
    """Nothing of what the citizen wrote. Only the latest reopening has a day of its own."""
    words = Sentence(_("Pengaduan %(code)s"), {"code": row.tracking_code})
    return Trace(_ref(row, number), words, row.get_absolute_url(), row.reopened_on)


SOURCES = (
    Source(
        KIND,
        _("Pengaduan dibuka kembali"),
        _("Warga berkali-kali membuka kembali pengaduan yang sudah dijawab satu unit."),
        180,
        (Limit("kali", _("Paling sedikit dibuka kembali"), 3, 2, 50),),
        reopened,
        recounted,
        recalls=REMEMBERED_DAYS,
    ),
)
