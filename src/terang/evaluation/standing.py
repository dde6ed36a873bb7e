"""Where a person stands: the one change to tell, and where the total is against the standard, with what helps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from terang.audit.secrecy import UNTIMED
from terang.evaluation import wording
from terang.evaluation.advice import advice, drags
from terang.evaluation.explanation import Explanation
from terang.evaluation.models import Period, Score
from terang.web.numbers import clock, longdate, percent, score, shows_change


@dataclass(frozen=True)
class Pull:
    """A measure that pulls the total down, in words, with what helps."""

    label: str
    text: str
    help: str


@dataclass(frozen=True)
class Standing:
    """What stands beside a total. `before_bp`: the total of the period before; texts may be empty.

    `from_bp` and `since` are the one change a page tells: the total it is counted from, and when that was in words.
    """

    before_bp: int | None
    from_bp: int | None
    since: str
    below: str
    warned: bool
    pulls: tuple[Pull, ...]
    thin: str


def standing(told: Explanation, history: Sequence[Score], today: date) -> Standing:
    """`history`: the person's scores with their periods, in any order."""
    before = next((each for each in history if each.period.ends_on == told.score.period.starts_on), None)
    return stand(told, before.total_bp if before else None, before.period if before else None, today)


def stand(told: Explanation, before_bp: int | None, before: Period | None, today: date) -> Standing:
    """As `standing`, with the total of the period before already known."""
    found = told.score
    last = last_change(found, today)
    against = _("dibanding %(period)s") % {"period": before.title} if before and before_bp is not None else ""
    return Standing(
        before_bp=before_bp,
        from_bp=found.previous_bp if last else before_bp,
        since=last or against,
        below=below(told) if found.below_standard else "",
        warned=found.warned_on is not None and found.below_standard,
        pulls=pulls(told) if found.below_standard else (),
        thin="" if told.enough else thin(told),
    )


def last_change(found: Score, today: date) -> str:
    """Since when the total is another one: "sejak kegiatan diterima pukul 10.42"; empty where it has not changed within
    the period, or by so little that a page would show 0,0.

    A citizen's answer is told by the day only: the minute beside a finished request would name the citizen.
    """
    if found.total_bp is None or found.previous_bp is None or found.changed_at is None:
        return ""
    if not shows_change(found.total_bp - found.previous_bp):
        return ""
    moment = timezone.localtime(found.changed_at)
    when = (
        _("pukul %(time)s") % {"time": clock(moment)}
        if moment.date() == today and found.cause not in UNTIMED
        else _("tanggal %(day)s") % {"day": longdate(moment)}
    )
    return _("sejak %(cause)s %(when)s") % {"cause": wording.cause(found.cause), "when": when}


def below(told: Explanation) -> str:
    """Since when the total is below the standard, and what the standard is."""
    words = {"standard": score(told.policy.standard_bp), "since": longdate(told.score.below_since)}
    return _("Di bawah standar %(standard)s sejak %(since)s.") % words


def pulls(told: Explanation) -> tuple[Pull, ...]:
    """Which measures pull the total down, most first."""
    return tuple(
        Pull(
            wording.measure_label(drag.measure),
            _("%(value)s, kurang %(points)s poin dari nilai penuh")
            % {"value": percent(drag.score_bp), "points": score(drag.lost_bp)},
            advice(drag.measure),
        )
        for drag in drags(line.stored for line in told.measures)
    )


def thin(told: Explanation) -> str:
    """Why there is no total yet."""
    words = {"coverage": percent(told.score.coverage_bp), "least": percent(told.policy.least_coverage_bp)}
    return _("Baru %(coverage)s bobot punya bukti; kebijakan meminta sedikitnya %(least)s.") % words
