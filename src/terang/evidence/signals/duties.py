"""What questions ask of a person today: to explain one, and for overseers to look at new ones, decide heard ones and
follow referred ones."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from terang.evidence.signals.access import in_area, may_oversee
from terang.evidence.signals.models import Signal, SignalState
from terang.evidence.signals.selectors import OPEN, asked_of, shared_with
from terang.evidence.signals.sources import kind_title
from terang.registry.people.viewer import Viewer
from terang.web.duties import Duty
from terang.web.numbers import grouped, longdate

MOST_SHOWN = 5
REFERRED = timedelta(days=14)
"""So long after a referral it stands among the duties of the team of the area: two weeks to plan a visit."""


def waiting_for(viewer: Viewer) -> list[Duty]:
    """Two queries; where something was shared at most eight more, for overseers at most twelve more."""
    return [*_to_explain(viewer), *_shared(viewer), *_to_handle(viewer)]


def _to_explain(viewer: Viewer) -> Iterator[Duty]:
    for signal in asked_of(viewer).filter(state=SignalState.ASKED)[:MOST_SHOWN]:
        late = signal.due_on is not None and signal.due_on < viewer.today
        words = gettext("Penjelasan Anda ditunggu; waktunya lewat %s") if late else gettext("Ditunggu sampai %s")
        title = gettext("Pertanyaan tim pengawas: %(kind)s") % {"kind": kind_title(signal.kind)}
        yield Duty(title, words % longdate(signal.due_on), "attention", signal.get_absolute_url(), signal.due_on)


def _shared(viewer: Viewer) -> Iterator[Duty]:
    for signal in shared_with(viewer).filter(state__in=OPEN)[:MOST_SHOWN]:
        title = gettext("Pertanyaan tim pengawas kepada %(name)s") % {"name": signal.subject}
        yield Duty(title, gettext("Dibagikan kepada Anda untuk dibaca"), "quiet", signal.get_absolute_url())


def _to_handle(viewer: Viewer) -> Iterator[Duty]:
    if not may_oversee(viewer):
        return
    late = Q(state=SignalState.ASKED, due_on__lt=viewer.today)
    told = Signal.objects.filter(in_area(viewer)).aggregate(
        new=Count("pk", filter=Q(state=SignalState.NEW)),
        referred=Count("pk", filter=Q(state=SignalState.REFERRED, decided_at__gte=timezone.now() - REFERRED)),
        heard=Count("pk", filter=Q(state=SignalState.EXPLAINED) | late),
    )
    if number := told["heard"]:
        words = ngettext("%(n)s pertanyaan menunggu putusan", "%(n)s pertanyaan menunggu putusan", number)
        detail = gettext("Sudah dijelaskan, atau waktunya lewat")
        yield Duty(words % {"n": grouped(number)}, detail, "attention", reverse("signals:list"))
    if number := told["new"]:
        words = ngettext("%(n)s pertanyaan baru", "%(n)s pertanyaan baru", number)
        detail = gettext("Lihat catatannya, lalu tanyakan atau tutup")
        yield Duty(words % {"n": grouped(number)}, detail, "quiet", reverse("signals:list"))
    if number := told["referred"]:
        words = ngettext("%(n)s pertanyaan diteruskan", "%(n)s pertanyaan diteruskan", number)
        detail = gettext("Untuk kunjungan atau kepala inspektorat; catat kunjungannya dari pertanyaan itu")
        address = f"{reverse('signals:list')}?status={SignalState.REFERRED}"
        yield Duty(words % {"n": grouped(number)}, detail, "attention", address)
