"""Opening a call, naming its committee, starting the vote, cancelling."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from terang.evaluation.appraisals.models import Predicate
from terang.follow_up.awards.access import require_keeper
from terang.follow_up.awards.conflicts import conflicts_of
from terang.follow_up.awards.gathering import YEARS
from terang.follow_up.awards.models import Call, CallState, Category, Conflict, Member, NominationState, Vote
from terang.follow_up.awards.services.recording import held_call, tell, worded
from terang.follow_up.awards.states import UNFINISHED, require_state, require_version
from terang.registry.organization.models import Agency
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer
from terang.rules.awards import Terms
from terang.rules.regulations.source import rule_set
from terang.web.errors import NotNow

MOST_MEMBERS = 15
MOST_YEARS = 40
MOST_BONUS_IDR = 1_000_000_000


@dataclass(frozen=True)
class Plan:
    """What a call says. Days are inclusive but `period_end`; `bonus_idr` is missing where none is paid."""

    title: str
    category: str
    criteria: str
    period_start: date
    period_end: date
    nominate_until: date
    vote_until: date
    terms: Terms
    document: str
    chair: Employee
    others: Sequence[Employee]
    bonus_idr: int | None = None


def open_call(*, actor: Viewer | None, agency: Agency, plan: Plan, form_key: UUID) -> Call:
    """A call with its named committee. The same form sent twice opens one. Raises NotAllowed, ValidationError."""
    viewer = require_keeper(actor, agency.pk)
    _require_sense(plan, viewer.today)
    _require_committee(agency.pk, plan.chair, plan.others, viewer.today)
    with transaction.atomic():
        if known := Call.objects.filter(form_key=form_key, agency=agency).first():
            return known
        call = Call.objects.create(
            agency=agency,
            title=plan.title.strip(),
            category=plan.category,
            criteria=plan.criteria.strip(),
            period_start=plan.period_start,
            period_end=plan.period_end,
            nominate_until=plan.nominate_until,
            vote_until=plan.vote_until,
            tenure_years=plan.terms.tenure_years,
            least_predicate=plan.terms.least_predicate,
            predicate_years=plan.terms.predicate_years,
            clean_years=plan.terms.clean_years,
            bonus_idr=plan.bonus_idr,
            document=plan.document.strip(),
            opened_by=viewer.employee,
            opened_on=viewer.today,
            form_key=form_key,
        )
        _seat(call, plan.chair, plan.others)
        tell("call_opened", call, viewer, changes={"category": plan.category, "bonus_idr": plan.bonus_idr})
    return call


def _require_sense(plan: Plan, today: date) -> None:
    wrong: dict[str, str] = {}
    terms = plan.terms
    for name in ("title", "criteria", "document"):
        if not getattr(plan, name).strip():
            wrong[name] = gettext("Wajib diisi; semua pegawai membacanya.")
    if plan.category not in Category.values:
        wrong["category"] = gettext("Pilih kategorinya.")
    if plan.period_end <= plan.period_start:
        wrong["period_end"] = gettext("Harus sesudah hari mulai.")
    if plan.nominate_until < today:
        wrong["nominate_until"] = gettext("Tidak boleh di masa lalu.")
    if plan.vote_until < plan.nominate_until:
        wrong["vote_until"] = gettext("Suara diberikan sesudah usulan ditutup.")
    if terms.least_predicate and terms.least_predicate not in Predicate.values:
        wrong["least_predicate"] = gettext("Pilih predikatnya.")
    if bool(terms.least_predicate) != bool(terms.predicate_years) or terms.predicate_years > YEARS:
        wrong["predicate_years"] = gettext("Isi predikat dan berapa tahun terakhir, atau kosongkan keduanya.")
    if max(terms.tenure_years, terms.clean_years) > MOST_YEARS:
        wrong["tenure_years"] = gettext("Paling banyak 40 tahun.")
    if plan.bonus_idr is not None and not 0 < plan.bonus_idr <= MOST_BONUS_IDR:
        wrong["bonus_idr"] = gettext("Tulis rupiah untuk tiap orang, atau kosongkan bila tidak ada bonus.")
    if wrong:
        raise ValidationError(wrong)


def _require_committee(agency_id: int, chair: Employee, others: Sequence[Employee], today: date) -> None:
    people = {each.pk: each for each in (chair, *others)}
    least = rule_set("awards", today).values["least_members"]
    if not least <= len(people) <= MOST_MEMBERS:
        told = gettext("Panitia paling sedikit %(least)s orang termasuk ketua, paling banyak %(most)s.")
        raise ValidationError({"others": told % {"least": least, "most": MOST_MEMBERS}})
    for each in people.values():
        if each.agency_id != agency_id or (each.left_on is not None and each.left_on <= today):
            told = gettext("%(name)s tidak (lagi) bekerja di pemerintah daerah ini.")
            raise ValidationError({"others": told % {"name": each.name}})


def _seat(call: Call, chair: Employee, others: Sequence[Employee]) -> None:
    """The committee as named; who stays keeps what they declared and their vote."""
    wanted = {each.pk for each in (chair, *others)}
    call.members.exclude(employee__in=wanted).delete()
    call.members.update(chairs=False)
    there = set(call.members.values_list("employee_id", flat=True))
    Member.objects.bulk_create(Member(call=call, employee_id=pk) for pk in sorted(wanted - there))
    call.members.filter(employee=chair).update(chairs=True)


def name_committee(
    *, actor: Viewer | None, call: Call, chair: Employee, others: Sequence[Employee], version: int
) -> Call:
    """Another committee; once votes are cast only so that nobody who has voted leaves it. Raises NotAllowed, NotNow,
    Stale, ValidationError."""
    viewer = require_keeper(actor, call.agency_id)
    _require_committee(call.agency_id, chair, others, viewer.today)
    with transaction.atomic():
        held = held_call(call)
        require_state(held, *UNFINISHED)
        require_version(held, version)
        gone = Vote.objects.filter(member__call=held).exclude(member__employee__in=[chair, *others])
        if gone.exists():
            raise NotNow(gettext("Yang sudah memberi suara tetap dalam panitia."))
        _seat(held, chair, others)
        if held.state != CallState.OPEN:
            _mark_conflicts(held, viewer.today)
            _require_chair_free(held)
        held.version += 1
        held.save()
        tell("committee_named", held, viewer, changes={"people": sorted(each.pk for each in (chair, *others))})
    return held


def start_voting(*, actor: Viewer | None, call: Call, version: int) -> Call:
    """The committee may vote. Who is too close to somebody nominated is marked and does not.

    Raises NotAllowed, NotNow while a nomination is unchecked, none was admitted, the chair has a conflict or too few
    are left to vote; Stale.
    """
    viewer = require_keeper(actor, call.agency_id)
    with transaction.atomic():
        held = held_call(call)
        if held.state == CallState.VOTING:
            return held
        require_state(held, CallState.OPEN)
        require_version(held, version)
        states = set(held.nominations.values_list("state", flat=True))
        if NominationState.PROPOSED in states:
            raise NotNow(gettext("Masih ada usulan yang belum diperiksa."))
        if NominationState.ADMITTED not in states:
            raise NotNow(gettext("Belum ada usulan yang memenuhi syarat."))
        _mark_conflicts(held, viewer.today)
        _require_chair_free(held)
        held.state = CallState.VOTING
        held.version += 1
        held.save()
        tell("voting_started", held, viewer)
    return held


def _mark_conflicts(call: Call, today: date) -> None:
    """What dated facts say of each member; what somebody declared stays."""
    members = list(call.members.exclude(conflict=Conflict.DECLARED).filter(vote=None))
    found = conflicts_of(call, members, today)
    for each in members:
        each.conflict = found.get(each.employee_id, "")
    Member.objects.bulk_update(members, ["conflict"])


def _require_chair_free(call: Call) -> None:
    members = list(Member.objects.filter(call=call).select_related("employee"))
    for each in members:
        if each.chairs and each.conflict:
            told = gettext("%(name)s punya benturan kepentingan (%(why)s). Tunjuk ketua lain.")
            raise NotNow(told % {"name": each.employee.name, "why": each.get_conflict_display()})
    least = rule_set("awards").values["least_votes"]
    if sum(not each.conflict for each in members) < least:
        told = gettext("Paling sedikit %(n)s anggota tanpa benturan kepentingan. Tunjuk penggantinya.")
        raise NotNow(told % {"n": least})


def cancel_call(*, actor: Viewer | None, call: Call, reason: str, version: int) -> Call:
    """No award is given, and everybody reads why. Sent twice it is done once. Raises NotAllowed, NotNow once it was
    announced, Stale, ValidationError."""
    viewer = require_keeper(actor, call.agency_id)
    reason = worded(reason, gettext("Tulis sebabnya; semua pegawai membacanya."))
    with transaction.atomic():
        held = held_call(call)
        if held.state == CallState.CANCELLED:
            return held
        require_state(held, *UNFINISHED)
        require_version(held, version)
        held.state, held.word, held.winner = CallState.CANCELLED, reason, None
        held.version += 1
        held.save()
        tell("call_cancelled", held, viewer, reason=reason)
    return held
