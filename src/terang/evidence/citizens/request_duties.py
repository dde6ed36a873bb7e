"""What requests ask of a person today: what is late, what came back with a wrong result or with what was missing, what
waits to be checked or taken; of managers, what is late at their units."""

from collections.abc import Iterator

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from terang.evidence.citizens.access import SERVING, below
from terang.evidence.citizens.models import RequestPause, RequestState, ServiceRequest
from terang.evidence.citizens.states import COUNTING, OPEN
from terang.registry.people.models import Role
from terang.registry.people.viewer import Viewer
from terang.web.duties import Duty


def waiting_for(viewer: Viewer) -> list[Duty]:
    """One query."""
    served = below("service__unit", viewer.paths(*SERVING), viewer.agency_id)
    managed = below("service__unit", viewer.paths(Role.SERVICE_MANAGER), viewer.agency_id)
    own, late = Q(officer_id=viewer.employee.pk), Q(state__in=COUNTING, due_at__lt=timezone.now())
    again = Q(state=RequestState.PROCESSING, reopened=True)
    checking = own & Q(state=RequestState.CHECKING)
    supplied = Q(Exists(RequestPause.objects.filter(request=OuterRef("pk"), ended_at__isnull=False)))
    counts = ServiceRequest.objects.filter(Q(state__in=OPEN) & (own | served)).aggregate(
        late=Count("pk", filter=own & late),
        again=Count("pk", filter=own & again),
        completed=Count("pk", filter=checking & supplied),
        check=Count("pk", filter=checking & ~supplied),
        free=Count("pk", filter=served & Q(state=RequestState.SUBMITTED, officer=None)),
        theirs=Count("pk", filter=managed & late & ~own),
    )
    return list(_duties(counts))


def _duties(counts: dict[str, int]) -> Iterator[Duty]:
    mine, queue = reverse("citizens:requests"), reverse("citizens:queue")
    if n := counts["late"]:
        text = ngettext("%(n)s permohonan lewat janji", "%(n)s permohonan lewat janji", n)
        yield Duty(text % {"n": n}, gettext("Waktu yang dijanjikan kepada warga sudah lewat"), "wrong", mine)
    if n := counts["again"]:
        text = ngettext("%(n)s permohonan dibuka kembali", "%(n)s permohonan dibuka kembali", n)
        yield Duty(text % {"n": n}, gettext("Hasilnya belum benar; perbaiki, lalu selesaikan lagi"), "attention", mine)
    if n := counts["completed"]:
        text = ngettext("%(n)s permohonan sudah dilengkapi", "%(n)s permohonan sudah dilengkapi", n)
        yield Duty(text % {"n": n}, gettext("Periksa yang baru datang; waktunya berjalan lagi"), "attention", mine)
    if n := counts["theirs"]:
        text = ngettext("%(n)s permohonan di unit Anda lewat janji", "%(n)s permohonan di unit Anda lewat janji", n)
        yield Duty(text % {"n": n}, gettext("Lihat siapa yang dapat membantu"), "attention", queue)
    if n := counts["check"]:
        text = ngettext("%(n)s berkas menunggu diperiksa", "%(n)s berkas menunggu diperiksa", n)
        yield Duty(text % {"n": n}, gettext("Waktunya sudah berjalan sejak berkas masuk"), "attention", mine)
    if n := counts["free"]:
        text = ngettext("%(n)s permohonan belum diambil", "%(n)s permohonan belum diambil", n)
        yield Duty(text % {"n": n}, gettext("Dari warga yang mengajukan dari rumah"), "quiet", f"{mine}?daftar=baru")
