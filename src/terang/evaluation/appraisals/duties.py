"""What the official evaluation asks of a person today: to rate, to hand over, to receive, to explain, to decide."""

from collections import Counter
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from terang.evaluation.appraisals.access import may_keep, may_rate
from terang.evaluation.appraisals.models import Appraisal, AppraisalState, RatingWindow
from terang.evaluation.appraisals.raters import is_closed, turns_of
from terang.evaluation.appraisals.selectors import objections_to_answer, objections_to_decide, open_windows, windows_of
from terang.registry.people.viewer import Viewer
from terang.web.duties import Duty
from terang.web.numbers import grouped, longdate

MOST_SHOWN = 3


def waiting_for(viewer: Viewer) -> list[Duty]:
    """Six queries for who appraises nobody, about twenty more for each of at most three windows otherwise."""
    return [*_own(viewer), *_objections(viewer), *_to_rate(viewer), *_to_hand_over(viewer), *_to_measure(viewer)]


def _own(viewer: Viewer) -> Iterator[Duty]:
    rows = Appraisal.objects.filter(
        employee=viewer.employee, state__in=(AppraisalState.HANDED, AppraisalState.RECEIVED)
    )
    for row in rows.select_related("window__period").order_by("handed_on", "pk")[:MOST_SHOWN]:
        title = gettext("Hasil evaluasi %(period)s") % {"period": row.window.period.title}
        handed = row.state == AppraisalState.HANDED
        detail = gettext("Baca, lalu nyatakan sudah menerima") if handed else gettext("Setujui, atau ajukan keberatan")
        yield Duty(title, detail, "attention" if handed else "quiet", row.get_absolute_url())


def _objections(viewer: Viewer) -> Iterator[Duty]:
    waiting = [(each, gettext("Jelaskan penilaian Anda")) for each in objections_to_answer(viewer)[:MOST_SHOWN]]
    waiting += [(each, gettext("Putuskan keberatan")) for each in objections_to_decide(viewer)[:MOST_SHOWN]]
    for each, asked in waiting:
        title = gettext("Keberatan %(name)s") % {"name": each.appraisal.employee.name}
        late = each.decision_due < viewer.today
        detail = gettext("%(asked)s, paling lambat %(day)s") % {"asked": asked, "day": longdate(each.decision_due)}
        yield Duty(title, detail, "wrong" if late else "attention", each.appraisal.get_absolute_url())


def _to_rate(viewer: Viewer) -> Iterator[Duty]:
    if not may_rate(viewer):
        return
    for window in open_windows(viewer.agency_id, viewer)[:MOST_SHOWN]:
        if number := _undecided(viewer, window):
            told = {"n": grouped(number), "period": window.period.title}
            words = ngettext("%(n)s orang belum dinilai: %(period)s", "%(n)s orang belum dinilai: %(period)s", number)
            detail = (
                gettext("Masa penilaian lewat; sekarang giliran Anda")
                if is_closed(window, viewer.today)
                else gettext("Sampai %(day)s") % {"day": longdate(window.closes_on)}
            )
            yield Duty(words % told, detail, "attention", reverse("appraisals:desk", args=[window.pk]))


def _undecided(viewer: Viewer, window: RatingWindow) -> int:
    """How many people whose turn is the viewer's are not decided yet: the rule of the desk."""
    ids = turns_of(viewer.employee, window, viewer.today)
    done = Appraisal.objects.filter(window=window, employee__in=ids).exclude(state=AppraisalState.DRAFT)
    return len(ids) - done.count()


def _to_hand_over(viewer: Viewer) -> Iterator[Duty]:
    rows = Appraisal.objects.filter(
        rater=viewer.employee, state=AppraisalState.DECIDED, window__period__closed_at=None
    ).select_related("window__period")
    windows = {row.window_id: row.window for row in rows}
    waiting = Counter(row.window_id for row in rows)
    for pk, number in waiting.most_common(MOST_SHOWN):
        told = {"n": grouped(number), "period": windows[pk].period.title}
        words = ngettext(
            "%(n)s penilaian belum diserahkan: %(period)s", "%(n)s penilaian belum diserahkan: %(period)s", number
        )
        detail = gettext("Sudah ditetapkan; pegawai menunggu")
        yield Duty(words % told, detail, "attention", reverse("appraisals:desk", args=[pk]))


def _to_measure(viewer: Viewer) -> Iterator[Duty]:
    if not may_keep(viewer):
        return
    running = windows_of(viewer.agency_id).filter(opens_on__lte=viewer.today, closes_on__gte=viewer.today)
    for window in running.filter(organisations=None)[:MOST_SHOWN]:
        title = gettext("Predikat organisasi %(period)s") % {"period": window.period.title}
        detail = gettext("Penilai menunggu: capaian organisasi ditetapkan lebih dahulu")
        yield Duty(title, detail, "attention", reverse("appraisals:organisations", args=[window.pk]))
