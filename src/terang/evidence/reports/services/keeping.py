"""A government's own terms of reports, from a day on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from terang.audit.services import record
from terang.evidence.reports.models import Audience, Disclosure, Drawing, ReportTerms
from terang.registry.people.access import require_keeper_of
from terang.registry.people.viewer import Viewer
from terang.rules.reports.periods import MONTHS
from terang.rules.reports.rubric import Rubric, as_json, problems
from terang.web.sentences import said


@dataclass(frozen=True)
class Wanted:
    """What a government asks for, as typed. Days as in `ReportTerms`."""

    frequencies: Sequence[str]
    basis: str
    rubric: Rubric
    due_days: int = 10
    opens_days: int = 60
    reading_days: int = 10
    second_look_days: int = 5
    oversight_reads: bool = True
    drawing: str = Drawing.LOT
    disclosure: str = Disclosure.TOGETHER
    audience: str = Audience.UNIT
    shows_ratings: bool = False


def set_terms(*, actor: Viewer, valid_from: date, wanted: Wanted) -> ReportTerms:
    """New terms from a day on; reports handed in before keep theirs.

    Raises ValidationError for a day in the past, a day that has terms, no basis, and a rubric that cannot be used.
    """
    require_keeper_of(actor, actor.agency_id)
    _require_sound(actor, valid_from, wanted)
    with transaction.atomic():
        terms = ReportTerms.objects.create(
            agency_id=actor.agency_id,
            valid_from=valid_from,
            **{**vars(wanted), "frequencies": [each for each in MONTHS if each in wanted.frequencies]}
            | {"rubric": as_json(wanted.rubric), "basis": wanted.basis.strip()},
        )
        kept = ("frequencies", "due_days", "reading_days", "oversight_reads", "audience")
        record(
            "reports.terms_set",
            actor=actor.user,
            obj=terms,
            agency_id=actor.agency_id,
            changes={"valid_from": valid_from.isoformat(), **{name: getattr(terms, name) for name in kept}},
            reason=terms.basis,
        )
    return terms


def _require_sound(actor: Viewer, valid_from: date, wanted: Wanted) -> None:
    if valid_from < actor.today:
        raise ValidationError({"valid_from": gettext("Ketentuan baru berlaku paling cepat hari ini.")})
    if ReportTerms.objects.filter(agency_id=actor.agency_id, valid_from=valid_from).exists():
        raise ValidationError({"valid_from": gettext("Pada tanggal ini sudah ada ketentuan. Pilih tanggal lain.")})
    if not wanted.basis.strip():
        raise ValidationError({"basis": gettext("Tuliskan dasar hukumnya.")})
    if found := problems(wanted.rubric):
        raise ValidationError([said(each) for each in found])
