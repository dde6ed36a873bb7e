"""The employee's verbs: begin a report, keep the draft, hand it in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from terang.evidence.figures import Figure
from terang.evidence.reports.access import require_author
from terang.evidence.reports.hooks import figures_of, freeze
from terang.evidence.reports.models import Achievement, Drawing, Reading, Report, ReportState, Seat
from terang.evidence.reports.readers import draw, overseers
from terang.evidence.reports.services.recording import held, locked, tell
from terang.evidence.reports.states import may_move, require_move, target_of
from terang.evidence.reports.terms import asked_of, terms_for, working_day
from terang.evidence.reports.wording import achievement, next_steps
from terang.planning.plans.models import IN_FORCE, PlanResult
from terang.registry.people.models import PostKind
from terang.registry.people.selectors import appraiser_of, main_posts
from terang.registry.people.viewer import Viewer
from terang.rules.reports.periods import Span, span_of
from terang.web.errors import NotNow, Stale
from terang.web.numbers import longdate


@dataclass(frozen=True)
class Words:
    """What an employee writes. `achievements` by the id of their row; what is not named stays as it is."""

    others: str = ""
    challenges: str = ""
    plans: str = ""
    achievements: Mapping[int, str] = field(default_factory=dict)


def open_report(*, actor: Viewer, kind: str, start: date) -> Report:
    """Begins one's report about a period, prefilled from the plan and its figures; the one already begun where there is
    one. Raises NotNow where none is asked for about this period, or where the person held no post."""
    known = Report.objects.filter(employee=actor.employee, kind=kind, period_start=start).first()
    if known is not None:
        return known
    asked = next((each for each in asked_of(actor.employee, actor.today) if _is(each.span, kind, start)), None)
    if asked is None:
        raise NotNow(gettext("Laporan untuk periode ini tidak diminta dari Anda."))
    span = asked.span
    figures = figures_of(actor.employee.pk, span.start, span.end, actor.today)
    report = Report(
        employee=actor.employee,
        kind=span.kind,
        period_start=span.start,
        period_end=span.end,
        terms=asked.terms,
        state=target_of("open"),
        due_on=asked.due_on,
        plans=next_steps(figures)[:4000],
        opened_at=timezone.now(),
    )
    _place(report, actor.today)
    try:
        with transaction.atomic():
            report.save(force_insert=True)
            _add_results(report, figures)
            tell("report_opened", report, actor)
    except IntegrityError:
        return Report.objects.get(employee=actor.employee, kind=kind, period_start=start)
    return report


def _is(span: Span, kind: str, start: date) -> bool:
    return (span.kind, span.start) == (kind, start)


def _place(report: Report, today: date) -> None:
    """The post and unit of the period's last day, of today while it runs."""
    on = min(report.last_day, today)
    held = main_posts([report.employee_id], on).get(report.employee_id)
    if held is None:
        raise NotNow(gettext("Anda belum punya jabatan pada periode ini. Hubungi pengelola kepegawaian."))
    if held.post.kind == PostKind.ELECTED:
        raise NotNow(gettext("Laporan kinerja tidak diminta dari kepala daerah."))
    report.unit, report.post_title = held.post.unit, held.post.title


def take_in_results(*, actor: Viewer, report: Report) -> None:
    """Results agreed after the report was begun get their prefilled row. One query where there are none."""
    require_author(actor, report)
    if not may_move(report, "save") or not _missing_results(report).exists():
        return
    figures = figures_of(report.employee_id, report.period_start, report.period_end, actor.today)
    with transaction.atomic():
        current = locked(report.pk, "save")
        if added := _add_results(current, figures):
            tell("report_written", current, actor, {"changed": [f"achievement:{row.number}" for row in added]})


def _missing_results(report: Report) -> QuerySet[PlanResult]:
    """Results of the plans in force in the period that have no row yet."""
    results = PlanResult.objects.filter(
        plan__employee_id=report.employee_id,
        plan__state__in=IN_FORCE,
        plan__period_start__lt=report.period_end,
        plan__period_end__gt=report.period_start,
    ).exclude(retired_on__lte=report.period_start)
    return results.exclude(pk__in=report.achievements.values("result_id"))


def _add_results(report: Report, figures: list[Figure]) -> list[Achievement]:
    """A row for each result that has none, after those there are; the rows added. Three queries."""
    results = _missing_results(report).order_by("plan__period_start", "number", "pk")
    first = (report.achievements.aggregate(last=Max("number"))["last"] or 0) + 1
    rows = []
    for number, result in enumerate(results, first):
        told = achievement(each for each in figures if each.result_id == result.pk)
        rows.append(Achievement(report=report, result=result, number=number, title=result.text, text=told[:2000]))
    return Achievement.objects.bulk_create(rows)


