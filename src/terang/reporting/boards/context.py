"""The navigation of every page, by what the viewer is today. One query: what came back, and what is new."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from terang.evaluation.closing.access import may_read as may_read_closings
from terang.evaluation.replay.access import may_read as may_replay
from terang.evidence.citizens.survey_access import may_read_any
from terang.evidence.complaints.access import may_open_desk
from terang.evidence.signals.access import may_oversee as may_ask_about
from terang.evidence.work.models import Entry, EntryState
from terang.registry.people.access import may_keep
from terang.registry.people.models import Employee, Role
from terang.registry.people.viewer import Viewer
from terang.reporting.analysis.access import may_open as may_analyse
from terang.reporting.boards import access
from terang.reporting.boards.times import access as times
from terang.reporting.documents.access import may_ask
from terang.reporting.notices.selectors import number_of, unread_number
from terang.web.navigation import NavItem


@dataclass(frozen=True)
class Door:
    """A page of the navigation: its group, its name among the addresses, and who sees it.

    It is marked on every page below its address, or below that of `room` where the room has more doors than this.
    """

    group: Any
    label: Any
    icon: str
    name: str
    opens: Callable[[Viewer], bool]
    room: str = ""


def _everybody(viewer: Viewer) -> bool:
    return True


def _sees_people(viewer: Viewer) -> bool:
    return viewer.is_head or viewer.has(Role.PERSONNEL, Role.OVERSIGHT, Role.AUDITOR, Role.REGIONAL_HEAD, Role.OPERATOR)


def _serves(viewer: Viewer) -> bool:
    return viewer.has(Role.SERVICE_OFFICER, Role.SERVICE_MANAGER)


def _keeps_keys(viewer: Viewer) -> bool:
    return viewer.has(Role.PERSONNEL, Role.OPERATOR)


_WORK, _PLAN, _JUDGED, _GROWTH, _HOUSE = _("Bekerja"), _("Rencana"), _("Penilaian"), _("Pengembangan"), _("Instansi")

DOORS = (
    Door("", _("Kota kami"), "globe", "boards:city", access.may_see_city),
    Door("", _("Hari ini"), "home", "boards:today", _everybody),
    Door("", _("Tim saya"), "people", "boards:team", access.leads),
    Door("", _("Meja kerja"), "inbox", "people:desk", access.may_keep_desk),
    Door("", _("Misi"), "flag", "boards:missions", access.may_see_missions),
    Door("", _("Pertanyaan"), "search", "signals:list", may_ask_about),
    Door(_WORK, _("Waktu layanan"), "clock", "boards:times_services", times.may_see_any),
    Door(_WORK, _("Kegiatan"), "list", "work:entries", _everybody),
    Door(_WORK, _("Layanan"), "chat", "citizens:requests", _serves, "citizens:services"),
    Door(_WORK, _("Pengaduan"), "bell", "complaints:desk", may_open_desk),
    Door(_WORK, _("Survei kepuasan"), "chart", "citizens:survey_desk", may_read_any),
    Door(_WORK, _("Kehadiran"), "calendar", "attendance:month", _everybody),
    Door(_PLAN, _("SKP saya"), "target", "plans:own", _everybody),
    Door(_PLAN, _("SKP tim"), "edit", "plans:team", access.leads),
    Door(_PLAN, _("Matriks"), "sort", "matrix:own", access.leads),
    Door(_PLAN, _("Sasaran"), "board", "goals:tree", _everybody),
    Door(_PLAN, _("Kamus indikator"), "search", "dictionary:entries", _everybody),
    Door(_JUDGED, _("Nilai saya"), "chart", "evaluation:mine", _everybody),
    Door(_JUDGED, _("Evaluasi"), "check", "appraisals:mine", _everybody),
    Door(_JUDGED, _("Tindak lanjut"), "arrow-up", "growth:mine", _everybody),
    Door(_JUDGED, _("Tunjangan"), "file", "allowance:mine", _everybody),
    Door(_JUDGED, _("Laporan"), "file", "reports:own", _everybody),
    Door(_JUDGED, _("Umpan balik"), "chat", "dialogue:mine", _everybody),
    Door(_JUDGED, _("Observasi"), "eye", "observation:mine", _everybody),
    Door(_JUDGED, _("Rekan"), "star", "colleagues:tickets", _everybody),
    Door(_JUDGED, _("Kebijakan"), "book", "evaluation:policy", _everybody),
    Door(_JUDGED, _("Penutupan"), "lock", "closing:periods", may_read_closings),
    Door(_JUDGED, _("Putar ulang"), "history", "replay:list", may_replay),
    Door(_JUDGED, _("Analisis"), "chart", "analysis:page", may_analyse),
    Door(_GROWTH, _("Bimbingan"), "chat", "coaching:mine", _everybody),
    Door(_GROWTH, _("Pelatihan"), "book", "training:mine", _everybody),
    Door(_GROWTH, _("Karier"), "flag", "career:mine", _everybody),
    Door(_GROWTH, _("Penghargaan"), "star", "awards:mine", _everybody),
    Door(_GROWTH, pgettext_lazy("cara kerja", "Penjelasan"), "info", "explainers:shelf", _everybody),
    Door(_GROWTH, _("Suara pegawai"), "chat", "pulse:results", _everybody),
    Door(_HOUSE, pgettext_lazy("banyak", "Pegawai"), "person", "people:list", _sees_people),
    Door(_HOUSE, pgettext_lazy("banyak", "Unit"), "building", "people:tree", _everybody),
    Door(_HOUSE, _("Dokumen unit"), "print", "documents:packets", may_ask),
    Door(_HOUSE, _("Penyimpanan berkas"), "file", "custody:rules", may_keep),
    Door(_HOUSE, _("Pelindungan data"), "shield", "privacy:register", _everybody),
    Door(_HOUSE, _("e-Kinerja"), "sort", "interchange:national", _everybody),
    Door(_HOUSE, _("Kunci program"), "lock", "interchange:keys", _keeps_keys),
    Door(_HOUSE, _("Penerima kabar"), "bell", "interchange:webhooks", _keeps_keys),
    Door(_HOUSE, _("Kalender"), "clock", "organization:calendar", _everybody),
    Door(_HOUSE, _("Jejak"), "history", "audit:journal", _everybody),
)
"""In the order of the menu. On a phone the first four are at hand; the order is that of the role's day."""


