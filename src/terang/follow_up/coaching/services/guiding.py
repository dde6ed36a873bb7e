"""A guidance from its opening to its end, and what each says of it afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from terang.follow_up.coaching.access import require_employee, require_guide, require_one_of_two, require_opener
from terang.follow_up.coaching.models import (
    CompetenceReview,
    Guidance,
    GuidanceFeedback,
    GuidanceKind,
    GuidanceSession,
    GuidanceState,
    SessionState,
)
from terang.follow_up.coaching.services.recording import held_guidance, other_of, save, tell, worded
from terang.follow_up.coaching.states import require_running, require_state, require_version
from terang.follow_up.coaching.telling import parts_of
from terang.follow_up.growth.models import DueAction, Kind
from terang.follow_up.growth.services import settle_by_case
from terang.registry.people.models import Employee
from terang.registry.people.selectors import appraiser_of
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotAllowed, NotNow

S = GuidanceState
LONGEST_PART = 1_000


@dataclass(frozen=True)
class Wish:
    """What is asked for. `due` is the record that caused it, missing where nothing did."""

    kind: str
    guide: Employee
    goal: str
    due: DueAction | None = None


def open_guidance(*, actor: Viewer | None, employee: Employee, wish: Wish, form_key: UUID) -> Guidance:
    """The appraiser opens it, with themselves or somebody given this task as guide; or the employee asks for it.
    Whoever of the two opens turns their own key; the other answers. The same form sent twice makes one.

    Raises NotAllowed, NotNow where the cause has a guidance already, ValidationError by field.
    """
    viewer = require_opener(actor, employee)
    if viewer.employee.pk == employee.pk:
        _require_appraiser(employee, wish.guide, viewer)
    goal = _checked(employee, wish)
    with transaction.atomic():
        Employee.objects.select_for_update(of=("self",)).get(pk=employee.pk)
        if known := Guidance.objects.filter(form_key=form_key, employee=employee).first():
            return known
        if wish.due and wish.due.guidances.exclude(state=S.DECLINED).exists():
            raise NotNow(gettext("Untuk tindak lanjut ini sudah ada bimbingan."))
        row = Guidance(
            kind=wish.kind,
            employee=employee,
            guide=wish.guide,
            due=wish.due,
            goal=goal,
            opened_by=viewer.employee,
            opened_on=viewer.today,
            form_key=form_key,
        )
        _turn(row, viewer)
        row.save()
        for person in row.people:
            if person.pk != viewer.employee.pk:
                tell("opened", row, viewer, person)
    return row


def _require_appraiser(employee: Employee, guide: Employee, viewer: Viewer) -> None:
    """Who asks, asks their appraiser; only the appraiser gives the task to somebody else (Lampiran III.D.4.b)."""
    found = appraiser_of(employee.pk, viewer.today)
    if found is None or guide.pk != found.employee_id:
        raise NotAllowed(gettext("Mintalah kepada pejabat penilai Anda; ia dapat menugaskan orang lain."))


def _checked(employee: Employee, wish: Wish) -> str:
    if wish.kind not in GuidanceKind.values:
        raise ValidationError({"kind": gettext("Pilih jenis bimbingannya.")})
    if wish.guide.pk == employee.pk or wish.guide.agency_id != employee.agency_id:
        raise ValidationError({"guide": gettext("Pilih pembimbing lain dari pemerintah daerah ini.")})
    if wish.due and wish.due.employee_id != employee.pk:
        raise NotAllowed(gettext("Tindak lanjut itu bukan tentang pegawai ini."))
    return worded("goal", wish.goal, gettext("Tulis apa yang ingin dicapai."))


def _turn(row: Guidance, viewer: Viewer) -> None:
    """The viewer's own key; with both it runs."""
    if viewer.employee.pk == row.employee_id:
        row.employee_at = row.employee_at or timezone.now()
    elif viewer.employee.pk == row.guide_id:
        row.guide_at = row.guide_at or timezone.now()
    if row.employee_at and row.guide_at:
        row.state = S.RUNNING


def accept(*, actor: Viewer | None, guidance: Guidance, version: int) -> Guidance:
    """A key of one of both. With the second it runs, and the record that caused it counts as acted on. Sent twice it
    is done once. Raises NotAllowed, NotNow, Stale."""
    viewer = require_one_of_two(actor, guidance)
    with transaction.atomic():
        current = held_guidance(guidance)
        if _has_turned(current, viewer) and current.is_open:
            return current
        require_version(current, version)
        require_state(current, S.PROPOSED)
        _turn(current, viewer)
        save(current, "state", "employee_at", "guide_at")
        if current.state == S.RUNNING:
            _settle_cause(current)
        tell("accepted", current, viewer, other_of(current, viewer))
    return current


def _has_turned(row: Guidance, viewer: Viewer) -> bool:
    return bool(row.employee_at if viewer.employee.pk == row.employee_id else row.guide_at)


def _settle_cause(row: Guidance) -> None:
    """What was due as coaching or a talk is done with it."""
    if row.due and row.due.kind in (Kind.COACHING, Kind.TALK):
        told = gettext("%(kind)s dibuka bersama %(name)s.")
        settle_by_case(row.due, told % {"kind": row.get_kind_display(), "name": row.guide.name})


def decline(*, actor: Viewer | None, guidance: Guidance, reason: str, version: int) -> Guidance:
    """The other does not agree, with a reason. Raises NotAllowed, NotNow, Stale, ValidationError."""
    viewer = require_one_of_two(actor, guidance)
    with transaction.atomic():
        current = held_guidance(guidance, version)
        require_state(current, S.PROPOSED)
        if _has_turned(current, viewer):
            raise NotNow(gettext("Anda sudah setuju; jawaban yang lain ditunggu."))
        current.state, current.reason, current.ended_on = S.DECLINED, worded("reason", reason), viewer.today
        save(current, "state", "reason", "ended_on")
        tell("declined", current, viewer, other_of(current, viewer))
    return current


