"""The door for entries that were written without a network: each arrives once, or says what is wrong with it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext

from terang.evidence.door import TooMany, Unfit, device_clock, key_of, require_author, require_valid, unfit_of
from terang.evidence.receipts import id_of
from terang.evidence.work.days import require_day
from terang.evidence.work.desk import Desk, desk_of
from terang.evidence.work.forms import EntryForm
from terang.evidence.work.models import Entry
from terang.evidence.work.services import save_favourite, submit_entry
from terang.evidence.work.standing import sentences_about
from terang.registry.people.selectors import visible_employees
from terang.registry.people.viewer import Viewer
from terang.web.asked import asked_day
from terang.web.errors import NotNow
from terang.web.numbers import longdate

MOST_AN_HOUR = 300
"""Entries of one person; a device that sends more is caught in a loop."""
Files = MultiValueDict[str, UploadedFile]


@dataclass(frozen=True)
class Received:
    """`first`: it arrived now. `same`: what stands here is what was sent, false where an earlier text had arrived.

    `note`: what else there is to say: a favourite that could not be kept, a day off, how late it came.
    """

    entry: Entry
    first: bool
    same: bool
    note: str = ""


def receive(*, actor: Viewer, data: QueryDict, files: Files) -> Received:
    """Writes one entry of the actor, or finds the one that its `form_key` made the first time.

    Raises OtherPerson, TooMany, Unfit, and what `submit_entry` raises.
    """
    require_author(actor, data)
    proofs = files.getlist("proof")
    known = Entry.objects.filter(form_key=key_of(data), employee=actor.employee).first()
    if known:
        return Received(known, first=False, same=_says_the_same(known, data, proofs))
    _require_few(actor)
    day = _fit_day(data)
    desk = _fit_desk(actor, day, data)
    form = _fit_form(desk, data, files)
    entry = _submitted(actor, form)
    notes = [_kept_as_favourite(actor, form), *sentences_about(entry, actor.today)]
    return Received(entry, first=True, same=True, note=" ".join(filter(None, notes)))


def entry_by_receipt(viewer: Viewer, typed: str) -> Entry | None:
    """The entry behind a receipt number, for who may see the person's performance; None for any other number."""
    number = id_of(typed)
    found = Entry.objects.select_related("employee").filter(pk=number).first() if number else None
    return found if found and visible_employees(viewer).filter(pk=found.employee_id).exists() else None


def _says_the_same(entry: Entry, data: QueryDict, proofs: Sequence[UploadedFile]) -> bool:
    """Once an entry was decided or corrected here, the device has nothing more to say about it."""
    if entry.version > 1:
        return True
    told = (" ".join(data.get("text", "").split()), data.get("day", ""), Counter(file.size for file in proofs))
    kept = Counter(entry.files.values_list("file__size_bytes", flat=True))
    return told == (" ".join(entry.text.split()), entry.day.isoformat(), kept)


def _require_few(actor: Viewer) -> None:
    since = timezone.now() - timedelta(hours=1)
    if Entry.objects.filter(employee=actor.employee, submitted_at__gte=since).count() >= MOST_AN_HOUR:
        raise TooMany(gettext("Terlalu banyak kegiatan dalam satu jam. Sisanya dikirim sendiri nanti."))


def _fit_day(data: QueryDict) -> date:
    day = asked_day(data.get("day"))
    if day is None:
        raise Unfit(422, {"day": [gettext("Isi tanggal kegiatannya.")]})
    return day


def _fit_desk(actor: Viewer, day: date, data: QueryDict) -> Desk:
    """The plan of that day, which must still know what the entry was written for."""
    desk = desk_of(actor.employee, day, drafts=False)
    if desk.plan is None:
        text = gettext("Pada %(day)s Anda tidak mempunyai rencana yang disepakati. Pilih tanggal lain.")
        raise Unfit(409, {"day": [text % {"day": longdate(day)}]})
    try:
        require_day(day, desk.plan, actor.today)
    except NotNow as refused:
        raise Unfit(409, {"day": [refused.reason]}) from None
    if data.get("purpose", "") not in desk.purposes:
        text = gettext("Hasil kerja ini tidak ada lagi dalam rencana Anda yang berlaku. Pilih hasil kerja lain.")
        raise Unfit(409, {"purpose": [text]})
    return desk


def _fit_form(desk: Desk, data: QueryDict, files: Files) -> EntryForm:
    form = EntryForm(data, files, desk=desk)
    require_valid(form, lambda: form.unsure_milli)
    return form


def _submitted(actor: Viewer, form: EntryForm) -> Entry:
    names = ("day", "result", "text", "quantity_milli", "task", "indicator", "form_key", "minutes", "source")
    written = {name: form.cleaned_data[name] for name in names}
    clock = device_clock(form.data)
    written |= {"written_at": clock.written_at, "clock_drift_s": clock.drift_s, "files": form.cleaned_data["proof"]}
    try:
        return submit_entry(actor=actor, **written)
    except ValidationError as refused:
        raise unfit_of(refused, "proof") from None


def _kept_as_favourite(actor: Viewer, form: EntryForm) -> str:
    """Keeps the entry as a favourite where the form named one; the reason where that did not go."""
    data = form.cleaned_data
    if not data["favourite"]:
        return ""
    kept = {name: data[name] for name in ("result", "text", "quantity_milli", "minutes")}
    try:
        save_favourite(actor=actor, name=data["favourite"], indicator=form.purposes[data["purpose"]].indicator, **kept)
    except NotNow as refused:
        return refused.reason
    return ""
