"""What is open after visits, for who leads the inspectorate: replies awaited, findings to decide, mending, checking;
with the day by which each was due. One table, narrowed by kind."""

from typing import Any

from django.db.models import Case, Count, DateField, F, Q, QuerySet, TextChoices, Value, When
from django.db.models.functions import Cast, TruncDate
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.evidence.oversight.access import inspected_area
from terang.evidence.oversight.hearing import to_reply
from terang.evidence.oversight.models import CheckState, InspectionCheck
from terang.registry.people.viewer import Viewer
from terang.web.numbers import grouped, longdate
from terang.web.tables import BoundTable, ChoiceFilter, Column, Table, TextFilter


class Wait(TextChoices):
    """What a finding waits for, the oldest duty of the inspectorate first."""

    DECISION = "putusan", _("Menunggu putusan")
    VERIFICATION = "periksa", _("Menunggu diperiksa kembali")
    MENDING = "perbaikan", _("Menunggu perbaikan")
    REPLY = "tanggapan", _("Menunggu tanggapan")


WITH_A_LAST_DAY = (Wait.MENDING, Wait.REPLY)
"""What can be late. Nothing gives a day for deciding or for looking again: `due` only says since when they wait."""


def open_findings(viewer: Viewer) -> QuerySet[Any]:
    """Findings of the viewer's area that wait for somebody, each with `wait` and `due`: the last day of the reply or of
    the mending, or the day it was mended. What waits for a decision was due when the reply came or its time ran out.
    """
    to_mend = Q(state=CheckState.CONFIRMED, met=False, mended_on=None) & ~Q(advice="")
    to_verify = Q(state=CheckState.CONFIRMED, mended_on__isnull=False, verified_on=None)
    rows = InspectionCheck.objects.filter(inspected_area(viewer), met=False)
    return (
        rows.filter(Q(state=CheckState.OPEN) | to_mend | to_verify)
        .annotate(
            wait=Case(
                When(to_verify, then=Value(Wait.VERIFICATION)),
                When(to_mend, then=Value(Wait.MENDING)),
                When(to_reply(viewer.today), then=Value(Wait.REPLY)),
                default=Value(Wait.DECISION),
            ),
            due=Case(
                When(to_verify, then=F("mended_on")),
                When(to_mend, then=F("mend_due_on")),
                When(replied_at__isnull=False, then=Cast(TruncDate("replied_at"), DateField())),
                default=F("reply_due_on"),
                output_field=DateField(),
            ),
        )
        .select_related("inspection__unit", "inspection__lead", "employee")
    )


def _lateness(row: Any, viewer: Viewer) -> int:
    """Days since it was due, 0 where it is not yet or has no last day."""
    return max(0, (viewer.today - row.due).days) if row.due and row.wait in WITH_A_LAST_DAY else 0


def _late(viewer: Viewer) -> Column:
    def told(row: Any) -> str:
        days = _lateness(row, viewer)
        return gettext("%(n)s hari") % {"n": grouped(days)} if days else "–"

    return Column("late", _("Lewat"), told, raw=lambda row: _lateness(row, viewer), number=True)


def _columns(viewer: Viewer) -> list[Column]:
    return [
        Column(
            "criterion",
            _("Temuan"),
            lambda row: row.advice if row.wait in (Wait.MENDING, Wait.VERIFICATION) else row.criterion,
            head=True,
            link=lambda row: row.inspection.get_absolute_url(),
        ),
        Column("unit", _("Unit"), lambda row: row.inspection.unit.name, sort="inspection__unit__name"),
        Column("person", _("Tentang"), lambda row: row.employee.name if row.employee else gettext("Unit")),
        Column("wait", _("Menunggu"), lambda row: Wait(row.wait).label, sort="wait"),
        Column("due", _("Sejak atau paling lambat"), lambda row: longdate(row.due), sort="due"),
        _late(viewer),
        Column("lead", _("Pemeriksa"), lambda row: row.inspection.lead.name, sort="inspection__lead__name"),
    ]


def overdue_table(request: HttpRequest, viewer: Viewer) -> BoundTable:
    """Longest waiting first; three queries on screen."""
    table = Table(
        name="temuan-terbuka",
        caption=_("Temuan yang menunggu"),
        columns=_columns(viewer),
        filters=[
            ChoiceFilter("menunggu", _("Menunggu"), Wait.choices, "wait"),
            TextFilter("q", _("Cari unit atau pemeriksa"), ["inspection__unit__name", "inspection__lead__name"]),
        ],
        order="due",
        empty=(_("Tidak ada yang menunggu"), _("Semua temuan sudah didengar, diputus, diperbaiki, dan diperiksa.")),
    )
    return table.bind(request, open_findings(viewer))


def counts(viewer: Viewer) -> list[tuple[str, str, int, int]]:
    """By what is waited for: its value and label, how many wait, how many of them past their day. One query."""
    late = Count("pk", filter=Q(wait__in=WITH_A_LAST_DAY, due__lt=viewer.today))
    rows = open_findings(viewer).order_by().values("wait").annotate(all=Count("pk"), late=late)
    found = {row["wait"]: row for row in rows}
    return [
        (
            wait.value,
            str(wait.label),
            found[wait]["all"] if wait in found else 0,
            found[wait]["late"] if wait in found else 0,
        )
        for wait in Wait
    ]
