"""What a marked change did, in words: the two times, the difference with its uncertainty, the share in time, what they
rest on, and what the mix of services did."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from terang.evidence.citizens.models import Service
from terang.evidence.citizens.models.interventions import Intervention
from terang.evidence.citizens.working_time import working_time
from terang.reporting.boards.times.counting import Year
from terang.reporting.boards.times.words import month_name, span_words
from terang.rules.services import (
    LEAST_FINISHED,
    Change,
    MixChange,
    Verdict,
    Windows,
    compare_mixes,
    windows_around,
)
from terang.rules.services.change import VERDICT_WORDS
from terang.rules.services.windows import WINDOW_MONTHS
from terang.web.numbers import decimal, percent, whole

KINDS = {Verdict.FASTER: "ok", Verdict.SLOWER: "wrong", Verdict.UNCLEAR: "attention", Verdict.TOO_FEW: "quiet"}
POINTS = 100
"""Basis points in a percentage point."""


@dataclass(frozen=True)
class ChangeCard:
    """One comparison in sentences. `mark` is missing where the year's beginning and end are compared; `number` is then
    empty."""

    number: str
    mark: Intervention | None
    verdict: str
    kind: str
    middle: str
    surely: str
    timely: str
    basis: str
    mix: str


def card_of(
    number: int,
    mark: Intervention,
    marks: Sequence[Intervention],
    services: Sequence[Service],
    year: Year,
    months: Sequence[int],
) -> ChangeCard:
    """What a mark changed for the services it concerns, among those shown."""
    concerned = [service for service in services if mark.concerns(service, mark.day)]
    rivals = [other.day for other in marks if other.pk != mark.pk and _meet(other, concerned)]
    windows = windows_around(mark.day, months, rivals)
    return _card(str(number), mark, concerned, windows, year)


def _meet(other: Intervention, concerned: Sequence[Service]) -> bool:
    return any(other.concerns(service, other.day) for service in concerned)


def first_against_last(services: Sequence[Service], year: Year, months: Sequence[int]) -> ChangeCard:
    """The first months of the year against the latest, where nothing was marked."""
    windows = Windows(tuple(months[:WINDOW_MONTHS]), tuple(months[-WINDOW_MONTHS:]), None)
    return _card("", None, services, windows, year)


def _card(
    number: str, mark: Intervention | None, services: Sequence[Service], windows: Windows, year: Year
) -> ChangeCard:
    before = {service.pk: year.of(service.pk, windows.before) for service in services}
    after = {service.pk: year.of(service.pk, windows.after) for service in services}
    found = compare_mixes(before, after)
    change = found.adjusted
    return ChangeCard(
        number=number,
        mark=mark,
        verdict=_(VERDICT_WORDS[change.verdict]),
        kind=KINDS[change.verdict],
        middle=_middle(change),
        surely=_surely(change),
        timely=_timely(change),
        basis=_basis(found, windows),
        mix=_mix(found) if len(services) > 1 else "",
    )


def _middle(change: Change) -> str:
    if change.minutes is None or change.before.median is None or change.after.median is None:
        return ""
    told = {"before": working_time(change.before.median), "after": working_time(change.after.median)}
    if not change.minutes:
        return _("Nilai tengah tetap %(after)s.") % told
    share = "" if change.relative_bp is None else percent(abs(change.relative_bp))
    if change.minutes < 0:
        return _("Nilai tengah dari %(before)s menjadi %(after)s: %(share)s lebih singkat.") % {**told, "share": share}
    return _("Nilai tengah dari %(before)s menjadi %(after)s: %(share)s lebih lama.") % {**told, "share": share}


def _surely(change: Change) -> str:
    """The interval of the difference, in the direction it has."""
    found = change.minutes_range
    if found is None:
        return ""
    small, large = sorted((abs(found.low), abs(found.high)))
    told = {"small": working_time(small), "large": working_time(large)}
    if change.verdict is Verdict.FASTER:
        return _("Dengan keyakinan 95 %% atau lebih: lebih cepat antara %(small)s dan %(large)s.") % told
    if change.verdict is Verdict.SLOWER:
        return _("Dengan keyakinan 95 %% atau lebih: lebih lambat antara %(small)s dan %(large)s.") % told
    told = {"faster": working_time(max(-found.low, 0)), "slower": working_time(max(found.high, 0))}
    return (
        _(
            "Sebenarnya dapat lebih cepat sampai %(faster)s, dapat pula lebih lambat sampai %(slower)s: belum dapat"
            " disimpulkan."
        )
        % told
    )


def _timely(change: Change) -> str:
    before, after, found = change.before.timely_bp, change.after.timely_bp, change.timely_range
    if before is None or after is None or found is None:
        return ""
    told = {"before": percent(before), "after": percent(after)}
    if found.low > 0 or found.high < 0:
        low, high = sorted((abs(found.low), abs(found.high)))
        points = {"low": _points(low), "high": _points(high)}
        if found.low > 0:
            return _("Tepat waktu dari %(before)s menjadi %(after)s (naik %(low)s sampai %(high)s poin).") % (
                told | points
            )
        return _("Tepat waktu dari %(before)s menjadi %(after)s (turun %(low)s sampai %(high)s poin).") % (
            told | points
        )
    return _("Tepat waktu dari %(before)s menjadi %(after)s; perbedaan sekecil ini belum jelas.") % told


def _points(bp: int) -> str:
    return decimal(bp, POINTS, 0)


def _basis(found: MixChange, windows: Windows) -> str:
    """What is compared with what, and what was left out."""
    if not windows.before:
        return _("Belum ada bulan utuh sebelum perubahan ini yang dapat dibandingkan.")
    if not windows.after:
        return _("Belum ada bulan utuh sesudah perubahan ini.")
    told = _("%(first)s permohonan (%(before)s) dibandingkan dengan %(second)s permohonan (%(after)s).") % {
        "first": whole(found.plain.before.finished),
        "before": span_words(windows.before),
        "second": whole(found.plain.after.finished),
        "after": span_words(windows.after),
    }
    parts = [told]
    if windows.left_out:
        parts.append(_("Bulan peralihan (%(month)s) tidak dihitung.") % {"month": month_name(windows.left_out)})
    if found.adjusted.verdict is Verdict.TOO_FEW:
        least = ngettext(
            "Masing-masing perlu sekurangnya %(n)s permohonan selesai.",
            "Masing-masing perlu sekurangnya %(n)s permohonan selesai.",
            LEAST_FINISHED,
        )
        parts.append(least % {"n": whole(LEAST_FINISHED)})
    return " ".join(parts)


def _mix(found: MixChange) -> str:
    """That the mix of services is held, and what it alone would have pretended."""
    held = _("Susunan layanan dianggap tetap seperti sebelum perubahan.")
    plain, by_mix = found.plain.minutes, found.by_mix_minutes
    if plain is None or by_mix is None:
        return held
    told = {"plain": _moved(plain), "mix": _moved(by_mix)}
    if by_mix:
        held = (
            held
            + " "
            + _("Tanpa itu perubahannya %(plain)s; %(mix)s di antaranya hanya karena susunannya lain.") % told
        )
    if found.covered_bp < 10_000:
        share = {"share": percent(found.covered_bp)}
        held = held + " " + _("Yang dapat dibandingkan %(share)s dari permohonan sebelumnya.") % share
    return held


def _moved(minutes: int) -> str:
    if minutes < 0:
        return _("lebih cepat %(time)s") % {"time": working_time(-minutes)}
    return _("lebih lambat %(time)s") % {"time": working_time(minutes)}
