"""Each observer marks alone; then the two settle on what counts."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from terang.evidence.observation.access import require_observer, require_own_sheet
from terang.evidence.observation.models import CommonMark, Mark, Observation, ObservationState, Sheet
from terang.evidence.observation.services.moving import locked, move, tell_journal
from terang.registry.people.viewer import Viewer
from terang.rules.observations import marks
from terang.web.errors import NotNow, Stale


@dataclass(frozen=True)
class Noted:
    """The level of one behaviour (missing: not yet marked) and what was seen."""

    value: int | None
    note: str = ""


def save_sheet(*, actor: Viewer | None, sheet: Sheet, noted: Mapping[str, Noted], indicator: str = "") -> Sheet:
    """Keeps what an observer has marked so far, by behaviour; it may have gaps. The journal hears of the first time.

    Raises NotAllowed for everybody else, NotNow before the day, once given, and in other states; Stale where the page
    was drawn with another `indicator`, whose behaviours have the same numbers.
    """
    viewer = require_own_sheet(actor, sheet)
    with transaction.atomic():
        current, own = _writable(viewer, sheet, "save", indicator)
        if own.saved_at is None:
            tell_journal("sheet_begun", current, viewer)
        _write(current, own, noted)
    return own


def give_sheet(*, actor: Viewer | None, sheet: Sheet, noted: Mapping[str, Noted], indicator: str = "") -> Observation:
    """An observer hands in the own sheet, for good. With the last one it goes on: to the common marks where there are
    two, straight to the feedback where there is one.

    Raises as `save_sheet`, and ValidationError (`level_<code>`) for behaviours without a mark.
    """
    viewer = require_own_sheet(actor, sheet)
    with transaction.atomic():
        current, own = _writable(viewer, sheet, "give", indicator)
        _require_all(current, noted)
        _write(current, own, noted)
        own.given_at = timezone.now()
        own.save(update_fields=["given_at"])
        _go_on(current, viewer)
        move(current, "sheet_given", viewer, "state", "settled_by", "settled_at", "points_milli", "max_milli")
    return current


def _writable(viewer: Viewer, sheet: Sheet, verb: str, indicator: str) -> tuple[Observation, Sheet]:
    current = locked(sheet.observation, verb)
    if indicator and indicator != current.indicator:
        raise Stale(gettext("Indikatornya berganti sejak Anda membuka lembar ini. Muat ulang, lalu ulangi."))
    own = current.sheets.get(pk=sheet.pk)
    if own.given_at is not None:
        raise NotNow(gettext("Lembar Anda sudah diserahkan dan tidak berubah lagi."))
    if viewer.today < current.day:
        raise NotNow(gettext("Observasi ini belum berlangsung. Lembarnya diisi pada harinya."))
    return current, own


def _write(observation: Observation, sheet: Sheet, noted: Mapping[str, Noted]) -> None:
    codes, values = _codes(observation), observation.instrument.content.values
    kept = {code: each for code, each in noted.items() if code in codes and each.value in values}
    sheet.marks.all().delete()
    Mark.objects.bulk_create(
        Mark(sheet=sheet, behaviour=code, value=each.value or 0, note=each.note.strip()) for code, each in kept.items()
    )
    sheet.saved_at = timezone.now()
    sheet.save(update_fields=["saved_at"])


def _codes(observation: Observation) -> list[str]:
    return [each.code for each in observation.picked.behaviours] if observation.picked else []


def _require_all(observation: Observation, noted: Mapping[str, Noted]) -> None:
    values = observation.instrument.content.values
    told = {code: each.value for code, each in noted.items() if each.value in values}
    if lacking := marks.missing(_codes(observation), told):  # type: ignore[arg-type]
        raise ValidationError({f"level_{code}": gettext("Pilih satu tingkat.") for code in lacking})


def _go_on(observation: Observation, viewer: Viewer) -> None:
    """Where this was the last sheet. The rows are read anew: this one was just written."""
    sheets = list(observation.sheets.prefetch_related("marks").order_by("number"))
    if not all(sheet.given_at for sheet in sheets):
        return
    if len(sheets) > 1:
        observation.state = ObservationState.MARKED
        return
    only = {mark.behaviour: Noted(mark.value, mark.note) for mark in sheets[0].marks.all()}
    _settle(observation, only, viewer)


def settle_marks(
    *, actor: Viewer | None, observation: Observation, noted: Mapping[str, Noted], version: int
) -> Observation:
    """One of the two writes down what both settled on by talking; until the feedback either may put it right. Both
    sheets stay as they were.

    Raises NotAllowed, NotNow (also with one observer, whose marks are the common ones), Stale, ValidationError
    (`level_<code>`) for a gap or a level outside what both saw.
    """
    viewer = require_observer(actor, observation)
    with transaction.atomic():
        current = locked(observation, "settle", version)
        sheets = list(current.sheets.prefetch_related("marks").order_by("number"))
        if len(sheets) < 2:
            raise NotNow(gettext("Pengamatnya satu; nilainya sudah tetap."))
        _require_between(current, sheets, noted)
        _settle(current, noted, viewer)
        move(current, "settled", viewer, "state", "settled_by", "settled_at", "points_milli", "max_milli")
    return current


def marks_of(sheet: Sheet) -> dict[str, int]:
    """The marks of a sheet by behaviour. No query once read."""
    return {mark.behaviour: mark.value for mark in sheet.marks.all()}


def _require_between(observation: Observation, sheets: list[Sheet], noted: Mapping[str, Noted]) -> None:
    _require_all(observation, noted)
    one, other = (marks_of(sheet) for sheet in sheets)
    values = observation.instrument.content.values
    outside = [
        code
        for code in _codes(observation)
        if not marks.may_settle_on(noted[code].value or 0, one.get(code), other.get(code), values)
    ]
    if outside:
        message = gettext("Nilai bersama tidak di luar yang dilihat kalian berdua.")
        raise ValidationError({f"level_{code}": message for code in outside})


def _settle(observation: Observation, noted: Mapping[str, Noted], viewer: Viewer) -> None:
    told = {code: each for code, each in noted.items() if code in _codes(observation) and each.value is not None}
    observation.marks.all().delete()
    CommonMark.objects.bulk_create(
        CommonMark(observation=observation, behaviour=code, value=each.value or 0, note=each.note.strip())
        for code, each in told.items()
    )
    found = marks.points({code: each.value or 0 for code, each in told.items()}, observation.instrument.content.top)
    observation.points_milli, observation.max_milli = found.points_milli, found.max_milli
    observation.settled_by, observation.settled_at = viewer.employee, timezone.now()
    observation.state = ObservationState.SETTLED
