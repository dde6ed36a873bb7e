"""The stages of a chance to improve as a guide: what each is, its article, who acts, by when, whether it is done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from terang.follow_up.growth.models import CaseState, ImprovementCase, ImprovementStep
from terang.rules.improvement import improvement_rule

S = CaseState
ORDER = (S.PLANNED, S.PROPOSED, S.RUNNING, S.EVALUATED, S.FURTHER)


@dataclass(frozen=True)
class Stage:
    """`done_on` is missing while it is not done, `by` where no day is set. `now`: it is the one that waits."""

    title: str
    told: str
    article: str
    who: str
    by: date | None
    done_on: date | None
    now: bool


def stages_of(case: ImprovementCase, steps: Sequence[ImprovementStep]) -> list[Stage]:
    """Plan, agreement, months, end evaluation, and what comes after only where it came to that. No query."""
    rule = improvement_rule(case.opened_on)
    article, months = (rule.article, rule.months) if rule else ("", 0)
    leader = case.leader.name if case.leader else _("Belum ada pejabat penilai")
    told = [
        (
            S.PLANNED,
            _("Rencana"),
            _("Pimpinan menulis yang harus dicapai dan bantuan yang ditawarkan."),
            leader,
            None,
            case.proposed_at,
        ),
        (
            S.PROPOSED,
            _("Persetujuan"),
            _("Pegawai menyetujui, atau mengembalikan dengan alasan."),
            case.employee.name,
            None,
            case.agreed_at,
        ),
        (
            S.RUNNING,
            _("Masa perbaikan"),
            _("%(months)s bulan dengan pemeriksaan bersama setiap bulan dan bantuan yang ditulis.")
            % {"months": months},
            _("Berdua"),
            case.ends_on,
            case.evaluated_at,
        ),
        (
            S.EVALUATED,
            _("Penilaian akhir"),
            _("Pimpinan menilai dengan bukti; pegawai menanggapi sebelum apa pun berlanjut."),
            case.employee.name,
            None,
            case.answered_at,
        ),
    ]
    found = [
        Stage(
            title,
            words,
            article,
            who,
            by or (case.act_by if case.state == state else None),
            done.date() if done else None,
            case.state == state,
        )
        for state, title, words, who, by, done in told
    ]
    if case.state in (S.FURTHER, S.DECIDED):
        found += [_later(case, each) for each in steps]
        if case.state == S.FURTHER and not any(each.carried is None for each in steps):
            words = _("Kepegawaian menyiapkan usulan; sistem tidak memilihkan.")
            found.append(Stage(_("Langkah berikutnya"), words, article, _("Kepegawaian"), case.act_by, None, True))
    return found


def _later(case: ImprovementCase, step: ImprovementStep) -> Stage:
    waits = step.carried is None
    words = step.grounds if waits else step.outcome
    by = case.act_by if waits else None
    return Stage(_(step.label), words, step.article, step.decides, by, step.decided_on, waits)
