"""Announcing who is awarded, and the bonus that the allowance pays."""

from datetime import date, timedelta
from uuid import uuid5

from django.db import transaction
from django.utils.translation import gettext

from terang.audit.services import Event, record_many
from terang.follow_up.allowance.models import GivenFact, Run, RunState
from terang.follow_up.allowance.selectors import rule_for
from terang.follow_up.allowance.services import Given, give_facts
from terang.follow_up.awards.access import require_chair, require_payer
from terang.follow_up.awards.models import Award, Call, CallState
from terang.follow_up.awards.services.recording import held_call, tell, worded
from terang.follow_up.awards.states import require_state, require_version
from terang.registry.people.viewer import Viewer
from terang.rules.allowance import load_rule
from terang.web.errors import NotNow
from terang.web.numbers import longdate

BONUS = "bonus_idr"


def announce(*, actor: Viewer | None, call: Call, citation: str, version: int) -> Call:
    """The chair tells everybody who is awarded and why; each who won has an award with a certificate. Pressed twice it
    is done once. Raises NotAllowed, NotNow, Stale, ValidationError without a reason for everybody."""
    require_chair(actor, call)
    citation = worded(citation, gettext("Tulis alasannya; semua pegawai membacanya."), "citation")
    with transaction.atomic():
        held = held_call(call)
        viewer = require_chair(actor, held)
        if held.state == CallState.ANNOUNCED:
            return held
        require_state(held, CallState.DECIDED)
        require_version(held, version)
        assert held.winner is not None
        held.state, held.citation = CallState.ANNOUNCED, citation
        held.announced_by, held.announced_on = viewer.employee, viewer.today
        held.version += 1
        held.save()
        rows = [
            Award(
                call=held,
                employee=each,
                number=f"{viewer.today:%Y}/{held.pk}/{number}",
                awarded_on=viewer.today,
            )
            for number, each in enumerate(held.winner.people.order_by("nominee_rows__pk"), start=1)
        ]
        Award.objects.bulk_create(rows)
        told = [Event("awards.awarded", row, row.employee_id) for row in Award.objects.filter(call=held)]
        tell("announced", held, viewer, changes={"people_number": len(rows)})
        record_many(told, actor=viewer.user, agency_id=viewer.agency_id)
    return held


def pays_bonus(agency_id: int, month: date) -> bool:
    """Whether the allowance rule of a month reads a bonus. One query."""
    version = rule_for(agency_id, month.replace(day=1))
    return version is not None and any(spec.code == BONUS for spec in load_rule(version.text).facts())


def give_bonus(*, actor: Viewer | None, call: Call, month: date, version: int) -> Call:
    """A second person gives the allowance the bonus of everybody awarded, for one month. Pressed twice it is done once.

    Raises NotAllowed, NotNow where no rule reads it, the month was approved already, or somebody has another bonus in
    it; Stale.
    """
    require_payer(actor, call)
    month = month.replace(day=1)
    with transaction.atomic():
        held = held_call(call)
        viewer = require_payer(actor, held)
        require_state(held, CallState.ANNOUNCED)
        rows = [each for each in held.awards.select_related("employee", "bonus") if not has_bonus(each)]
        if not rows:
            return held
        require_version(held, version)
        _require_payable(held, month, rows)
        for each in rows:
            each.bonus = _given(viewer, held, each, month)
            each.save(update_fields=["bonus"])
        held.version += 1
        held.save()
        told = [Event("awards.bonus_given", row, row.employee_id, changes={"month": month.isoformat()}) for row in rows]
        record_many(told, actor=viewer.user, agency_id=viewer.agency_id)
    return held


def has_bonus(award: Award) -> bool:
    """Whether a bonus was given and not withdrawn since. Reads `bonus` as read along."""
    return award.bonus is not None and award.bonus.withdrawn_at is None


def earliest_month(call: Call) -> date:
    """The month before the announcement, whose slips are computed after it."""
    assert call.announced_on is not None
    return (call.announced_on.replace(day=1) - timedelta(days=1)).replace(day=1)


def _require_payable(call: Call, month: date, rows: list[Award]) -> None:
    if call.bonus_idr is None:
        raise NotNow(gettext("Penghargaan ini tidak membayar bonus."))
    if not pays_bonus(call.agency_id, month):
        raise NotNow(gettext("Aturan tunjangan bulan itu tidak membaca bonus penghargaan."))
    if month < earliest_month(call):
        raise NotNow(gettext("Bonus dibayar paling awal untuk bulan sebelum diumumkan."))
    if Run.objects.filter(agency_id=call.agency_id, month=month, state=RunState.APPROVED).exists():
        raise NotNow(gettext("Tunjangan bulan itu sudah disetujui untuk dibayar. Pilih bulan berikutnya."))
    people = {each.employee_id: each.employee.name for each in rows}
    facts = GivenFact.objects.filter(employee__in=people, code=BONUS, starts_on=month, withdrawn_at=None)
    if taken := sorted({people[pk] for pk in facts.values_list("employee_id", flat=True)}):
        told = gettext("Bulan itu sudah ada bonus lain untuk %(names)s. Pilih bulan lain, supaya keduanya dibayar.")
        raise NotNow(told % {"names": ", ".join(taken)})


def _given(viewer: Viewer, call: Call, award: Award, month: date) -> GivenFact:
    told = gettext("%(title)s, piagam %(number)s, %(day)s")
    words = {"title": call.title[:80], "number": award.number, "day": longdate(award.awarded_on)}
    row = Given(award.employee, BONUS, str(call.bonus_idr), month, told % words)
    key = uuid5(call.form_key, f"bonus:{award.pk}:{award.bonus_id or 0}")
    return give_facts(actor=viewer, agency_id=call.agency_id, rows=[row], form_key=key)[0]
