"""Opening the days of an evaluation, and writing down what organisations achieved."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from terang.audit.services import record
from terang.evaluation.appraisals.access import require_keeper, require_measurer
from terang.evaluation.appraisals.models import USUAL_LEAST_PEOPLE, OrganisationPredicate, RatingWindow, UnitDays
from terang.evaluation.appraisals.states import require_version
from terang.evaluation.appraisals.tasks import compute_window
from terang.evaluation.models import Period
from terang.evaluation.periods import YEAR, Span, span_of
from terang.evaluation.policies import rules_of
from terang.evaluation.selectors import policy_on
from terang.evaluation.states import require_open
from terang.registry.organization.models import Unit
from terang.registry.people.access import require_agency
from terang.registry.people.viewer import Viewer
from terang.rules.regulations.clocks import annual_window_end
from terang.web.errors import NotNow
from terang.web.numbers import longdate

YEAR_OPENS = (12, 1)
"""Month and day from which on a year may be evaluated: our reading. Lampiran IV.A.8 names 31 December to 31 January;
drafts before that are useful, in spring they are not."""


@dataclass(frozen=True)
class Days:
    """The days of a window, both inclusive, with the decree or letter they rest on."""

    opens_on: date
    closes_on: date
    basis: str
    least_people: int = USUAL_LEAST_PEOPLE


def open_window(*, actor: Viewer | None, kind: str, day: date, days: Days) -> RatingWindow:
    """Opens the evaluation of the period of this kind that contains `day`, and asks the worker for its scores.

    Opened twice it is opened once. Raises NotAllowed, NotNow without a policy, ValidationError for odd days.
    """
    viewer = require_keeper(actor, actor.agency_id if actor else 0)
    agency = viewer.employee.agency
    if policy_on(agency.pk, day) is None:
        raise NotNow(gettext("Terbitkan kebijakan dahulu; tanpa kebijakan tidak ada nilai yang dapat dilihat penilai."))
    span = span_of(kind, day)
    _require_sense(span, days)
    with transaction.atomic():
        window, made = begin_window(viewer, span, days)
        if made:
            _tell("window_opened", window, viewer)
    return window


def begin_window(viewer: Viewer, span: Span, days: Days) -> tuple[RatingWindow, bool]:
    """The window of a period, and whether it was made just now; then the worker is asked for the period's scores. In
    one transaction."""
    agency = viewer.employee.agency
    with transaction.atomic():
        period, _made = Period.objects.get_or_create(
            agency=agency, kind=span.kind, starts_on=span.start, defaults={"name": span.name, "ends_on": span.end}
        )
        window, made = RatingWindow.objects.get_or_create(
            period=period,
            defaults={
                "opens_on": days.opens_on,
                "closes_on": days.closes_on,
                "basis": days.basis.strip(),
                "least_people": days.least_people,
                "opened_by": viewer.employee,
            },
        )
        if made and span.start <= viewer.today:
            transaction.on_commit(lambda: compute_window.enqueue(window.pk))
    return window, made


def move_window(*, actor: Viewer | None, window: RatingWindow, days: Days, version: int) -> RatingWindow:
    """Other days for a window. Raises NotAllowed, Stale, ValidationError."""
    viewer = require_keeper(actor, window.period.agency_id)
    require_open(window.period)
    _require_sense(span_of(window.period.kind, window.period.starts_on), days)
    with transaction.atomic():
        current = RatingWindow.objects.select_for_update(of=("self",)).select_related("period").get(pk=window.pk)
        require_version(current, version)
        current.opens_on, current.closes_on, current.basis = days.opens_on, days.closes_on, days.basis.strip()
        current.least_people, current.version = days.least_people, current.version + 1
        current.save()
        _tell("window_moved", current, viewer)
    return current


def set_unit_days(
    *, actor: Viewer | None, window: RatingWindow, unit: Unit, days: Days, reason: str, form_key: UUID, version: int
) -> UnitDays:
    """Other days for one unit and what lies below it; set again they replace those before. The same form twice is one.

    Raises NotAllowed, NotNow once the period is closed, Stale, ValidationError for odd days and without reason or
    document.
    """
    viewer = require_keeper(actor, window.period.agency_id)
    require_agency(viewer, unit.agency_id)
    if known := UnitDays.objects.filter(form_key=form_key, window=window).first():
        return known
    require_open(window.period)
    _require_sense(span_of(window.period.kind, window.period.starts_on), days)
    _require_said(reason=reason, basis=days.basis)
    with transaction.atomic():
        current = _changed(window, version)
        row = UnitDays.objects.filter(window=current, unit=unit).first() or UnitDays(window=current, unit=unit)
        before = [row.opens_on, row.closes_on] if row.pk else None
        row.opens_on, row.closes_on, row.basis, row.reason = (
            days.opens_on,
            days.closes_on,
            days.basis.strip(),
            reason.strip(),
        )
        row.set_by, row.set_at, row.form_key = viewer.employee, timezone.now(), form_key
        row.save()
        _tell_unit("unit_days_set", row, viewer, {"days": [before, [row.opens_on, row.closes_on]]})
    return row


def drop_unit_days(*, actor: Viewer | None, days: UnitDays, version: int) -> None:
    """The unit follows the window again. Raises NotAllowed, NotNow once the period is closed, Stale."""
    viewer = require_keeper(actor, days.window.period.agency_id)
    require_open(days.window.period)
    with transaction.atomic():
        _changed(days.window, version)
        _tell_unit("unit_days_dropped", days, viewer, {"days": [[days.opens_on, days.closes_on], None]})
        days.delete()


def _require_said(**words: str) -> None:
    if missing := {name: gettext("Tidak boleh kosong.") for name, text in words.items() if not text.strip()}:
        raise ValidationError(missing)


def _changed(window: RatingWindow, version: int) -> RatingWindow:
    """The window, held and with another version: who changes its days at the same time comes second."""
    current = RatingWindow.objects.select_for_update(of=("self",)).select_related("period").get(pk=window.pk)
    require_version(current, version)
    current.version += 1
    current.save(update_fields=["version"])
    return current


def _tell_unit(verb: str, row: UnitDays, viewer: Viewer, changes: Mapping[str, object]) -> None:
    record(
        f"appraisals.{verb}",
        actor=viewer.user,
        obj=row,
        agency_id=viewer.agency_id,
        unit_id=row.unit_id,
        changes={"period": row.window.period.name, **changes},
        reason=f"{row.reason} ({row.basis})",
    )


def _require_sense(span: Span, days: Days) -> None:
    """The days of a period may begin before it ends; they do not end before it, and those of a year begin late in
    it and end by January."""
    if days.closes_on < days.opens_on:
        raise ValidationError({"closes_on": gettext("Hari penutup tidak boleh sebelum hari pembuka.")})
    first = date(span.start.year, *YEAR_OPENS) if span.kind == YEAR else span.start
    if days.opens_on < first:
        told = gettext("Penilaian periode ini dibuka paling awal %(day)s.") % {"day": longdate(first)}
        raise ValidationError({"opens_on": told})
    if days.closes_on < (ends := span.end - timedelta(days=1)):
        told = gettext("Penilaian ditutup paling awal pada hari terakhir periodenya, %(day)s.") % {
            "day": longdate(ends)
        }
        raise ValidationError({"closes_on": told})
    last = annual_window_end(span.start.year)
    if span.kind == YEAR and days.closes_on > last:
        told = gettext("Evaluasi tahunan paling lambat %(day)s (Lampiran IV.A.8).") % {"day": longdate(last)}
        raise ValidationError({"closes_on": told})


def set_organisations(
    *, actor: Viewer | None, window: RatingWindow, words: Mapping[int, str], basis: str
) -> list[OrganisationPredicate]:
    """Writes down what units achieved: predicate by unit id, all on one decree. What is as it was stays untouched;
    each change has its own journal entry with the word before.

    Raises NotAllowed, ValidationError without a basis or for a unit of another government.
    """
    viewer = require_measurer(actor, window)
    require_open(window.period)
    with transaction.atomic():
        RatingWindow.objects.select_for_update(of=("self",)).get(pk=window.pk)
        known = {each.unit_id: each for each in window.organisations.all()}
        moved = {pk: word for pk, word in words.items() if word and (pk not in known or known[pk].predicate != word)}
        if moved and not basis.strip():
            raise ValidationError({"basis": gettext("Tulis keputusan atau dokumen yang menjadi dasarnya.")})
        units = {each.pk: each for each in Unit.objects.filter(pk__in=moved, agency_id=viewer.agency_id)}
        if len(units) != len(moved):
            raise ValidationError(gettext("Ada unit yang bukan milik pemerintah daerah ini. Muat ulang halaman."))
        return [_set(window, units[pk], moved[pk], basis, known.get(pk), viewer) for pk in sorted(moved)]


def _set(
    window: RatingWindow, unit: Unit, word: str, basis: str, known: OrganisationPredicate | None, viewer: Viewer
) -> OrganisationPredicate:
    row = known or OrganisationPredicate(window=window, unit=unit)
    before, row.predicate, row.basis = row.predicate, word, basis.strip()
    row.set_by, row.set_at = viewer.employee, timezone.now()
    row.save()
    record(
        "appraisals.organisation_set",
        actor=viewer.user,
        obj=row,
        agency_id=unit.agency_id,
        unit_id=unit.pk,
        changes={"period": window.period.name, "predicate": [before, word]},
        reason=row.basis,
    )
    return row


def _tell(verb: str, window: RatingWindow, viewer: Viewer) -> None:
    record(
        f"appraisals.{verb}",
        actor=viewer.user,
        obj=window,
        agency_id=viewer.agency_id,
        changes={"period": window.period.name, "from": window.opens_on, "till": window.closes_on},
        reason=window.basis,
    )


def kinds_to_open(agency_id: int, day: date) -> list[str]:
    """The kinds of periods a government evaluates: its policy's own (month or quarter by the regulation) and the
    year."""
    version = policy_on(agency_id, day)
    own = [rules_of(version).period_kind] if version else []
    return list(dict.fromkeys([*own, YEAR]))
