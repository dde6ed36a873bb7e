"""Which entries of the journal a program may be told of, and the message about one.

A message names the event and the record, never a person and nothing anybody wrote: what it is about, the program asks
for with rights of its own. Reports of citizens are told only once everybody may read them.
"""

import json
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from terang.audit.models import JournalEntry
from terang.registry.organization.models import Unit

TRIAL = "terang.trial"


@dataclass(frozen=True)
class Group:
    code: str
    label: str | Promise
    verbs: tuple[str, ...]


GROUPS = (
    Group(
        "layanan",
        _("Permohonan warga: diterima, selesai, ditolak"),
        ("citizens.request_received", "citizens.request_finished", "citizens.request_refused"),
    ),
    Group(
        "standar",
        _("Standar layanan dan maklumat terbit"),
        ("citizens.standard_published", "citizens.pledge_published"),
    ),
    Group(
        "kepuasan",
        _("Hasil survei kepuasan terbit atau diperbaiki"),
        ("citizens.survey_result_published", "citizens.survey_result_revised"),
    ),
    Group(
        "pengaduan",
        _("Pengaduan tampil atau ditarik dari halaman publik"),
        ("complaints.published", "complaints.unpublished"),
    ),
    Group(
        "pegawai",
        _("Pegawai dan penempatan berubah"),
        (
            "people.employee_added",
            "people.employee_changed",
            "people.employee_left",
            "people.assignment_started",
            "people.assignment_ended",
            "interchange.people_applied",
        ),
    ),
    Group(
        "organisasi",
        _("Unit, hari libur, gangguan sistem"),
        (
            "organization.unit_added",
            "organization.unit_closed",
            "organization.holiday_added",
            "organization.holiday_removed",
            "organization.outage_recorded",
            "organization.outage_ended",
        ),
    ),
    Group("skp", _("SKP disepakati"), ("plans.plan_agreed",)),
    Group(
        "penilaian",
        _("Kebijakan, periode, dan hasil evaluasi"),
        (
            "evaluation.policy_published",
            "evaluation.periods_opened",
            "evaluation.period_closed",
            "appraisals.window_opened",
            "appraisals.handed_over",
            "closing.finished",
        ),
    ),
    Group("tunjangan", _("Slip tunjangan disetujui untuk dibayar"), ("allowance.run_approved",)),
)
VERBS = {verb: group.code for group in GROUPS for verb in group.verbs}


def verbs_of(groups: list[str]) -> list[str]:
    """The verbs of some groups; groups that are no more are passed over."""
    return [verb for verb, code in VERBS.items() if code in groups]


def codes_of_units(entries: list[JournalEntry]) -> dict[int, str]:
    """The codes of the units that entries name. One query."""
    ids = {entry.unit_id for entry in entries if entry.unit_id}
    return dict(Unit.objects.filter(pk__in=ids).values_list("pk", "code"))


def message_of(entry: JournalEntry, agency_code: str, unit_code: str | None) -> dict[str, Any]:
    """The message about an entry of the journal, the same every time it is sent."""
    return {
        "type": entry.verb,
        "timestamp": entry.at.isoformat(),
        "data": {
            "position": entry.position,
            "agency": agency_code,
            "unit": unit_code,
            "object": entry.object_type or None,
            "id": entry.object_id,
        },
    }


def body_of(message: dict[str, Any]) -> bytes:
    """As it goes on the line and is signed."""
    return json.dumps(message, separators=(",", ":"), ensure_ascii=False).encode()
