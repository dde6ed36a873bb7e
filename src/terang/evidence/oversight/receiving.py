"""The door for points written without a network: each arrives once, or says what is wrong with it."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext

from terang.evidence.door import Unfit, device_clock, key_of, require_author, require_valid, unfit_of
from terang.evidence.oversight.access import require_inspector
from terang.evidence.oversight.forms import MET, SeenForm
from terang.evidence.oversight.models import CheckArrival, CheckPhoto, Inspection, InspectionCheck
from terang.evidence.oversight.selectors import people_there
from terang.evidence.oversight.services import add_check
from terang.registry.people.viewer import Viewer
from terang.web.asked import asked_int
from terang.web.errors import NotNow

Files = MultiValueDict[str, UploadedFile]


@dataclass(frozen=True)
class Received:
    """`first`: it arrived now. `same`: what stands here is what was sent, false where an earlier text had arrived."""

    arrival: CheckArrival
    first: bool
    same: bool


def receive(*, actor: Viewer, data: QueryDict, files: Files) -> Received:
    """Writes one point of the actor, or finds the one that its `form_key` made the first time.

    Raises OtherPerson, NotAllowed, Unfit, and what `add_check` raises.
    """
    if "person" in data:
        require_author(actor, data)
    viewer = require_inspector(actor)
    require_author(viewer, data)
    photos = files.getlist("photos")
    known = CheckArrival.objects.filter(point__form_key=key_of(data), sent_by=viewer.employee).first()
    if known:
        return Received(known, first=False, same=_says_the_same(known.point, data, len(photos)))
    visit = _fit_visit(viewer, data)
    form = SeenForm(data, files, people=people_there(visit))
    _require_person(form, data)
    require_valid(form)
    return Received(_written(viewer, visit, form), first=True, same=True)


def _says_the_same(point: InspectionCheck, data: QueryDict, photos: int) -> bool:
    """Once somebody replied or decided here, the device has nothing more to say about the point."""
    if point.version > 0:
        return True
    seen = (_plain(point.criterion), point.met, point.employee_id, _plain(point.note))
    told = (_plain(data.get("criterion")), data.get("met") == MET, asked_int(data.get("employee")))
    return (*told, _plain(data.get("note"))) == seen and photos == CheckPhoto.objects.filter(point=point).count()


def _plain(text: str | None) -> str:
    return " ".join((text or "").split())


def _fit_visit(viewer: Viewer, data: QueryDict) -> Inspection:
    """The visit, which must still be there and in the viewer's area. Raises Unfit and NotAllowed."""
    visit = Inspection.objects.select_related("unit__agency").filter(pk=asked_int(data.get("inspection")) or 0).first()
    if visit is None or visit.unit.agency_id != viewer.agency_id:
        raise Unfit(409, {"inspection": [gettext("Kunjungan ini tidak ada lagi. Pilih kunjungan lain.")]})
    require_inspector(viewer, visit.unit)
    return visit


def _require_person(form: SeenForm, data: QueryDict) -> None:
    """Somebody who was to choose from on the device, and who is not there any more, is a change of the world."""
    if (told := data.get("employee", "")) and told not in dict(form.fields["employee"].choices):  # type: ignore[attr-defined]
        raise Unfit(409, {"employee": [gettext("Orang ini tidak bekerja di unit itu pada hari kunjungan.")]})


def _written(viewer: Viewer, visit: Inspection, form: SeenForm) -> CheckArrival:
    told = form.cleaned_data
    sent = {"form_key": told["form_key"], "photos": told["photos"], "clock": device_clock(form.data)}
    try:
        point = add_check(actor=viewer, inspection=visit, seen=form.seen(), **sent)
        return CheckArrival.objects.get(point=point, sent_by=viewer.employee)
    except ValidationError as refused:
        raise unfit_of(refused) from None
    except (IntegrityError, CheckArrival.DoesNotExist):
        raise NotNow(gettext("Nomor catatan ini sudah dipakai. Catat sekali lagi.")) from None
