"""The verbs of a survey period: open it, set its population, publish its result, plan and follow what is repaired."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext

from terang.audit.services import record
from terang.evidence.citizens.models import FollowUp, SurveyPeriod, SurveyResult
from terang.evidence.citizens.models.survey_periods import MONTHS, ActionState, SurveyKind
from terang.evidence.citizens.survey_access import require_actor, require_manager
from terang.evidence.citizens.survey_figures import Figures, digest_of, figures_of
from terang.evidence.citizens.survey_repairs import COMPONENTS
from terang.evidence.citizens.survey_states import ACTION_MOVES
from terang.registry.organization.models import Unit
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer
from terang.rules.tables import ELEMENTS
from terang.web.errors import NotAllowed, NotNow, Stale


def period_end(kind: str, start: date) -> date:
    """The day after a quarter, half-year or year that begins on `start`."""
    month = start.month - 1 + MONTHS[SurveyKind(kind)]
    return date(start.year + month // 12, month % 12 + 1, 1)


def open_period(*, actor: Viewer, unit: Unit, kind: str, start: date, **chosen: object) -> SurveyPeriod:
    """A survey period of a unit, or the one that is there already. `chosen` may hold headline and weights."""
    require_manager(actor, unit)
    if start.day != 1 or (start.month - 1) % MONTHS[SurveyKind(kind)]:
        raise NotAllowed(gettext("Periode dimulai pada awal triwulan, semester, atau tahun."))
    with transaction.atomic():
        period, made = SurveyPeriod.objects.get_or_create(
            unit=unit,
            kind=kind,
            starts_on=start,
            defaults={"ends_on": period_end(kind, start), "opened_at": timezone.now(), **chosen},
        )
        if made:
            _record("citizens.survey_period_opened", period, actor, {"kind": kind, "starts_on": start})
    return period


def set_population(
    *, actor: Viewer, period: SurveyPeriod, population: int | None, note: str, version: int
) -> SurveyPeriod:
    """How many people got services, where the manager knows better than the requests here (None: count those).

    Raises NotAllowed for a number without its source, Stale where somebody else changed the period.
    """
    require_manager(actor, period.unit)
    if population is not None and not note.strip():
        raise NotAllowed(gettext("Tulis dari mana jumlah penerima layanan itu."))
    with transaction.atomic():
        current = _current(period, version)
        before = current.population_given
        current.population_given, current.population_note = population, note.strip() if population is not None else ""
        current.version += 1
        current.save(update_fields=["population_given", "population_note", "version"])
        _record("citizens.survey_population_set", current, actor, {"population": [before, population]}, reason=note)
    return current


def _current(period: SurveyPeriod, version: int) -> SurveyPeriod:
    current = SurveyPeriod.objects.select_for_update(of=("self",)).select_related("unit__agency").get(pk=period.pk)
    if current.version != version:
        raise Stale(gettext("Periode ini sudah diubah orang lain sejak Anda membukanya. Muat ulang, lalu ulangi."))
    return current


def publish_result(*, actor: Viewer, period: SurveyPeriod, today: date, reason: str = "") -> SurveyResult:
    """Freezes what the period says now, as its first result or, with a reason, as a revision.

    Raises NotNow while the period runs, while there are too few answers, and where nothing changed since the last
    result; NotAllowed for a revision without a reason.
    """
    require_manager(actor, period.unit)
    with transaction.atomic():
        rows = SurveyPeriod.objects.select_for_update(of=("self",)).select_related("unit__agency")
        current = rows.get(pk=period.pk)
        if today < current.ends_on:
            raise NotNow(gettext("Periode survei ini masih berjalan. Hasilnya dapat diumumkan setelah hari terakhir."))
        result = freeze(
            current, figures_of(current, today), by=actor.employee, at=timezone.now(), reason=reason.strip()
        )
        _record(
            "citizens.survey_result_revised" if result.number > 1 else "citizens.survey_result_published",
            current,
            actor,
            {"number": result.number, "digest": result.digest, "ikm": result.ikm, "grade": result.grade},
            reason=result.reason,
        )
    return result


def freeze(
    period: SurveyPeriod, figures: Figures, *, by: Employee | None, at: datetime, reason: str = ""
) -> SurveyResult:
    """The figures as the next result of a locked period, inside the caller's transaction. Headline and class come from
    the same figures, so that they always agree."""
    headline = figures["index"]
    if headline is None:
        raise NotNow(
            gettext("Jawaban belum cukup untuk IKM: setiap unsur perlu sekurang-kurangnya %(n)s jawaban.")
            % {"n": figures["method"]["least"]}
        )
    last, digest = period.results.first(), digest_of(figures)
    if last is not None and last.digest == digest:
        raise NotNow(gettext("Tidak ada angka yang berubah sejak hasil terakhir diumumkan."))
    if last is not None and not reason:
        raise NotAllowed(gettext("Tulis alasan revisi: apa yang keliru pada hasil yang sudah diumumkan."))
    return SurveyResult.objects.create(
        period=period,
        number=last.number + 1 if last else 1,
        figures=figures,
        digest=digest,
        ikm=int(Decimal(headline["ikm"]).scaleb(2)),
        grade=headline["grade"],
        respondents=figures["respondents"],
        weights=figures["method"]["weights"],
        reason=reason if last else "",
        published_by=by,
        published_at=at,
    )


def plan_action(
    *,
    actor: Viewer,
    period: SurveyPeriod,
    element: str,
    component: str,
    action: str,
    owner: Employee,
    due_on: date,
    form_key: UUID,
) -> FollowUp:
    """Plans what is done about a weak element; the same form sent twice plans it once."""
    require_manager(actor, period.unit)
    if owner.agency_id != period.unit.agency_id:
        raise NotAllowed(gettext("Penanggung jawab harus pegawai pemerintah daerah ini."))
    if element not in ELEMENTS or component not in COMPONENTS:
        raise NotAllowed(gettext("Unsur atau komponen standar ini tidak dikenal."))
    found = FollowUp.objects.filter(form_key=form_key).first()
    if found:
        return found
    try:
        with transaction.atomic():
            made = FollowUp.objects.create(
                period=period,
                element=element,
                component=component,
                action=action.strip(),
                owner=owner,
                due_on=due_on,
                form_key=form_key,
            )
            _record_action("citizens.survey_action_planned", made, actor, {"element": element, "due_on": due_on})
    except IntegrityError:
        return FollowUp.objects.get(form_key=form_key)
    return made


def move_action(*, actor: Viewer, follow_up: FollowUp, state: str, proof: str, today: date, version: int) -> FollowUp:
    """Tells how an action stands. Done needs proof and dropped a reason; the last two states are final."""
    require_actor(actor, follow_up)
    with transaction.atomic():
        rows = FollowUp.objects.select_for_update(of=("self",)).select_related("period__unit")
        current = rows.get(pk=follow_up.pk)
        if current.version != version:
            raise Stale(gettext("Tindakan ini sudah diubah orang lain sejak Anda membukanya. Muat ulang, lalu ulangi."))
        before = ActionState(current.state)
        if ActionState(state) not in ACTION_MOVES[before]:
            raise NotNow(gettext("Tindakan ini sudah selesai atau dibatalkan."))
        if state in (ActionState.DONE, ActionState.DROPPED) and not proof.strip():
            raise NotAllowed(gettext("Tulis buktinya bila selesai, atau alasannya bila dibatalkan."))
        current.state, current.proof = state, proof.strip()
        current.done_on = today if state == ActionState.DONE else None
        current.version += 1
        current.save(update_fields=["state", "proof", "done_on", "version"])
        _record_action("citizens.survey_action_moved", current, actor, {"state": [before.value, state]})
    return current


def _record_action(verb: str, follow_up: FollowUp, actor: Viewer, changes: dict[str, object]) -> None:
    unit = follow_up.period.unit
    record(verb, actor=actor.user, obj=follow_up, agency_id=unit.agency_id, unit_id=unit.pk, changes=changes)


def _record(verb: str, period: SurveyPeriod, actor: Viewer, changes: dict[str, object], *, reason: str = "") -> None:
    unit = period.unit
    record(
        verb,
        actor=actor.user,
        obj=period,
        agency_id=unit.agency_id,
        unit_id=unit.pk,
        changes=changes,
        reason=reason,
    )