def save_draft(*, actor: Viewer, report: Report, words: Words, version: int, page: UUID) -> Report:
    """Keeps what is typed. The page that saved last may save again; raises Stale for any other old page."""
    require_author(actor, report)
    with transaction.atomic():
        current = locked(report.pk, "save")
        _require_page(current, version, page)
        changed = _write(current, words)
        current.saved_by, current.saved_at = page, timezone.now()
        if changed:
            current.version += 1
            tell("report_written", current, actor, {"changed": changed})
        current.save()
    return current


def _require_page(report: Report, version: int, page: UUID) -> None:
    if report.version != version and report.saved_by != page:
        raise Stale(gettext("Laporan ini sudah diubah di halaman lain. Muat ulang, lalu lanjutkan di sana."))


def _write(report: Report, words: Words) -> list[str]:
    """Puts the words into the rows; the names of what changed."""
    changed = []
    for name in ("others", "challenges", "plans"):
        text = getattr(words, name).strip()
        if text != getattr(report, name):
            setattr(report, name, text)
            changed.append(name)
    for row in report.achievements.all():
        text = words.achievements.get(row.pk, row.text).strip()
        if text != row.text:
            row.text = text
            row.save(update_fields=["text"])
            changed.append(f"achievement:{row.number}")
    return changed


def submit_report(*, actor: Viewer, report: Report, words: Words, version: int, page: UUID) -> Report:
    """Hands the report in with what is typed: its figures are frozen, its readers called. Clicked twice it is handed in
    once. Raises NotNow where it is too early, something is missing, or nobody can read it."""
    require_author(actor, report)
    with transaction.atomic():
        current = held(report.pk)
        if current.state == ReportState.SUBMITTED and current.saved_by == page:
            return current
        require_move(current, "submit")
        _require_page(current, version, page)
        _write(current, words)
        _refresh_terms(current, actor.today)
        _require_ready(current, actor.today)
        _freeze(current, actor.today)
        current.state, current.saved_by = target_of("submit"), page
        current.version += 1
        called = _call_readers(current, actor.today)
        current.save()
        tell("report_submitted", current, actor, {"text": _told(current), "readers": called})
    return current


def _require_ready(report: Report, today: date) -> None:
    opens = report.last_day - timedelta(days=report.terms.opens_days)
    if today < opens:
        raise NotNow(gettext("Laporan ini dapat diajukan mulai %(day)s.") % {"day": longdate(opens)})
    if gaps := missing_parts(report):
        raise NotNow(gettext("Masih kosong: %(parts)s.") % {"parts": ", ".join(gaps)})


def missing_parts(report: Report) -> list[str]:
    """The parts without which a report is not whole, by name. One query."""
    names = {"challenges": gettext("tantangan"), "plans": gettext("rencana ke depan")}
    gaps = [label for name, label in names.items() if not getattr(report, name).strip()]
    told = any(row.text.strip() for row in report.achievements.all()) or report.others.strip()
    return gaps if told else [gettext("capaian"), *gaps]


def _refresh_terms(report: Report, today: date) -> None:
    """The terms of the first submission stay those of the report: a rubric does not change under a reader's hands."""
    if report.submitted_at is None:
        span = span_of(report.kind, report.period_start)
        report.terms = terms_for(report.employee.agency_id, span, today) or report.terms


def _freeze(report: Report, today: date) -> None:
    figures = figures_of(report.employee_id, report.period_start, report.period_end, today)
    report.figures, report.figures_at = freeze(figures), timezone.now()
    report.submitted_at = timezone.now()
    report.counts_on = report.counts_on or min(report.last_day, today)


def _call_readers(report: Report, today: date) -> list[str]:
    """Opens the readings of the first look, or gives those there are new days; the seats called. A seat nobody can sit
    in is left out: its share of the rating is then missing, never zero."""
    due = working_day(report.employee.agency, today, report.terms.reading_days)
    if report.readings.exists():
        report.readings.update(given_at=None, due_on=due, escalated_at=None, version=F("version") + 1)
    else:
        Reading.objects.bulk_create(_first_readings(report, today, due))
    seats = list(report.readings.values_list("seat", flat=True))
    if not seats:
        raise NotNow(gettext("Belum ada atasan atau pengawas yang dapat membaca. Hubungi pengelola kepegawaian."))
    return seats


def _first_readings(report: Report, today: date, due: date) -> list[Reading]:
    found = []
    if appraiser_of(report.employee_id, today):
        found.append(Reading(report=report, seat=Seat.SUPERIOR, due_on=due))
    if report.terms.oversight_reads and overseers(report, today):
        drawn = draw(report, today) if report.terms.drawing == Drawing.LOT else None
        found.append(Reading(report=report, seat=Seat.OVERSIGHT, due_on=due, reader_id=drawn))
    return found


def _told(report: Report) -> list[str]:
    rows = [row.text for row in report.achievements.all()]
    return [*rows, report.others, report.challenges, report.plans]
