"""Errors as `application/problem+json` (RFC 9457): what is wrong in plain words, and by field where it is about one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.web.errors import NotAllowed, Refusal, Stale

MEDIA_TYPE = "application/problem+json"
PLACE = "/api/#"
"""Every kind is told on the page for people, under its own mark."""


@dataclass(frozen=True)
class Kind:
    """A kind of error. `code` is the mark on the page and never changes; `title` is the same for all of the kind."""

    code: str
    status: int
    title: str | Promise
    advice: str | Promise


UNREADABLE = Kind("unreadable", 400, _("Permintaan tidak terbaca"), _("Periksa bentuk JSON dan kepala yang wajib."))
NO_TOKEN = Kind("no-token", 401, _("Token tidak berlaku"), _("Kirim kepala Authorization: Bearer dengan token."))
NOT_ALLOWED = Kind("not-allowed", 403, _("Tidak boleh"), _("Pemilik akses sendiri tidak boleh membuka ini."))
NO_SCOPE = Kind("no-scope", 403, _("Di luar cakupan"), _("Buat token baru dengan cakupan yang disebut."))
NOT_FOUND = Kind("not-found", 404, _("Tidak ada"), _("Periksa alamat dan nomornya."))
WRONG_METHOD = Kind("wrong-method", 405, _("Cara tidak dilayani"), _("Kepala Allow menyebut cara yang dilayani."))
NOT_NOW = Kind("not-now", 409, _("Belum bisa sekarang"), _("Keadaan data tidak mengizinkannya; baca lagi datanya."))
STALE = Kind("stale", 409, _("Data sudah berubah"), _("Ambil lagi, lalu kirim dengan version yang baru."))
WRONG_TYPE = Kind("wrong-type", 415, _("Jenis isi tidak diterima"), _("Kirim dengan Content-Type: application/json."))
INVALID = Kind("invalid", 422, _("Isian belum benar"), _("Perbaiki isian yang disebut di errors."))
OTHER_BODY = Kind("other-body", 422, _("Kunci sudah dipakai"), _("Pakai Idempotency-Key baru untuk isi yang baru."))
TOO_MANY = Kind("too-many", 429, _("Terlalu sering"), _("Tunggu sebanyak detik di kepala Retry-After."))
BROKEN = Kind("broken", 500, _("Kesalahan server"), _("Coba lagi nanti; bila tetap, hubungi operator."))

KINDS = (
    UNREADABLE,
    NO_TOKEN,
    NOT_ALLOWED,
    NO_SCOPE,
    NOT_FOUND,
    WRONG_METHOD,
    NOT_NOW,
    STALE,
    WRONG_TYPE,
    INVALID,
    OTHER_BODY,
    TOO_MANY,
    BROKEN,
)

Errors = Mapping[str, list[str]]


@dataclass
class Problem(Exception):
    """An error to be answered. `errors` by field, empty where it is about none; `headers` beside those of every
    answer."""

    kind: Kind
    detail: str
    errors: Errors = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)


def answer(problem: Problem) -> HttpResponse:
    """The problem as it is sent."""
    kind = problem.kind
    body: dict[str, Any] = {
        "type": f"{PLACE}{kind.code}",
        "title": str(kind.title),
        "status": kind.status,
        "detail": problem.detail,
        "errors": dict(problem.errors),
    }
    response = JsonResponse(
        body, status=kind.status, content_type=MEDIA_TYPE, json_dumps_params={"ensure_ascii": False}
    )
    for name, value in problem.headers.items():
        response[name] = value
    return response


def of_refusal(refused: Refusal) -> Problem:
    """What a verb or a rule of access refused."""
    if isinstance(refused, NotAllowed):
        return Problem(NOT_ALLOWED, refused.reason)
    if isinstance(refused, Stale):
        return Problem(STALE, refused.reason)
    kinds = {kind.status: kind for kind in (UNREADABLE, NOT_NOW, INVALID, TOO_MANY)}
    return Problem(kinds.get(refused.status, NOT_NOW), refused.reason)


def not_found() -> Problem:
    return Problem(NOT_FOUND, gettext("Tidak ada apa-apa di alamat ini. Periksa alamat dan nomornya."))


def of_fields(errors: Iterable[Mapping[str, Any]]) -> Problem:
    """Pydantic's errors by field, in our words where we have them."""
    told: dict[str, list[str]] = {}
    for error in errors:
        told.setdefault(_field(error["loc"]), []).append(_words(error))
    if set(told) == {IDEMPOTENCY} and told[IDEMPOTENCY] == [gettext("Wajib diisi.")]:
        text = gettext("Kepala Idempotency-Key wajib dikirim bersama permintaan yang menulis.")
        return Problem(UNREADABLE, text, told)
    return Problem(INVALID, gettext("Ada isian yang belum benar; lihat errors."), told)


IDEMPOTENCY = "Idempotency-Key"
_WORDS = {
    "missing": _("Wajib diisi."),
    "extra_forbidden": _("Isian ini tidak dikenal."),
    "string_pattern_mismatch": _("Bentuknya tidak sesuai."),
    "string_too_long": _("Paling panjang %(max_length)s huruf."),
    "string_too_short": _("Paling pendek %(min_length)s huruf."),
    "greater_than_equal": _("Paling kecil %(ge)s."),
    "less_than_equal": _("Paling besar %(le)s."),
    "int_parsing": _("Isi dengan bilangan bulat."),
    "int_type": _("Isi dengan bilangan bulat."),
    "int_from_float": _("Isi dengan bilangan bulat."),
    "string_type": _("Isi dengan teks."),
    "bool_type": _("Isi dengan true atau false."),
    "enum": _("Pilih salah satu: %(expected)s."),
    "literal_error": _("Pilih salah satu: %(expected)s."),
    "date_from_datetime_parsing": _("Isi dengan tanggal, misalnya 2026-11-24."),
    "date_parsing": _("Isi dengan tanggal, misalnya 2026-11-24."),
    "date_type": _("Isi dengan tanggal, misalnya 2026-11-24."),
    "model_attributes_type": _("Kirim satu objek JSON."),
    "dict_type": _("Kirim satu objek JSON."),
    "model_type": _("Kirim satu objek JSON."),
}


def _field(place: Iterable[Any]) -> str:
    """The last name of a place such as ("body", "sent", "day"); empty for the whole body."""
    names = [str(part) for part in place][1:]
    found = names[-1] if names else ""
    return {"idempotency_key": IDEMPOTENCY, "sent": ""}.get(found, found)


def _words(error: Mapping[str, Any]) -> str:
    words = _WORDS.get(error["type"])
    return str(words) % error.get("ctx", {}) if words else gettext("Isian ini tidak dapat dipakai.")
