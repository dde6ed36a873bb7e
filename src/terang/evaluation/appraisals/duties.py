"""What the official evaluation asks of a person today: to rate, to hand over, to receive, to explain, to decide."""

from collections import Counter
from collections.abc import Collection, Iterator

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from terang.evaluation.appraisals.access import may_keep, may_rate
from terang.evaluation.appraisals.models import Alignment, Appraisal, AppraisalState, CarryOver, Objection, RatingWindow
from terang.evaluation.appraisals.raters import last_day, turns_of
from terang.evaluation.appraisals.selectors import objections_to_answer, objections_to_decide, open_windows, windows_of
from terang.registry.people.viewer import Viewer
from terang.web.duties import Duty
from terang.web.numbers import grouped, longdate

MOST_SHOWN = 3


def waiting_for(viewer: Viewer) -> list[Duty]:
    """Eight queries for who appraises nobody, about twenty more for each of at most three windows otherwise."""
    return [
        *_own(viewer),
        *_carries(viewer),
        *_objections(viewer),
        *_to_rate(viewer),
        *_to_hand_over(viewer),
        *_of_keeper(viewer),
    ]


def _own(viewer: Viewer) -> Iterator[Duty]:
    rows = Appraisal.objects.filter(
        employee=viewer.employee, state__in=(AppraisalState.HANDED, AppraisalState.RECEIVED)
    )
    for row in rows.select_related("window__period").order_by("handed_on", "pk")[:MOST_SHOWN]:
        title = gettext("Hasil evaluasi %(period)s") % {"period": row.window.period.title}
        handed = row.state == AppraisalState.HANDED
        detail = gettext("Baca, lalu nyatakan sudah menerima") if handed else gettext("Setujui, atau ajukan keberatan")
        yield Duty(title, detail, "attention" if handed else "quiet", row.get_absolute_url())


def _carries(viewer: Viewer) -> Iterator[Duty]:
    rows = CarryOver.objects.filter(
        appraisal__employee=viewer.employee, answer="", appraisal__state=AppraisalState.DRAFT
    )
    for row in rows.select_related("appraisal__window__period", "earlier__window__period")[:MOST_SHOWN]:
        told = {"period": row.appraisal.window.period.title, "earlier": row.earlier.window.period.title}
        title = gettext("Evaluasi %(period)s: pakai hasil %(earlier)s?") % told
        detail = gettext("Penilai mengusulkannya karena Anda pindah; setujui atau tolak")
        yield Duty(title, detail, "attention", reverse("appraisals:carry", args=[row.pk]))


def _objections(viewer: Viewer) -> Iterator[Duty]:
    waiting = [(each, gettext("Jelaskan penilaian Anda")) for each in objections_to_answer(viewer)[:MOST_SHOWN]]
    waiting += [(each, gettext("Putuskan keberatan")) for each in objections_to_decide(viewer)[:MOST_SHOWN]]
    for each, asked in waiting:
        title = gettext("Keberatan %(name)s") % {"name": each.appraisal.employee.name}
        late = each.decision_due < viewer.today
        detail = gettext("%(asked)s, paling lambat %(day)s") % {"asked": asked, "day": longdate(each.decision_due)}
        yield Duty(
            title, detail, "wrong" if late else "attention", each.appraisal.get_absolute_url(), each.decision_due
        )


def _to_rate(viewer: Viewer) -> Iterator[Duty]:
    if not may_rate(viewer):
        return
    for window in open_windows(viewer)[:MOST_SHOWN]:
        ids = turns_of(viewer.employee, window, viewer.today)
        if number := _undecided(window, ids):
            until = last_day(window, ids, viewer.today)
            told = {"n": grouped(number), "period": window.period.title}
            words = ngettext("%(n)s orang belum dinilai: %(period)s", "%(n)s orang belum dinilai: %(period)s", number)
            detail = (
                gettext("Masa penilaian lewat; sekarang giliran Anda")
                if viewer.today > until
                else gettext("Sampai %(day)s") % {"day": longdate(until)}
            )
            yield Duty(words % told, detail, "attention", reverse("appraisals:desk", args=[window.pk]), until)


def _undecided(window: RatingWindow, ids: Collection[int]) -> int:
    """How many of these people, whose turn is the viewer's, are not decided yet: the rule of the desk."""
    done = Appraisal.objects.filter(window=window, employee__in=ids).exclude(state=AppraisalState.DRAFT)
    return len(ids) - done.count()


def _to_hand_over(viewer: Viewer) -> Iterator[Duty]:
    rows = Appraisal.objects.filter(
        rater=viewer.employee, state=AppraisalState.DECIDED, window__period__closed_at=None
    ).exclude(alignment=Alignment.OPEN)
    rows = rows.select_related("window__period")
    windows = {row.window_id: row.window for row in rows}
    waiting = Counter(row.window_id for row in rows)
    for pk, number in waiting.most_common(MOST_SHOWN):
        told = {"n": grouped(number), "period": windows[pk].period.title}
        words = ngettext(
            "%(n)s penilaian belum diserahkan: %(period)s", "%(n)s penilaian belum diserahkan: %(period)s", number
        )
        detail = gettext("Sudah ditetapkan; pegawai menunggu")
        yield Duty(words % told, detail, "attention", reverse("appraisals:desk", args=[pk]))


def _of_keeper(viewer: Viewer) -> Iterator[Duty]:
    if may_keep(viewer):
        yield from _to_measure(viewer)
        yield from _undecidable(viewer)


def _undecidable(viewer: Viewer) -> Iterator[Duty]:
    """Objections nobody can decide since their decider left."""
    rows = Objection.objects.filter(outcome="", decider=None, appraisal__employee__agency=viewer.agency_id)
    for row in rows.select_related("appraisal__rater").order_by("decision_due", "pk")[:MOST_SHOWN]:
        title = gettext("Keberatan atas penilaian %(name)s tanpa pemutus") % {"name": row.appraisal.rater.name}
        detail = gettext("Tetapkan pejabat penilai bagi penilainya; keberatan lalu beralih kepadanya")
        yield Duty(title, detail, "wrong", reverse("people:person", args=[row.appraisal.rater_id]))


def _to_measure(viewer: Viewer) -> Iterator[Duty]:
    running = windows_of(viewer.agency_id).filter(opens_on__lte=viewer.today, closes_on__gte=viewer.today)
    for window in running.filter(organisations=None)[:MOST_SHOWN]:
        title = gettext("Predikat organisasi %(period)s") % {"period": window.period.title}
        detail = gettext("Penilai menunggu: capaian organisasi ditetapkan lebih dahulu")
        yield Duty(title, detail, "attention", reverse("appraisals:organisations", args=[window.pk]))
