"""Where one's own plan stands, in a word and a sentence: whose turn it is, and until when."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from terang.planning.plans.models import Plan, PlanState, PlanVersion, VersionState
from terang.planning.plans.years import plan_due
from terang.registry.people.appraisers import Appraiser
from terang.web.numbers import longdate

KINDS = {
    VersionState.DRAFT: "attention",
    VersionState.SUBMITTED: "quiet",
    VersionState.DISCUSSED: "attention",
    VersionState.AGREED: "ok",
    VersionState.DISCARDED: "quiet",
}


@dataclass(frozen=True)
class NextStep:
    """`word` with its `kind` for a badge, `turn` who owns the next step (empty: nobody has to), `text` what it is."""

    word: str
    kind: str
    turn: str
    text: str


def next_step(plan: Plan, version: PlanVersion | None, appraiser: Appraiser | None, today: date) -> NextStep:
    """What comes next for the person whose plan it is; `version` is the open one, else the one in force."""
    if plan.state == PlanState.CLOSED:
        words = {"day": longdate(plan.period_end)}
        return NextStep(gettext("Ditutup"), "quiet", "", gettext("Rencana ini ditutup sebelum %(day)s.") % words)
    if version is None:
        text = gettext("Rencana ini tersimpan tanpa naskah. Hubungi pengelola kepegawaian bila perlu diubah.")
        return NextStep(str(PlanState(plan.state).label), "quiet", "", text)
    state = VersionState(version.state)
    turn, text = _SAYS[state](plan, version, appraiser, today)
    return NextStep(str(state.label), KINDS[state], turn, text)


def _draft(plan: Plan, version: PlanVersion, appraiser: Appraiser | None, today: date) -> tuple[str, str]:
    if version.number > 1:
        return gettext("Anda"), gettext("Tulis perubahannya, lalu ajukan. Rencana lama berlaku sampai ini disepakati.")
    due = plan_due(plan.period_start)
    if plan.period_start > due:
        return gettext("Anda"), gettext("Lengkapi rencana ini, lalu ajukan.")
    words = {"day": longdate(due)}
    if today > due:
        return gettext("Anda"), gettext("Lengkapi, lalu ajukan. Batas kesepakatan %(day)s sudah lewat.") % words
    return gettext("Anda"), gettext("Lengkapi, lalu ajukan. SKP disepakati paling lambat %(day)s.") % words


def _submitted(plan: Plan, version: PlanVersion, appraiser: Appraiser | None, today: date) -> tuple[str, str]:
    name = appraiser.employee.name if appraiser else gettext("Penilai")
    words = {"name": name, "day": longdate(version.answer_due)}
    if version.answer_due and version.answer_due < today:
        text = gettext("Batas jawaban %(day)s terlewat. Atasan %(name)s kini juga dapat menjawab.") % words
        return gettext("%(name)s atau atasannya") % words, text
    return name, gettext("%(name)s menjawab paling lambat %(day)s. Sesudah itu atasannya juga dapat menjawab.") % words


def _discussed(plan: Plan, version: PlanVersion, appraiser: Appraiser | None, today: date) -> tuple[str, str]:
    return gettext("Anda"), gettext("Baca tanggapan penilai, perbaiki yang perlu, lalu ajukan lagi.")


def _agreed(plan: Plan, version: PlanVersion, appraiser: Appraiser | None, today: date) -> tuple[str, str]:
    words = {"day": longdate(version.agreed_at), "name": version.agreed_by.name if version.agreed_by else ""}
    return "", gettext("Disepakati %(name)s pada %(day)s.") % words


def _discarded(plan: Plan, version: PlanVersion, appraiser: Appraiser | None, today: date) -> tuple[str, str]:
    return "", gettext("Perubahan ini dibatalkan.")


_SAYS = {
    VersionState.DRAFT: _draft,
    VersionState.SUBMITTED: _submitted,
    VersionState.DISCUSSED: _discussed,
    VersionState.AGREED: _agreed,
    VersionState.DISCARDED: _discarded,
}
