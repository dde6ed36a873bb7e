"""The door for entries that were written without a network: each arrives once, or says what is wrong with it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext

from terang.evidence.work.clocks import drift_seconds
from terang.evidence.work.days import require_day
from terang.evidence.work.desk import Desk, desk_of
from terang.evidence.work.forms import EntryForm
from terang.evidence.work.models import Entry
from terang.evidence.work.receipts import entry_id_of
from terang.evidence.work.services import save_favourite, submit_entry
from terang.evidence.work.standing import sentences_about
from terang.registry.people.selectors import visible_employees
from terang.registry.people.viewer import Viewer
from terang.web.asked import asked_day, asked_int
from terang.web.errors import NotNow, Refusal
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


class OtherPerson(Refusal):
    """The entry was written by another person than the one who is signed in (409). Nothing was written."""

    status = 409


class TooMany(Refusal):
    """Too many in an hour (429). It may be sent again later."""

    status = 429


class Unfit(Exception):
    """The entry cannot be taken as it is. `reasons` by field of the form, each plain Indonesian; nothing was written.

    `status` is 409 where the world has changed since it was written, 422 where the entry itself is at fault.
    `unsure_milli`: the quantity that the person is asked to confirm, missing where none is.
    """

    def __init__(self, status: int, reasons: dict[str, list[str]], unsure_milli: int | None = None) -> None:
        super().__init__(reasons)
        self.status, self.reasons, self.unsure_milli = status, reasons, unsure_milli


def receive(*, actor: Viewer, data: QueryDict, files: Files) -> Received:
    """Writes one entry of the actor, or finds the one that its `form_key` made the first time.

    Raises OtherPerson, TooMany, Unfit, and what `submit_entry` raises.
    """
    if asked_int(data.get("person")) != actor.employee.pk:
        raise OtherPerson(
            gettext("Kegiatan ini ditulis orang lain di perangkat ini; hanya penulisnya yang mengirimnya.")
        )
    proofs = files.getlist("proof")
    known = _known(actor, data.get("form_key", ""))
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
    number = entry_id_of(typed)
    found = Entry.objects.select_related("employee").filter(pk=number).first() if number else None
    return found if found and visible_employees(viewer).filter(pk=found.employee_id).exists() else None


def _known(actor: Viewer, form_key: str) -> Entry | None:
    try:
        key = UUID(form_key)
    except ValueError:
        raise Unfit(422, {"": [gettext("Kegiatan ini tidak membawa nomornya. Catat sekali lagi.")]}) from None
    return Entry.objects.filter(form_key=key, employee=actor.employee).first()


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
    if not form.is_valid():
        reasons = {name: [str(each) for each in errors] for name, errors in form.errors.items()}
        told = {"" if name == "__all__" else name: said for name, said in reasons.items()}
        raise Unfit(422, told, form.unsure_milli)
    return form


def _submitted(actor: Viewer, form: EntryForm) -> Entry:
    names = ("day", "result", "text", "quantity_milli", "task", "indicator", "form_key", "minutes", "source")
    written = {name: form.cleaned_data[name] for name in names}
    clock = _clock(form.data, timezone.now())
    try:
        return submit_entry(actor=actor, files=form.cleaned_data["proof"], **written, **clock)
    except ValidationError as refused:
        raise Unfit(422, {"proof": list(refused.messages)}) from None


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


def _clock(data: Mapping[str, str], now: datetime) -> dict[str, Any]:
    """The device's time of writing, and how far its clock is off; nothing where it does not tell a readable time."""
    written, sent = _moment(data.get("written_at", "")), _moment(data.get("sent_at", ""))
    drift = drift_seconds(sent, now) if sent else None
    return {"written_at": written, "clock_drift_s": drift if written else None}


def _moment(text: str) -> datetime | None:
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment and moment.tzinfo and 2000 <= moment.year <= 2100 else None
