"""Nominating, and what the personnel agency says of a nomination."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from terang.audit.services import Event, record_many
from terang.evidence.work.models import Entry, EntryState
from terang.follow_up.awards.access import require_checker, require_nominator, require_proposer
from terang.follow_up.awards.gathering import services_of
from terang.follow_up.awards.models import Call, Category, Evidence, Nomination, NominationState, Nominee
from terang.follow_up.awards.services.recording import held_call, held_nomination, tell, worded
from terang.follow_up.awards.states import require_nominating, require_proposed, require_version
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer
from terang.rules.awards import all_met, eligibility
from terang.web.errors import NotNow

S = NominationState
MOST_PEOPLE = 20
MOST_EVIDENCE = 10


@dataclass(frozen=True)
class Proposal:
    """Who is nominated for what they did, with entries of theirs that count and documents as proof."""

    people: Sequence[Employee]
    reason: str
    entries: Sequence[Entry] = ()
    documents: Sequence[str] = ()
    team: str = ""


def nominate(*, actor: Viewer | None, call: Call, proposal: Proposal, form_key: UUID) -> Nomination:
    """One person or a team, with evidence; whether the conditions are met is checked by a second person. The same form
    sent twice nominates once. Raises NotAllowed, NotNow, ValidationError by field."""
    viewer = require_nominator(actor, call, proposal.people)
    _require_sense(call, proposal, viewer.today)
    with transaction.atomic():
        held = held_call(call)
        if known := Nomination.objects.filter(form_key=form_key, call=held).first():
            return known
        require_nominating(held, viewer.today)
        twice = held.nominations.filter(state__in=(S.PROPOSED, S.ADMITTED), people__in=proposal.people)
        if twice.exists():
            raise NotNow(gettext("Sudah ada yang mengusulkannya untuk penghargaan ini."))
        row = Nomination.objects.create(
            call=held,
            team=proposal.team.strip(),
            reason=proposal.reason.strip(),
            nominated_by=viewer.employee,
            nominated_on=viewer.today,
            form_key=form_key,
        )
        Nominee.objects.bulk_create(Nominee(nomination=row, employee=each) for each in proposal.people)
        Evidence.objects.bulk_create(_evidence(row, proposal))
        told = [Event("awards.nominated", row, each.pk) for each in proposal.people]
        record_many(told, actor=viewer.user, agency_id=viewer.agency_id)
    return row


def _evidence(row: Nomination, proposal: Proposal) -> list[Evidence]:
    documents = [each.strip() for each in proposal.documents if each.strip()]
    return [
        *(Evidence(nomination=row, entry=each) for each in proposal.entries),
        *(Evidence(nomination=row, document=each) for each in documents),
    ]


def _require_sense(call: Call, proposal: Proposal, today: date) -> None:
    wrong: dict[str, str] = {}
    people = {each.pk for each in proposal.people}
    if not people or len(people) > MOST_PEOPLE:
        wrong["people"] = gettext("Tulis satu sampai 20 orang.")
    elif any(each.agency_id != call.agency_id or _has_left(each, today) for each in proposal.people):
        wrong["people"] = gettext("Hanya pegawai yang masih bekerja di pemerintah daerah ini.")
    elif call.category != Category.TEAM and len(people) > 1:
        wrong["people"] = gettext("Penghargaan ini untuk satu orang.")
    if call.category == Category.TEAM and not proposal.team.strip():
        wrong["team"] = gettext("Tulis nama timnya.")
    if not proposal.reason.strip():
        wrong["reason"] = gettext("Tulis apa yang dicapai dan apa bedanya bagi masyarakat.")
    evidence = len(proposal.entries) + sum(bool(each.strip()) for each in proposal.documents)
    if not 1 <= evidence <= MOST_EVIDENCE:
        wrong["documents"] = gettext("Sertakan satu sampai 10 bukti: kegiatan yang sudah diterima, atau dokumen.")
    if any(each.employee_id not in people or each.state != EntryState.ACCEPTED for each in proposal.entries):
        wrong["entries"] = gettext("Hanya kegiatan mereka yang sudah diterima.")
    if wrong:
        raise ValidationError(wrong)


def _has_left(employee: Employee, today: date) -> bool:
    return employee.left_on is not None and employee.left_on <= today


def withdraw_nomination(*, actor: Viewer | None, row: Nomination, version: int) -> Nomination:
    """Who nominated takes it back while nobody has checked it. Twice is as good as once. Raises NotAllowed, NotNow,
    Stale."""
    viewer = require_proposer(actor, row)
    with transaction.atomic():
        held = held_nomination(row)
        if held.state == S.WITHDRAWN:
            return held
        require_proposed(held)
        require_version(held, version)
        held.state = S.WITHDRAWN
        held.version += 1
        held.save()
        tell("nomination_withdrawn", held, viewer)
    return held


def admit(*, actor: Viewer | None, row: Nomination, version: int) -> Nomination:
    """The second key: every condition of everybody is met today; what they said is frozen. Pressed twice it is done
    once. Raises NotAllowed, NotNow where a condition is not met or not known, Stale."""
    viewer = require_checker(actor, row)
    with transaction.atomic():
        held = held_nomination(row)
        if held.state == S.ADMITTED:
            return held
        require_proposed(held)
        require_version(held, version)
        held.checked = _checked(held, viewer.today)
        held.state, held.checked_by, held.checked_on = S.ADMITTED, viewer.employee, viewer.today
        held.version += 1
        held.save()
        tell("nomination_admitted", held, viewer)
    return held


def _checked(row: Nomination, today: date) -> list[dict[str, object]]:
    """The conditions of everybody as JSON. Raises NotNow naming who does not meet them."""
    found, missing = [], []
    for service in services_of(list(row.people.all()), today):
        conditions = eligibility(service.facts, row.call.terms, today)
        if not all_met(conditions):
            missing.append(service.employee.name)
        rows = [asdict(each) | {"by": each.by.isoformat() if each.by else None} for each in conditions]
        found.append({"employee": service.employee.pk, "conditions": rows})
    if missing:
        told = gettext("Syarat belum terpenuhi atau belum diketahui: %(names)s. Lihat syaratnya di halaman usulan.")
        raise NotNow(told % {"names": ", ".join(missing)})
    return found


def leave_out(*, actor: Viewer | None, row: Nomination, reason: str, version: int) -> Nomination:
    """It goes no further, and who nominated reads why. Raises NotAllowed, NotNow, Stale, ValidationError."""
    viewer = require_checker(actor, row)
    reason = worded(reason, gettext("Tulis syarat mana yang tidak terpenuhi; pengusul membacanya."))
    with transaction.atomic():
        held = held_nomination(row)
        if held.state == S.LEFT_OUT and held.checked_by_id == viewer.employee.pk:
            return held
        require_proposed(held)
        require_version(held, version)
        held.state, held.word = S.LEFT_OUT, reason
        held.checked_by, held.checked_on = viewer.employee, viewer.today
        held.version += 1
        held.save()
        tell("nomination_left_out", held, viewer, reason=reason)
    return held
