"""The minutes of a visit (berita acara) as plain JSON for Typst. In Indonesian whatever the language of the reader."""

from dataclasses import asdict
from datetime import date
from typing import Any

from django.utils.translation import override

from terang.evidence.oversight.heads import head_on_the_day
from terang.evidence.oversight.hearing import is_heard
from terang.evidence.oversight.mission_access import is_open_on, with_progress
from terang.evidence.oversight.models import CaseFollowed, CheckState, Inspection, InspectionCheck, Mission
from terang.evidence.oversight.roster_page import roster_summary
from terang.registry.organization.calendars import local_today
from terang.registry.people.models import Employee
from terang.registry.people.selectors import main_posts
from terang.reporting.documents.facts import party, place_of
from terang.reporting.documents.sheets import Party, Proof, Sheet
from terang.rules.oversight.roster import Mark, Summary
from terang.web.numbers import longdate, percent, whole

STATES = {
    CheckState.OPEN: "menunggu tanggapan, belum dihitung",
    CheckState.CONFIRMED: "terkonfirmasi",
    CheckState.WITHDRAWN: "dicabut, tidak dihitung",
}
HEARD = "menunggu putusan, belum dihitung"
NO_MISSION, SEALED = "tanpa undian, di luar misi", "dibuka setelah kunjungan terakhir misi"


def minutes_sheet(visit: Inspection) -> Sheet:
    """A visit as it stands: order, team, roster, points with replies and decisions, real cases, and who signs. Fourteen
    queries."""
    with override("id"):
        team = [visit.lead, *visit.team.all()]
        head = _head(visit)
        today = local_today(visit.unit.agency)
        places = main_posts([each.pk for each in (*team, *([head] if head else []))], visit.day)
        summary = roster_summary(visit)
        return {
            "kind": "minutes",
            "name": f"Berita acara kunjungan {visit.unit.name}",
            "agency": visit.unit.agency.name,
            "unit": visit.unit.name,
            "purpose": visit.purpose,
            "letter": _letter(visit),
            "chosen": _chosen(visit, today),
            "day": longdate(visit.day),
            "reply_days": visit.reply_days,
            "team": [asdict(party(each, places.get(each.pk))) for each in team],
            "head": asdict(party(head, places.get(head.pk)) if head else Party()),
            "summary": _summary(summary) if summary else [],
            "presence": _presence(summary),
            "away": _away(visit),
            "points": [_point(check, today) for check in visit.checks.select_related("employee", "decided_by")],
            "cases": [_case(case) for case in visit.cases.all()],
            "place": place_of(visit.unit.agency),
            "mark": "",
            "proof": asdict(Proof()),
        }


def _letter(visit: Inspection) -> str:
    if visit.mission:
        return f"{visit.mission.letter} tanggal {longdate(visit.mission.letter_day)}"
    return visit.letter


def _chosen(visit: Inspection, today: date) -> str:
    """How the unit came to be visited, once the mission is open to everybody; until then its reasons are the team's."""
    if not visit.mission_id:
        return NO_MISSION
    mission = with_progress(Mission.objects.filter(pk=visit.mission_id)).get()
    if not is_open_on(today, mission):
        return SEALED
    row = mission.listed.filter(unit_id=visit.unit_id).first()
    if row is None:
        return ""
    return f"karena risiko: {row.reason}" if row.by_risk else f"undian ke-{row.rank} pada misi nomor {row.mission_id}"


def _head(visit: Inspection) -> Employee | None:
    """Who headed the unit on the day: for whom its points count (`oversight.heads`). At most two queries."""
    pk = head_on_the_day(visit)
    return Employee.objects.get(pk=pk) if pk else None


def _summary(summary: Summary) -> list[tuple[str, str]]:
    rows = (
        ("Seharusnya", summary.expected),
        ("Hadir", summary.present),
        ("Dinas luar", summary.duty),
        ("Sakit", summary.sick),
        ("Izin", summary.permission),
        ("Cuti", summary.leave),
        ("Lepas sif", summary.shift_off),
        ("Alasan lain", summary.other),
        ("Tanpa keterangan", summary.unexplained),
    )
    return [(label, whole(number)) for label, number in rows]


def _presence(summary: Summary | None) -> str:
    if summary is None:
        return "Kehadiran di tempat tidak dicatat."
    if summary.presence_bp is None:
        return "Persentase kehadiran belum dapat dihitung."
    return f"Kehadiran {percent(summary.presence_bp)} dari yang wajib ada di tempat (tanpa yang lepas sif)."


def _away(visit: Inspection) -> list[tuple[str, str]]:
    """Who was not seen, with what is known."""
    rows = visit.roster.exclude(mark=Mark.SEEN).select_related("employee")
    return [
        (row.employee.name, row.recorded_label or str(row.get_told_display()).lower() or "tanpa keterangan")
        for row in rows
    ]


def _case(case: CaseFollowed) -> dict[str, Any]:
    """A request that was followed on the spot: its number, its service, and what did not agree."""
    told = f"{whole(case.looked_at)} dari {whole(len(case.steps))} langkah dicocokkan"
    differing = [each for each in case.steps if each["agrees"] is False]
    return {
        "code": case.code,
        "title": case.title,
        "told": told if case.looked_at else "belum ditelusuri",
        "differing": [": ".join(part for part in (each["text"], each["note"]) if part) for each in differing],
    }


def _point(check: InspectionCheck, today: date) -> dict[str, Any]:
    return {
        "criterion": check.criterion,
        "about": check.employee.name if check.employee else "Unit",
        "met": check.met,
        "state": "" if check.met else _state(check, today),
        "note": check.note,
        "reply": check.reply,
        "decision": f"{check.decide_reason} ({check.decided_by.name})"
        if check.decided_by and check.decide_reason
        else check.decide_reason,
        "advice": check.advice,
        "due": longdate(check.mend_due_on) if check.mend_due_on else "",
        "mended": f"{check.mend_note} ({longdate(check.mended_on)})" if check.mended_on else "",
        "verified": longdate(check.verified_on) if check.verified_on else "",
    }


def _state(check: InspectionCheck, today: date) -> str:
    return HEARD if check.is_open and is_heard(check, today) else STATES[CheckState(check.state)]
