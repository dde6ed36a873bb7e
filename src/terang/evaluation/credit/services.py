"""Recording what was brought along, and laying credit points down. Evaluations add by themselves (`account`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from terang.audit.services import record
from terang.evaluation.credit.access import require_decider, require_recorder
from terang.evaluation.credit.account import Account, Line
from terang.evaluation.credit.models import CreditDecision, CreditGrant, GrantKind
from terang.evaluation.credit.selectors import accounts_of, counts, digest_of
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer
from terang.rules.errors import RuleInputError
from terang.rules.regulations.credit import converts, education_bonus, level_code
from terang.rules.regulations.rounding import half_up
from terang.rules.regulations.source import rule_set
from terang.web.errors import NotNow, Stale

MOST_POINTS = Decimal(2000)
"""Beyond the largest accumulation of the old scale (1,050): a slip of the pen."""


@dataclass(frozen=True)
class Brought:
    """What a document says: `points` are missing for an education, which the rule counts; `day` is the last counted."""

    kind: str
    level: str
    points: Decimal | None
    day: date
    document: str


def record_grant(*, actor: Viewer | None, employee: Employee, told: Brought, form_key: UUID) -> CreditGrant:
    """Raises NotAllowed, NotNow where the status earns none, ValidationError by field."""
    viewer = require_recorder(actor, employee)
    if not converts(employee.status, viewer.today):
        raise NotNow(gettext("Angka kredit hanya untuk PNS pada jabatan fungsional."))
    points = _checked(told, viewer.today)
    with transaction.atomic():
        Employee.objects.select_for_update(of=("self",)).get(pk=employee.pk)
        if known := CreditGrant.objects.filter(form_key=form_key).first():
            return known
        _require_first(employee, told)
        made = CreditGrant.objects.create(
            employee=employee,
            kind=told.kind,
            level=level_code(told.level),
            points=points,
            day=told.day,
            document=told.document.strip(),
            recorded_by=viewer.employee,
            recorded_on=viewer.today,
            form_key=form_key,
        )
        changes = {"kind": made.kind, "level": made.level, "points": str(points), "until": told.day}
        _tell("grant_recorded", viewer, employee, made, changes)
    return made


def _checked(told: Brought, today: date) -> Decimal:
    """The points, counted for an education. Raises ValidationError by field."""
    wrong: dict[str, str] = {}
    if told.kind not in GrantKind.values:
        wrong["kind"] = gettext("Pilih jenisnya.")
    if not told.document.strip():
        wrong["document"] = gettext("Tulis nomor dan tanggal suratnya.")
    if told.day > today:
        wrong["day"] = gettext("Hari ini paling akhir; yang akan datang belum dihitung.")
    try:
        bonus = education_bonus(told.level)
    except RuleInputError as error:
        bonus = Decimal(0)
        wrong["level"] = str(error)
    points = bonus if told.kind == GrantKind.EDUCATION else told.points
    if points is None:
        wrong["points"] = gettext("Isi angka kreditnya; hanya peningkatan pendidikan yang dihitung sendiri.")
    elif not 0 < points <= MOST_POINTS and not wrong:
        wrong["points"] = gettext("Isi lebih dari 0 dan paling banyak 2.000.")
    if wrong:
        raise ValidationError(wrong)
    assert points is not None
    return points


def _require_first(employee: Employee, told: Brought) -> None:
    level = level_code(told.level)
    held = CreditGrant.objects.filter(employee=employee, kind=told.kind, level=level, withdrawn_on=None).first()
    if held:
        message = gettext("Sudah tercatat untuk jenjang ini (%(document)s). Batalkan yang lama bila keliru.")
        raise ValidationError({"kind": message % {"document": held.document}})


def withdraw_grant(*, actor: Viewer | None, grant: CreditGrant, reason: str) -> CreditGrant:
    """Takes back what was recorded wrongly; it stays readable. Twice is as good as once. Raises NotAllowed,
    ValidationError without a reason."""
    viewer = require_recorder(actor, grant.employee)
    _require_reason(reason)
    with transaction.atomic():
        Employee.objects.select_for_update(of=("self",)).get(pk=grant.employee_id)
        held = CreditGrant.objects.get(pk=grant.pk)
        if held.withdrawn_on:
            return held
        held.withdrawn_on, held.withdrawn_by, held.reason = viewer.today, viewer.employee, reason.strip()
        held.save(update_fields=["withdrawn_on", "withdrawn_by", "reason"])
        _tell("grant_withdrawn", viewer, grant.employee, held, {"kind": held.kind}, held.reason)
    return held


def lay_down(
    *, actor: Viewer | None, employee: Employee, until: date, letter: str, seen: str, form_key: UUID
) -> CreditDecision:
    """Freezes the account through the day before `until` as a decision (PAK). `seen` is the digest the page showed.

    Raises NotAllowed, NotNow where there is nothing new, Stale where the account says something else by now,
    ValidationError by field.
    """
    viewer = require_decider(actor, employee)
    if not letter.strip():
        raise ValidationError({"letter": gettext("Tulis nomor surat penetapan.")})
    with transaction.atomic():
        Employee.objects.select_for_update(of=("self",)).get(pk=employee.pk)
        if known := CreditDecision.objects.filter(form_key=form_key).first():
            return known
        account = accounts_of([employee], viewer.today).get(employee.pk)
        if account is None or not account.level or account.post is None:
            raise NotNow(gettext("Angka kredit ditetapkan untuk PNS pada jabatan fungsional yang jenjangnya tercatat."))
        if seen != digest_of(account):
            raise Stale(gettext("Angka kredit berubah sejak halaman ini dibuka. Muat ulang, baca lagi, lalu tetapkan."))
        lines = _require_new(account, until)
        post = account.post
        made = CreditDecision.objects.create(
            employee=employee,
            number=1 + max((each.number for each in account.decisions), default=0),
            letter=letter.strip(),
            level=account.level,
            rank=employee.rank,
            post_title=post.post.title,
            post_since=post.starts_on,
            unit=post.post.unit,
            until=until,
            lines=[line.frozen() for line in lines],
            total=half_up(sum((line.exact for line in lines), 0 * lines[0].exact), 2),
            before=account.latest.lines if account.latest and account.latest.level == account.level else [],
            rule_set=rule_set("credit", viewer.today).id,
            set_by=viewer.employee,
            set_on=viewer.today,
            form_key=form_key,
        )
        _tell("decided", viewer, employee, made, {"level": made.level, "total": str(made.total), "until": until})
    return made


def _require_new(account: Account, until: date) -> list[Line]:
    if until not in account.ends:
        raise ValidationError({"until": gettext("Pilih salah satu akhir bulan yang ditawarkan.")})
    lines = account.through(until)
    latest = account.latest
    if latest and latest.level == account.level and latest.lines == [line.frozen() for line in lines]:
        raise NotNow(gettext("Penetapan yang berlaku sudah berisi angka ini; tidak ada yang baru."))
    return lines


def withdraw_decision(*, actor: Viewer | None, decision: CreditDecision, reason: str) -> CreditDecision:
    """Takes the decision that counts back; the one before it counts again. Twice is as good as once. Raises NotAllowed,
    NotNow where a later one replaced it, ValidationError without a reason."""
    viewer = require_decider(actor, decision.employee)
    _require_reason(reason)
    with transaction.atomic():
        Employee.objects.select_for_update(of=("self",)).get(pk=decision.employee_id)
        held = CreditDecision.objects.get(pk=decision.pk)
        if held.withdrawn_on:
            return held
        if not counts(held):
            raise NotNow(gettext("Penetapan ini sudah digantikan. Cabut yang terbaru dahulu."))
        held.withdrawn_on, held.withdrawn_by, held.reason = viewer.today, viewer.employee, reason.strip()
        held.save(update_fields=["withdrawn_on", "withdrawn_by", "reason"])
        _tell("decision_withdrawn", viewer, decision.employee, held, {"number": held.number}, held.reason)
    return held


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise ValidationError({"reason": gettext("Tulis alasannya; pegawai membacanya.")})


def _tell(
    verb: str,
    viewer: Viewer,
    employee: Employee,
    row: CreditGrant | CreditDecision,
    changes: Mapping[str, object],
    reason: str = "",
) -> None:
    record(
        f"credit.{verb}",
        actor=viewer.user,
        obj=row,
        agency_id=employee.agency_id,
        subject_employee_id=employee.pk,
        changes=changes,
        reason=reason,
    )