def tell_part(*, actor: Viewer | None, guidance: Guidance, told: Mapping[str, str], version: int) -> Guidance:
    """The employee fills in their own part of the form. Raises NotAllowed, NotNow once it ended, Stale."""
    viewer = require_employee(actor, guidance)
    with transaction.atomic():
        current = held_guidance(guidance, version)
        require_state(current, S.PROPOSED, S.RUNNING)
        codes = [code for code, _label in parts_of(current.kind)]
        current.told = {code: told.get(code, "").strip()[:LONGEST_PART] for code in codes}
        save(current, "told")
        tell("told", current, viewer, current.guide)
    return current


def conclude(*, actor: Viewer | None, guidance: Guidance, outcome: str, version: int) -> Guidance:
    """The guide says what came of it, once a session was done. Raises NotAllowed, NotNow, Stale, ValidationError."""
    viewer = require_guide(actor, guidance)
    with transaction.atomic():
        current = held_guidance(guidance, version)
        require_running(current)
        if not current.sessions.filter(state=SessionState.DONE).exists():
            raise NotNow(gettext("Disimpulkan sesudah sekurang-kurangnya satu sesi dinyatakan selesai oleh keduanya."))
        current.outcome = worded("outcome", outcome, gettext("Tulis apa hasilnya."))
        current.state, current.concluded_at, current.reason = S.CONCLUDED, timezone.now(), ""
        save(current, "state", "outcome", "concluded_at", "reason")
        tell("concluded", current, viewer)
    return current


def confirm_end(*, actor: Viewer | None, guidance: Guidance, version: int) -> Guidance:
    """The employee's key for the end; sessions that were still ahead are called off. Sent twice it is done once."""
    viewer = require_employee(actor, guidance)
    with transaction.atomic():
        current = held_guidance(guidance)
        if current.state == S.ENDED:
            return current
        require_version(current, version)
        require_state(current, S.CONCLUDED)
        current.state, current.confirmed_at, current.ended_on = S.ENDED, timezone.now(), viewer.today
        save(current, "state", "confirmed_at", "ended_on")
        ahead = GuidanceSession.objects.filter(guidance=current, state__in=(SessionState.PROPOSED, SessionState.AGREED))
        ahead.update(state=SessionState.CANCELLED, reason=gettext("Bimbingan selesai."))
        tell("ended", current, viewer, current.guide)
    return current


def differ(*, actor: Viewer | None, guidance: Guidance, reason: str, version: int) -> Guidance:
    """The employee does not see it as over; it goes on. Raises NotAllowed, NotNow, Stale, ValidationError."""
    viewer = require_employee(actor, guidance)
    with transaction.atomic():
        current = held_guidance(guidance, version)
        require_state(current, S.CONCLUDED)
        current.state, current.concluded_at, current.reason = S.RUNNING, None, worded("reason", reason)
        save(current, "state", "concluded_at", "reason")
        tell("differed", current, viewer, current.guide)
    return current


@dataclass(frozen=True)
class Word:
    """The employee's word on the three thirds of Format B.1.8."""

    on_self: str
    on_guide: str
    on_both: str


def give_feedback(*, actor: Viewer | None, guidance: Guidance, word: Word) -> GuidanceFeedback:
    """The employee's word, once, for the guide's superior; the guide does not read it. Raises NotAllowed, NotNow before
    the end, ValidationError."""
    viewer = require_employee(actor, guidance)
    said = {name: worded(name, getattr(word, name), gettext("Tulis tanggapan Anda.")) for name in _WORDS}
    with transaction.atomic():
        current = held_guidance(guidance)
        require_state(current, S.CONCLUDED, S.ENDED)
        row, made = GuidanceFeedback.objects.get_or_create(
            guidance=current, defaults={**said, "given_on": viewer.today}
        )
        if made:
            tell("feedback_given", current, viewer)
    return row


_WORDS = ("on_self", "on_guide", "on_both")


@dataclass(frozen=True)
class Review:
    """Format B.1.9. `marks`: group, name, mark 1–5, reason; what is not judged is left out."""

    marks: tuple[Mapping[str, Any], ...]
    recommendation: str


def give_review(*, actor: Viewer | None, guidance: Guidance, review: Review) -> CompetenceReview:
    """The guide's evaluation of competence, once. Every mark has its reason. Raises NotAllowed, NotNow before the end,
    ValidationError."""
    viewer = require_guide(actor, guidance)
    if not review.marks:
        raise ValidationError(gettext("Nilai sekurang-kurangnya satu kompetensi."))
    for each in review.marks:
        if each["mark"] not in range(1, 6) or not str(each["reason"]).strip():
            told = gettext("%(name)s: beri nilai 1 sampai 5 dan alasannya.")
            raise ValidationError(told % {"name": each["name"]})
    recommendation = worded("recommendation", review.recommendation, gettext("Tulis rekomendasinya."))
    with transaction.atomic():
        current = held_guidance(guidance)
        require_state(current, S.CONCLUDED, S.ENDED)
        kept = {"marks": [dict(each) for each in review.marks], "recommendation": recommendation}
        row, made = CompetenceReview.objects.get_or_create(
            guidance=current, defaults={**kept, "given_on": viewer.today}
        )
        if made:
            tell("reviewed", current, viewer)
    return row
