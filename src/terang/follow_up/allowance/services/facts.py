"""Facts that no room of evidence holds: given with their basis, withdrawn with a reason."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from terang.audit.services import record
from terang.follow_up.allowance.access import require_about, require_keeper
from terang.follow_up.allowance.gathering import givable
from terang.follow_up.allowance.models import GivenFact
from terang.follow_up.allowance.selectors import rule_for, rule_now
from terang.follow_up.allowance.services.shared import BATCH
from terang.follow_up.allowance.values import FactError, read_fact
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer
from terang.rules.allowance import AllowanceRule, FactSpec, load_rule
from terang.web.sentences import said


@dataclass(frozen=True)
class Given:
    """A fact to be given: whose, which, what, from when, on what basis. One of a single month: any day of it."""

    employee: Employee
    code: str
    value: str
    starts_on: date
    document: str
    ends_on: date | None = None


@transaction.atomic
def give_facts(
    *, actor: Viewer | None, agency_id: int, rows: Iterable[Given], form_key: UUID | None = None
) -> list[GivenFact]:
    """Keeps facts that a rule declares and no room of evidence holds. The same form again changes nothing.

    `actor` missing: the program itself. Raises NotAllowed, also about oneself, and ValidationError by field where a
    value cannot be.
    """
    viewer = require_keeper(actor, agency_id) if actor is not None else None
    told, rules = list(rows), _Rules(agency_id)
    for row in told:
        if viewer:
            require_about(viewer, row.employee.pk)
    if form_key is not None and (known := list(GivenFact.objects.filter(form_key=form_key))):
        return known
    now = timezone.now()
    made = [_fact(row, rules, agency_id) for row in told]
    for each in made:
        each.given_by, each.given_at, each.form_key = viewer.employee if viewer else None, now, form_key
    GivenFact.objects.bulk_create(made, batch_size=BATCH)
    whose = {row.employee.pk for row in told}
    record(
        "allowance.facts_given",
        actor=viewer and viewer.user,
        agency_id=agency_id,
        obj=made[0] if len(made) == 1 else None,
        subject_employee_id=whose.pop() if len(whose) == 1 else None,
        changes={"count": len(made), "facts": sorted({row.code for row in told})},
    )
    return made


class _Rules:
    """The facts that may be given, by month: those of the rule of that month, and those of the rule in force now."""

    def __init__(self, agency_id: int) -> None:
        self.agency_id = agency_id
        self.kept: dict[date, tuple[dict[str, FactSpec], frozenset[str]]] = {}

    def of(self, month: date) -> tuple[dict[str, FactSpec], frozenset[str]]:
        if month not in self.kept:
            versions = [rule_for(self.agency_id, month), rule_now(self.agency_id)]
            rules = [load_rule(each.text) for each in versions if each is not None]
            specs = {spec.code: spec for rule in reversed(rules) for spec in givable(rule)}
            self.kept[month] = specs, frozenset(code for rule in rules for code in sanction_codes(rule))
        return self.kept[month]


def sanction_codes(rule: AllowanceRule) -> list[str]:
    """The sanctions that a rule knows."""
    return [each.code for step in rule.steps for each in step.sanctions]


def _fact(row: Given, rules: _Rules, agency_id: int) -> GivenFact:
    month = row.starts_on.replace(day=1)
    specs, sanctions = rules.of(month)
    spec, value = specs.get(row.code), row.value.strip()
    if row.employee.agency_id != agency_id or spec is None:
        raise ValidationError({"code": gettext("Aturan yang berlaku tidak membaca fakta ini. Pilih dari daftar.")})
    starts_on, ends_on = (row.starts_on, row.ends_on) if spec.recurring else (month, _after(month))
    if not spec.recurring and row.ends_on not in (None, ends_on):
        raise ValidationError({"ends_on": gettext("Fakta ini berlaku untuk satu bulan. Catat tiap bulan tersendiri.")})
    if ends_on is not None and ends_on <= starts_on:
        raise ValidationError({"ends_on": gettext("Harus sesudah hari mulai.")})
    if not row.document.strip():
        raise ValidationError({"document": gettext("Tulis dasarnya: nomor keputusan atau surat.")})
    if row.code == "sanction" and value not in sanctions:
        known = ", ".join(sorted(sanctions))
        raise ValidationError({"value": gettext("Pilih salah satu: %(words)s.") % {"words": known}})
    try:
        read_fact(value, spec)
    except FactError as error:
        raise ValidationError({"value": said(error.sentence)}) from error
    return GivenFact(
        employee=row.employee,
        code=row.code,
        value=value,
        starts_on=starts_on,
        ends_on=ends_on,
        document=row.document.strip(),
    )


def _after(first: date) -> date:
    return (first + timedelta(days=32)).replace(day=1)


@transaction.atomic
def withdraw_fact(*, actor: Viewer | None, fact: GivenFact, reason: str) -> GivenFact:
    """A fact that was wrong no longer counts in what is computed from now on; it stays readable with the reason.

    Twice is as good as once. Raises NotAllowed, also about oneself, and ValidationError without a reason.
    """
    held = GivenFact.objects.select_for_update(of=("self",)).select_related("employee").get(pk=fact.pk)
    viewer = require_keeper(actor, held.employee.agency_id)
    require_about(viewer, held.employee_id)
    if held.withdrawn_at is not None:
        return held
    if not reason.strip():
        raise ValidationError({"reason": gettext("Tulis mengapa dicabut.")})
    held.withdrawn_by, held.withdrawn_at, held.withdrawn_because = viewer.employee, timezone.now(), reason.strip()
    held.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawn_because"])
    record(
        "allowance.fact_withdrawn",
        actor=viewer.user,
        obj=held,
        agency_id=held.employee.agency_id,
        subject_employee_id=held.employee_id,
        changes={"fact": held.code},
        reason=held.withdrawn_because,
    )
    return held
