"""What an entry says to a person: a sentence, and what changed in words."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from terang.audit.models import JournalEntry
from terang.audit.personal import PREFIX
from terang.audit.secrecy import UNTOLD, is_confidential, is_told_by_day
from terang.audit.sentences import SENTENCES, sentence
from terang.web.numbers import longdate, longtime, quantity, score

_DAY = re.compile(r"\d{4}-[01]\d-[0-3]\d")

FIELDS = {
    "name": gettext_noop("nama"),
    "nip": gettext_noop("NIP"),
    "email": gettext_noop("surel"),
    "status": gettext_noop("status"),
    "rank": gettext_noop("golongan"),
    "post": gettext_noop("jabatan"),
    "period": gettext_noop("periode"),
    "total_bp": gettext_noop("nilai"),
    "coverage_bp": gettext_noop("cakupan bukti"),
    "cause": gettext_noop("sebab"),
    "day": gettext_noop("tanggal"),
    "state": gettext_noop("status"),
    "role": gettext_noop("peran"),
    "starts_on": gettext_noop("mulai"),
    "ends_on": gettext_noop("berakhir"),
    "below_since": gettext_noop("di bawah standar sejak"),
    "method": gettext_noop("cara"),
    "place": gettext_noop("jaringan"),
    "browser": gettext_noop("peramban"),
    "file": gettext_noop("berkas"),
    "version": gettext_noop("versi"),
    "valid_from": gettext_noop("berlaku sejak"),
    "valid_to": gettext_noop("berlaku sampai"),
    "digest": gettext_noop("sidik isi"),
    "names": gettext_noop("nama"),
    "employees": gettext_noop("pegawai"),
    "months": gettext_noop("bulan"),
    "actual_minutes": gettext_noop("menit kerja"),
    "title": gettext_noop("judul"),
    "text": gettext_noop("isi"),
    "quantity_milli": gettext_noop("jumlah"),
    "minutes": gettext_noop("lama (menit)"),
    "result_id": gettext_noop("hasil kerja (nomor)"),
    "task_id": gettext_noop("tugas (nomor)"),
    "indicator_id": gettext_noop("indikator (nomor)"),
    "count": gettext_noop("jumlah"),
    "unit": gettext_noop("unit"),
    "kind": gettext_noop("jenis"),
    "rule_set": gettext_noop("aturan hitung"),
    "period_start": gettext_noop("awal periode"),
    "due_on": gettext_noop("tenggat"),
    "seat": gettext_noop("pembaca"),
    "look": gettext_noop("tinjauan ke"),
    "note": gettext_noop("catatan"),
    "audience": gettext_noop("diumumkan kepada"),
    "verdict": gettext_noop("kesimpulan"),
    "changed": gettext_noop("yang berubah"),
    "through": gettext_noop("lewat aplikasi"),
}
"""Words for the fields that appear most; the others are shown under their own name."""


SEATS = {"superior": gettext_noop("atasan langsung"), "oversight": gettext_noop("tim pengawas")}
"""Readers of a report, as the engine names them."""


def what_happened(entry: Any) -> str:
    """The sentence of an entry with `actor_name` (missing: the system, or an account that is gone)."""
    return sentence(entry.verb, who(entry))


def when(entry: JournalEntry) -> str:
    """The moment of an entry; the day alone where the minute would tell who is behind it."""
    return longdate(_day(entry)) if by_day(entry) else longtime(entry.at)


def when_exactly(entry: JournalEntry) -> str:
    """As `when`, for downloads: an ISO moment or an ISO day."""
    return (_day(entry) if by_day(entry) else entry.at).isoformat()


def by_day(entry: Any) -> bool:
    """Whether this reader is told the day alone: for everybody by its verb, or for this one (`untimed`)."""
    return getattr(entry, "untimed", False) or is_told_by_day(entry.verb, entry.changes)


def _day(entry: JournalEntry) -> date:
    return timezone.localtime(entry.at).date()


def who(entry: Any) -> str:
    if is_confidential(entry.verb):
        return _("Seorang rekan kerja")
    if entry.actor_id is None:
        return _("Sistem")
    if getattr(entry, "untimed", False):
        return _("Tim pengawas")
    return entry.actor_name or _("Akun yang sudah dihapus")


def what_changed(entry: JournalEntry) -> str:
    """The changed fields as `nama: lama → baru`. Personal values are not kept, only their digests: "disamarkan"."""
    told = ((name, value) for name, value in entry.changes.items() if value != "" and not _is_hidden(name, value))
    return "; ".join(f"{_label(name)}: {_value(name, value)}" for name, value in told)


def _is_hidden(name: str, value: Any) -> bool:
    """Whether it is who else is concerned, for followers alone, or a cause that nothing may name: entries from before
    that rule still hold it."""
    return name == "people" or (name == "cause" and isinstance(value, str) and value in UNTOLD)


def verbs() -> list[tuple[str, str]]:
    """All known verbs with their sentence, for the filter."""
    return sorted(((verb, sentence(verb, "…")) for verb in SENTENCES), key=lambda pair: pair[1])


def _label(name: str) -> str:
    return _(FIELDS[name]) if name in FIELDS else name.removesuffix("_bp")


def _value(name: str, value: Any) -> str:
    if isinstance(value, list):
        shown = [_value(name, item) for item in value]
        return (" → " if len(shown) == 2 else ", ").join(shown)
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {_value(str(key), item)}" for key, item in value.items())
    if value is None or value == "":
        return _("kosong")
    if isinstance(value, str) and value.startswith(PREFIX):
        return _("disamarkan")
    if isinstance(value, str) and _DAY.fullmatch(value):
        return longdate(date.fromisoformat(value))
    if name == "seat" and value in SEATS:
        return _(SEATS[value])
    if name == "cause" and value in SENTENCES:
        return sentence(value, "…")
    if name.endswith("_milli") and isinstance(value, int):
        return quantity(value)
    return score(value) if name.endswith("_bp") and isinstance(value, int) else str(value)
