"""Instruments are kept in versions, each from a day on; none is ever changed."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext

from terang.audit.services import record
from terang.evidence.observation.access import require_keeper
from terang.evidence.observation.models import Instrument
from terang.evidence.observation.models.instruments import USUAL_CONTEST_DAYS
from terang.registry.organization.models import Agency, Unit
from terang.registry.people.viewer import Viewer
from terang.rules.observations.rubric import Rubric, as_json, problems
from terang.web.sentences import said

LEAST_DAYS, MOST_DAYS = 1, 30
"""Working days to ask for another observer that a government may set: bounds against slips, not a rule."""


@dataclass(frozen=True)
class Wanted:
    """What a version says, as typed."""

    name: str
    place: str
    valid_from: date
    basis: str
    rubric: Rubric
    categories: tuple[str, ...] = ()
    unit_kinds: tuple[str, ...] = ()
    keeper: Unit | None = None
    formative: bool = False
    contest_days: int = USUAL_CONTEST_DAYS


def set_instrument(*, actor: Viewer | None, before: Instrument | None, wanted: Wanted, form_key: UUID) -> Instrument:
    """A new version of `before`, or the first of a new instrument. Observations planned earlier keep theirs.

    Raises NotAllowed, ValidationError for a day in the past or taken, no basis, and a rubric that cannot be used.
    """
    viewer = require_keeper(actor, before)
    _require_sound(viewer, wanted)
    with transaction.atomic():
        Agency.objects.select_for_update(no_key=True).get(pk=viewer.agency_id)
        if known := Instrument.objects.filter(form_key=form_key, agency_id=viewer.agency_id).first():
            return known
        code = before.code if before else _free_code(viewer.agency_id, wanted.name)
        rows = Instrument.objects.filter(agency_id=viewer.agency_id, code=code)
        if rows.filter(valid_from=wanted.valid_from).exists():
            raise ValidationError({"valid_from": gettext("Pada tanggal ini sudah ada versinya. Pilih tanggal lain.")})
        number = (rows.aggregate(last=Max("number"))["last"] or 0) + 1
        made = Instrument.objects.create(
            agency_id=viewer.agency_id, code=code, number=number, form_key=form_key, **_columns(wanted)
        )
        told = {"valid_from": made.valid_from, "number": number, "formative": made.formative}
        record(
            "observation.instrument_set",
            actor=viewer.user,
            obj=made,
            agency_id=viewer.agency_id,
            changes=told,
            reason=made.basis,
        )
    return made


def _columns(wanted: Wanted) -> dict[str, object]:
    told = {**vars(wanted), "rubric": as_json(wanted.rubric)}
    lists = {"categories": list(wanted.categories), "unit_kinds": list(wanted.unit_kinds)}
    return told | lists | {"basis": wanted.basis.strip(), "name": wanted.name.strip(), "place": wanted.place.strip()}


def _free_code(agency_id: int, name: str) -> str:
    """A code nobody has: the name, with a number where it is taken."""
    base = slugify(name)[:32] or "instrumen"
    taken = set(Instrument.objects.filter(agency_id=agency_id, code__startswith=base).values_list("code", flat=True))
    tries = (base if number == 1 else f"{base}-{number}" for number in range(1, len(taken) + 2))
    return next(code for code in tries if code not in taken)


def _require_sound(viewer: Viewer, wanted: Wanted) -> None:
    if wanted.valid_from < viewer.today:
        raise ValidationError({"valid_from": gettext("Versi baru berlaku paling cepat hari ini.")})
    if not wanted.basis.strip():
        raise ValidationError({"basis": gettext("Tuliskan dasarnya, misalnya nomor surat keputusan.")})
    if not LEAST_DAYS <= wanted.contest_days <= MOST_DAYS:
        bounds = {"least": LEAST_DAYS, "most": MOST_DAYS}
        raise ValidationError({"contest_days": gettext("Isi %(least)s sampai %(most)s hari kerja.") % bounds})
    if wanted.keeper is not None and wanted.keeper.agency_id != viewer.agency_id:
        raise ValidationError({"keeper": gettext("Unit itu milik pemerintah daerah lain.")})
    if found := problems(wanted.rubric):
        raise ValidationError([said(each) for each in found])
