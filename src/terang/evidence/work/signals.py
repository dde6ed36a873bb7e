"""What daily work may be asked about by the oversight team (`terang.evidence.oddities`): pictures nobody could explain,
answers given faster than anybody reads, days longer than days, clocks that are off."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import F, Q, QuerySet, Sum

from terang.custody.models import ResemblanceState
from terang.custody.selectors import open_resemblances
from terang.evidence.clocks import MOST_DRIFT
from terang.evidence.oddities import Limit, Limits, Oddity, Source, Span, Trace
from terang.evidence.work.models import Entry, EntryFile, EntryState
from terang.evidence.work.states import REPORTED
from terang.rules.sentences import Sentence
from terang.rules.sentences import mark as _

MOST_ROWS = 5_000
"""New rows one look weighs at most, the latest; what is left waits for the next day."""


def trace_of(entry: Entry) -> Trace:
    words = Sentence(_("Kegiatan: %(text)s"), {"text": entry.text[:200]})
    return Trace(f"work.entry:{entry.pk}", words, entry.get_absolute_url(), entry.day)


def _oddity(person_id: int, rows: list[Entry], sentence: Sentence) -> Oddity:
    days = [row.day for row in rows]
    traces = tuple(trace_of(row) for row in rows)
    return Oddity(min(days), max(days), sentence, traces, employee_id=person_id)


def _fresh(span: Span, rows: QuerySet[Entry]) -> Iterator[Entry]:
    return span.fresh(rows, lambda row: f"work.entry:{row.pk}", MOST_ROWS)


def accepted_at_once(span: Span, limits: Limits) -> Iterator[Oddity]:
    """Entries of one day that one appraiser accepted within seconds after each was sent. One query."""
    quick = timedelta(seconds=limits["detik"])
    rows = Entry.objects.filter(
        employee__agency=span.agency,
        state=EntryState.ACCEPTED,
        decided_by__isnull=False,
        decided_at__gte=span.since,
        decided_at__lt=span.until,
        decided_at__lte=F("submitted_at") + quick,
        submitted_at__lte=F("decided_at"),
    ).order_by("-decided_at", "-pk")
    groups: dict[tuple[int, date], list[Entry]] = defaultdict(list)
    for row in _fresh(span, rows):
        if row.decided_at and row.decided_by_id:
            groups[row.decided_by_id, row.decided_at.astimezone(span.zone).date()].append(row)
    text = _("%(count)s kegiatan diterima antara %(least)s dan %(most)s detik sesudah dikirim. Bagaimana memeriksanya?")
    for (appraiser_id, day), found in groups.items():
        if len(found) >= limits["kegiatan"]:
            seconds = [round((row.decided_at - row.submitted_at).total_seconds()) for row in found if row.decided_at]
            told = Sentence(text, {"count": len(found), "least": min(seconds), "most": max(seconds)})
            traces = tuple(trace_of(row) for row in found)
            yield Oddity(day, day, told, traces, employee_id=appraiser_id)


def days_too_long(span: Span, limits: Limits) -> Iterator[Oddity]:
    """Days on which the minutes of a person's entries add up to more hours than anybody works, the latest first. One
    query, and one for each day that has such people."""
    told = Entry.objects.filter(
        employee__agency=span.agency, day__gte=span.start, day__lt=span.today, state__in=REPORTED, minutes__isnull=False
    )
    sums = told.order_by().values("employee_id", "day").annotate(total=Sum("minutes"))
    people: dict[date, list[int]] = defaultdict(list)
    for row in sums.filter(total__gte=limits["jam"] * 60).order_by("-day"):
        people[row["day"]].append(row["employee_id"])
    for day, working in people.items():
        yield from _long_day(span, told.filter(employee_id__in=working, day=day).order_by("pk"), limits["jam"] * 60)


def _long_day(span: Span, rows: QuerySet[Entry], least: int) -> Iterator[Oddity]:
    """Of one day the people whose entries that nobody asked about yet add up to so many minutes."""
    groups: dict[int, list[Entry]] = defaultdict(list)
    for row in _fresh(span, rows):
        groups[row.employee_id].append(row)
    text = _(
        "Lama %(count)s kegiatan pada satu hari berjumlah %(hours)s jam %(minutes)s menit. Apakah benar selama itu?"
    )
    for employee_id, found in groups.items():
        minutes = sum(row.minutes or 0 for row in found)
        if minutes >= least:
            params = {"count": len(found), "hours": minutes // 60, "minutes": minutes % 60}
            yield _oddity(employee_id, found, Sentence(text, params))


def clocks_off(span: Span, limits: Limits) -> Iterator[Oddity]:
    """People several of whose entries were written on a device whose clock was off (`evidence.clocks`). One query."""
    drift = int(MOST_DRIFT.total_seconds())
    off = Q(clock_drift_s__gt=drift) | Q(clock_drift_s__lt=-drift) | Q(written_at__gt=F("submitted_at") + MOST_DRIFT)
    rows = Entry.objects.filter(
        off, employee__agency=span.agency, day__gte=span.start, day__lt=span.today, written_at__isnull=False
    )
    groups: dict[int, list[Entry]] = defaultdict(list)
    for row in _fresh(span, rows.filter(state__in=REPORTED).order_by("-pk")):
        groups[row.employee_id].append(row)
    text = _("%(count)s kegiatan ditulis pada perangkat yang jamnya tidak cocok dengan jam Terang. Kapan ditulisnya?")
    for employee_id, found in groups.items():
        if len(found) >= limits["kegiatan"]:
            yield _oddity(employee_id, found, Sentence(text, {"count": len(found)}))


def pictures_used_before(span: Span, limits: Limits) -> Iterator[Oddity]:
    """Proofs that are like earlier ones, which the appraiser found in need of a talk or the person let pass unexplained
    (ADR 0011: person and appraiser come first). One query."""
    open_ones = open_resemblances(span.today).exclude(state=ResemblanceState.EXPLAINED)
    rows = EntryFile.objects.filter(
        file__resemblance__in=open_ones.filter(agency=span.agency),
        entry__day__gte=span.start,
        entry__state__in=REPORTED,
    ).select_related("entry", "file__resemblance")
    groups: dict[int, list[EntryFile]] = defaultdict(list)
    for row in span.fresh(rows.order_by("-pk"), _resemblance, MOST_ROWS):
        groups[row.entry.employee_id].append(row)
    text = _("%(count)s bukti mirip dengan berkas yang pernah dipakai, dan belum jelas mengapa. Apa ceritanya?")
    for employee_id, found in groups.items():
        if len(found) >= limits["bukti"]:
            days = [row.entry.day for row in found]
            traces = tuple(_picture(row) for row in found)
            told = Sentence(text, {"count": len(found)})
            yield Oddity(min(days), max(days), told, traces, employee_id=employee_id)


def _resemblance(row: EntryFile) -> str:
    return f"custody.resemblance:{row.file.resemblance.pk}"


def _picture(row: EntryFile) -> Trace:
    words = Sentence(_("Bukti kegiatan: %(text)s"), {"text": row.entry.text[:200]})
    return Trace(_resemblance(row), words, row.entry.get_absolute_url(), row.entry.day)


_ENTRIES = Limit("kegiatan", _("Paling sedikit kegiatan"), 3, 1, 100)

SOURCES = (
    Source(
        "kegiatan_seketika",
        _("Kegiatan diterima seketika"),
        _("Satu penilai menerima banyak kegiatan dalam hitungan detik sesudah dikirim."),
        14,
        (
            Limit("detik", _("Paling lama sesudah dikirim (detik)"), 10, 1, 120),
            Limit("kegiatan", _("Paling sedikit kegiatan pada satu hari"), 5, 2, 100),
        ),
        accepted_at_once,
    ),
    Source(
        "hari_terlalu_panjang",
        _("Hari kerja terlalu panjang"),
        _("Lama kegiatan satu orang pada satu hari melebihi yang masuk akal."),
        35,
        (Limit("jam", _("Paling sedikit jam pada satu hari"), 18, 10, 48),),
        days_too_long,
    ),
    Source(
        "jam_perangkat",
        _("Jam perangkat diragukan"),
        _("Kegiatan ditulis luring pada perangkat yang jamnya tidak cocok."),
        35,
        (_ENTRIES,),
        clocks_off,
    ),
    Source(
        "bukti_serupa",
        _("Bukti serupa belum jelas"),
        _("Bukti mirip dengan berkas lama, dan penilai menandai perlu dibicarakan atau pegawai tidak menjelaskan."),
        60,
        (Limit("bukti", _("Paling sedikit bukti"), 1, 1, 20),),
        pictures_used_before,
    ),
)
