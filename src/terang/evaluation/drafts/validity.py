"""From when a policy may hold, and what that means for the periods that run."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _

from terang.evaluation.models import PolicyVersion
from terang.evaluation.periods import period_title, span_of
from terang.evaluation.policies import rules_of
from terang.evaluation.selectors import newest_begun
from terang.rules.policies import Policy, Problem
from terang.rules.sentences import Sentence
from terang.web.numbers import longdate


def problems_with_day(policy: Policy, versions: Sequence[PolicyVersion], today: date) -> list[Problem]:
    """Why a policy may not hold from its day on; nothing for the first policy of a government, which judges whatever
    came before it.

    A later one never begins in the past: nobody is judged by a rule that nobody could know. Another kind of period
    begins only where a period of the old kind and one of the new kind begin, so that no day belongs to two or none.
    """
    before = _replaced(policy.valid_from, versions)
    if before is None:
        return []
    if policy.valid_from < today:
        message = Sentence("sudah lewat.")
        hint = Sentence("Pilih hari ini atau sesudahnya: aturan tidak berlaku surut.")
        return [Problem("valid_from", message, hint)]
    kinds = (rules_of(before).period_kind, policy.period_kind)
    if kinds[0] != kinds[1] and any(span_of(kind, policy.valid_from).start != policy.valid_from for kind in kinds):
        message = Sentence("jenis periodenya berubah, jadi harus mulai di awal periode yang lama dan yang baru.")
        day = {"day": longdate(_both_begin(kinds, policy.valid_from))}
        return [Problem("valid_from", message, Sentence("Hari terdekat: %(day)s.", day))]
    return []


def _replaced(day: date, versions: Sequence[PolicyVersion]) -> PolicyVersion | None:
    """The version in force on a day; a first policy replaces none."""
    return newest_begun(list(versions), day)


def _both_begin(kinds: Sequence[str], day: date) -> date:
    """The first day from `day` on that begins a period of every kind."""
    while any(span_of(kind, day).start != day for kind in kinds):
        day = max(day + timedelta(days=1), min(span_of(kind, day).end for kind in kinds))
    return day


def consequences(policy: Policy, versions: Sequence[PolicyVersion], today: date) -> list[str]:
    """What happens to running and coming periods, one sentence each: a period is judged from its first day to its last
    by the policy in force on its first day."""
    before = _replaced(policy.valid_from, versions)
    first = _first_judged(policy)
    judged = _("Penilaian memakai versi ini mulai periode %(period)s.")
    told = {"period": period_title(policy.period_kind, first)}
    if before is None:
        return [
            _("Ini kebijakan pertama. Periode yang berjalan, %(period)s, langsung dinilai dengannya.")
            % {"period": period_title(policy.period_kind, span_of(policy.period_kind, today).start)}
        ]
    running = span_of(rules_of(before).period_kind, max(today, policy.valid_from - timedelta(days=1)))
    stays = _("Periode %(period)s tetap dinilai dengan versi %(number)s sampai berakhir; nilainya tidak berubah.") % {
        "period": period_title(running.kind, running.start),
        "number": (_replaced(running.start, versions) or before).version,
    }
    sentences = [judged % told]
    if running.start < policy.valid_from:
        sentences.insert(0, stays)
    sentences.append(
        _("Irama catatan, batas jawaban, dan faktor kedua berlaku sejak tanggal itu juga, tanpa menunggu periode.")
    )
    if later := min((each for each in versions if each.valid_from > policy.valid_from), default=None, key=_day):
        sentences.append(
            _("Versi %(number)s sudah terbit dan menggantikannya sejak %(day)s.")
            % {"number": later.version, "day": longdate(later.valid_from)}
        )
    return sentences


def _day(version: PolicyVersion) -> date:
    return version.valid_from


def _first_judged(policy: Policy) -> date:
    """The first day of the first period that begins while the policy holds."""
    span = span_of(policy.period_kind, policy.valid_from)
    return span.start if span.start == policy.valid_from else span.end