def navigation(request: HttpRequest) -> dict[str, Any]:
    """`navigation` for the shell, and `news`, the number of news not read yet; nothing for who is not signed in or
    belongs to no employee."""
    viewer = getattr(request, "viewer", None)
    if not viewer:
        return {"navigation": []}
    doors = [door for door in DOORS if door.opens(viewer)]
    items = [NavItem(str(door.label), reverse(door.name), door.icon) for door in doors]
    heads = [str(door.group) if before is None or door.group != before.group else "" for before, door in _pairs(doors)]
    rooms = [reverse(door.room or door.name) for door in doors]
    current = _current(list(zip(rooms, items, strict=True)), request.path)
    waiting, news = _counts(viewer)
    work = reverse("work:entries")
    return {
        "navigation": [
            NavItem(item.label, item.url, item.icon, item is current, waiting if item.url == work else 0, head)
            for item, head in zip(items, heads, strict=True)
        ],
        "news": news,
    }


def _pairs(doors: Sequence[Door]) -> Iterable[tuple[Door | None, Door]]:
    """Each door with the one before it."""
    return zip([None, *doors], doors, strict=False)


def _current(items: Sequence[tuple[str, NavItem]], path: str) -> NavItem | None:
    """The item whose room's address is the longest beginning of the path."""
    above = [(room, item) for room, item in items if path.startswith(room)]
    return max(above, key=lambda each: len(each[0]), default=("", None))[1]


def _counts(viewer: Viewer) -> tuple[int, int]:
    """How many own entries came back with a note, and how many news are unread. 1 query."""
    returned = Entry.objects.filter(employee=OuterRef("pk"), state=EntryState.RETURNED)
    own = Employee.objects.filter(pk=viewer.employee.pk)
    return own.values_list(number_of(returned), unread_number(viewer)).get()
