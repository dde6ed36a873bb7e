"""What the observation room hands to the engine: points given and possible, of finished observations that count."""

from collections.abc import Collection
from datetime import date

from django.utils.translation import gettext, ngettext

from terang.evidence.observation.models import CommonMark, Observation, ObservationState
from terang.evidence.records import Record
from terang.web.numbers import longdate, quantity


def facts(employee_ids: Collection[int], start: date, end: date) -> dict[str, list[tuple[object, ...]]]:
    """Rows of `observations` between `start` and `end` (exclusive), as `rules.tables` declares them. One query.

    Only what is finished counts, on the day of the observation. One that waits, is contested, was withdrawn, or whose
    instrument is formative is left out: it is missing, never zero.
    """
    rows = Observation.objects.filter(
        employee_id__in=employee_ids,
        day__gte=start,
        day__lt=end,
        state=ObservationState.FINISHED,
        instrument__formative=False,
        max_milli__isnull=False,
    ).order_by("employee_id", "day", "id")
    return {"observations": list(rows.values_list("employee_id", "id", "points_milli", "max_milli"))}


def records(measure_code: str, employee_id: int, start: date, end: date, limit: int = 50) -> list[Record]:
    """The observations behind `observation_score`, latest first, those that do not count with the reason; marks only
    once the person was told. Three queries."""
    rows = Observation.objects.filter(employee_id=employee_id, day__gte=start, day__lt=end)
    shown = rows.exclude(state=ObservationState.CANCELLED).select_related("instrument", "employee")
    return [_record(each) for each in shown.prefetch_related("sheets__observer", "marks")[:limit]]


def _record(row: Observation) -> Record:
    observers = ", ".join(sheet.observer.name for sheet in row.sheets.all())
    return Record(
        id=row.pk,
        day=row.day,
        title=row.title,
        detail=f"{row.place} · {row.get_state_display()}" + (f" · {late_words(row)}" if row.late_days else ""),
        counted=row.counts,
        effect=effect(row),
        entered_by=observers,
        entered_at=row.told_at,
        accepted_by=row.employee.name if row.finished_on else "",
        url=row.get_absolute_url(),
        lines=tuple(_line(row, mark) for mark in row.marks.all()) if row.is_told else (),
    )


def effect(row: Observation) -> str:
    """Whether and how it counts, in words."""
    if row.state == ObservationState.WITHDRAWN:
        return gettext("dicabut dan tidak dihitung: %(reason)s") % {"reason": row.reason}
    if row.instrument.formative:
        return gettext("untuk belajar, tidak dinilai")
    if row.state == ObservationState.FINISHED:
        told = {"points": quantity(row.points_milli), "most": quantity(row.max_milli)}
        return gettext("dihitung %(points)s dari %(most)s poin") % told
    if row.state == ObservationState.CONTESTED:
        return gettext("tidak dihitung: yang diamati meminta pengamat lain")
    if row.state == ObservationState.TOLD and row.contest_due_on:
        return gettext("dihitung sesudah diterima, atau sesudah %(day)s") % {"day": longdate(row.contest_due_on)}
    return gettext("belum dihitung: observasi belum selesai")


def late_words(row: Observation) -> str:
    """That the feedback came late, and by how much."""
    n = row.late_days
    return ngettext("umpan balik terlambat %(n)s hari", "umpan balik terlambat %(n)s hari", n) % {"n": n}


def _line(row: Observation, mark: CommonMark) -> str:
    rubric, level = row.instrument.content, row.instrument.content.level(mark.value)
    behaviours = {each.code: each.text for each in row.picked.behaviours} if row.picked else {}
    name = level.name if level else ""
    points = gettext("%(value)s dari %(top)s") % {"value": mark.value, "top": rubric.top}
    return f"{behaviours.get(mark.behaviour, mark.behaviour)}: {name} ({points})"
