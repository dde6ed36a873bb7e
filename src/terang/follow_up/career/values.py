"""How the value of a declared fact is typed, kept and shown."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.evaluation.appraisals.models import Predicate
from terang.follow_up.career.models import DAYS, Subject
from terang.web.numbers import longdate, score, whole

MOST_HOURS = 2_000
EDUCATION: Mapping[str, str | Promise] = {
    "s3": "S3",
    "s2": "S2",
    "s1": _("S1 atau D4"),
    "d3": "D3",
    "sma": _("D1, D2, atau SMA sederajat"),
    "below": _("Di bawah SMA"),
}
LEADERSHIP: Mapping[str, str | Promise] = {
    "none": _("Belum ada"),
    "pkp": _("PKP (dahulu PIM IV)"),
    "pka": _("PKA (dahulu PIM III)"),
    "pkn2": _("PKN II (dahulu PIM II)"),
    "pkn1": _("PKN I (dahulu PIM I)"),
}
SANCTIONS: Mapping[str, str | Promise] = {
    "none": _("Tidak ada"),
    "light": _("Ringan"),
    "medium": _("Sedang"),
    "heavy": _("Berat"),
}
MEDALS: Mapping[str, str | Promise] = {"x": _("X Tahun"), "xx": _("XX Tahun"), "xxx": _("XXX Tahun")}
YES_NO: Mapping[str, str | Promise] = {"ya": _("Ya"), "tidak": _("Tidak")}
WORDS: Mapping[str, Mapping[str, str | Promise]] = {
    Subject.EDUCATION: EDUCATION,
    Subject.LEADERSHIP: LEADERSHIP,
    Subject.DISCIPLINE: SANCTIONS,
    Subject.FUNCTIONAL: YES_NO,
    Subject.SEMINAR: YES_NO,
    Subject.PREDICATE: dict(Predicate.choices),
    Subject.UNPAID_LEAVE: YES_NO,
    Subject.MEDAL: MEDALS,
}
"""The words of each fact that is chosen from some."""


def read_value(subject: str, typed: str) -> str:
    """What is kept. Raises ValidationError by field, saying what to write."""
    typed = typed.strip()
    if subject in DAYS:
        return ""
    if subject in WORDS:
        if typed not in WORDS[subject]:
            known = ", ".join(str(word) for word in WORDS[subject].values())
            raise ValidationError({"value": gettext("Pilih salah satu: %(known)s.") % {"known": known}})
        return typed
    return _hours(typed) if subject == Subject.HOURS else _mark(typed)


def _hours(typed: str) -> str:
    if not typed.isascii() or not typed.isdigit() or int(typed) > MOST_HOURS:
        raise ValidationError({"value": gettext("Tulis jam pelajaran sebagai bilangan bulat, misalnya 24.")})
    return str(int(typed))


def _mark(typed: str) -> str:
    """A mark of 0 to 100 as basis points."""
    told = ValidationError({"value": gettext("Tulis nilai asesmen dari 0 sampai 100, misalnya 82,5.")})
    try:
        mark = Decimal(typed.replace(",", ".")) * 100
    except InvalidOperation as error:
        raise told from error
    if not mark.is_finite() or not 0 <= mark <= 10_000 or mark != mark.to_integral_value():
        raise told
    return str(int(mark))


def shown_value(subject: str, value: str, day: object = None) -> str:
    """A kept value in the reader's words."""
    if subject in DAYS:
        return longdate(day)  # type: ignore[arg-type]
    if subject in WORDS:
        return str(WORDS[subject].get(value, value))
    if subject == Subject.HOURS:
        return gettext("%(hours)s JP") % {"hours": whole(int(value))}
    return gettext("%(mark)s dari 100") % {"mark": score(int(value))}
