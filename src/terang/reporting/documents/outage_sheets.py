"""Forms to be filled in by hand on days without electricity or network, as plain JSON for Typst: who works where, what
their plan asks, which services the counter opens. In Indonesian whatever the language of the reader."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.utils.translation import override

from terang.evidence.attendance.models import TAKEN, Leave
from terang.evidence.citizens.models import Service
from terang.planning.plans.models import PlanVersion, VersionState
from terang.registry.organization.models import Unit
from terang.registry.people.models import Assignment
from terang.registry.people.selectors import assignments_below
from terang.reporting.documents.facts import place_of
from terang.reporting.documents.sheets import Proof, Sheet
from terang.rules.plans import from_json
from terang.web.numbers import longdate, whole

PARTS = ("presensi", "kegiatan", "layanan", "pengaduan")
LINES = 12
"""Lines of a page of daily work, and of the register of a service."""
TICKETS = 20
MOST_PEOPLE = 200


def outage_sheets(unit: Unit, day: date, parts: Collection[str]) -> list[Sheet]:
    """The parts that were chosen, in the order of `PARTS`, for the unit and everything below it. Four queries at most.

    `MOST_PEOPLE` people at most are printed: whoever leads more asks for each unit.
    """
    with override("id"):
        people = _people(unit, day)
        made: list[Sheet] = [_cover(unit, day, parts, len(people))]
        if "presensi" in parts:
            made.append(_presence(unit, day, people))
        if "kegiatan" in parts:
            made += _work(unit, day, people)
        if "layanan" in parts:
            made += _services(unit, day)
        if "pengaduan" in parts:
            made.append(_base(unit, day, "complaint", "Lembar pengaduan") | {"lines": 9})
        return made


def _base(unit: Unit, day: date, page: str, name: str) -> dict[str, Any]:
    return {
        "kind": "outage",
        "page": page,
        "name": f"{name} · {unit.name}",
        "agency": unit.agency.name,
        "unit": unit.name,
        "day": longdate(day),
        "place": place_of(unit.agency),
        "mark": "",
        "proof": vars(Proof()),
    }


def _people(unit: Unit, day: date) -> list[Assignment]:
    """Everybody once, by unit and name."""
    rows = assignments_below([unit.path], day).select_related("employee", "post__unit")
    once: dict[int, Assignment] = {}
    for row in rows.order_by("post__unit__path", "-post__is_head", "employee__name", "pk"):
        once.setdefault(row.employee_id, row)
    return list(once.values())[:MOST_PEOPLE]


def _cover(unit: Unit, day: date, parts: Collection[str], people: int) -> Sheet:
    return _base(unit, day, "cover", "Lembar darurat") | {"parts": list(parts), "people": whole(people)}


def _presence(unit: Unit, day: date, people: list[Assignment]) -> Sheet:
    ids = [row.employee_id for row in people]
    away = set(
        Leave.objects.filter(employee_id__in=ids, state__in=TAKEN, starts_on__lte=day, ends_on__gt=day).values_list(
            "employee_id", flat=True
        )
    )
    rows = [
        [row.employee.name, row.employee.nip, row.post.unit.name, "cuti/izin" if row.employee_id in away else ""]
        for row in people
    ]
    return _base(unit, day, "presence", "Daftar hadir") | {"rows": rows}


def _work(unit: Unit, day: date, people: list[Assignment]) -> list[Sheet]:
    agreed = PlanVersion.objects.filter(
        state=VersionState.AGREED,
        plan__employee_id__in=[row.employee_id for row in people],
        plan__period_start__lte=day,
        plan__period_end__gt=day,
    )
    results: dict[int, list[str]] = {}
    for version in agreed.select_related("plan").order_by("number"):
        results[version.plan.employee_id] = [each.text for each in from_json(version.document).results]
    return [
        _base(unit, day, "work", "Catatan kegiatan")
        | {
            "person": row.employee.name,
            "nip": row.employee.nip,
            "post": row.post.title,
            "results": results.get(row.employee_id, []),
            "lines": LINES,
        }
        for row in people
    ]


def _services(unit: Unit, day: date) -> list[Sheet]:
    rows = Service.objects.filter(unit__path__startswith=unit.path, active=True).select_related("unit")
    return [
        _base(unit, day, "service", "Buku permohonan")
        | {"service": each.name, "at": each.unit.name, "limit": each.standard_words, "lines": TICKETS}
        for each in rows.order_by("unit__path", "name")
    ]
