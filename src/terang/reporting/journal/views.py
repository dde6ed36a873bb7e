from dataclasses import replace

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _

from terang.audit.selectors import worker_status
from terang.registry.people.access import require_viewer
from terang.registry.people.viewer import Viewer
from terang.reporting.journal import selectors, wording
from terang.web.htmx import render
from terang.web.tables import ChoiceFilter, Column, Table, TextFilter

COLUMNS = [
    Column("at", _("Waktu"), wording.when, raw=wording.when_exactly),
    Column("what", _("Apa yang terjadi"), wording.what_happened, head=True),
    Column("subject", _("Tentang"), lambda entry: entry.subject_name or "–"),
    Column("unit", _("Unit"), lambda entry: entry.unit_name or "–"),
    Column("changes", _("Perubahan"), lambda entry: wording.what_changed(entry) or "–"),
    Column("reason", _("Alasan"), lambda entry: entry.reason or "–"),
]
SEAL = Column("position", _("Nomor segel"), lambda entry: entry.position or _("belum disegel"), number=True)
EMPTY = (_("Belum ada jejak"), _("Di sini tercatat setiap perubahan yang boleh Anda lihat: siapa, kapan, dan mengapa."))
JOURNAL = Table(
    name="jejak",
    caption=_("Jejak perubahan"),
    columns=COLUMNS,
    filters=[
        TextFilter("q", _("Nama"), ["actor_name", "subject_name"]),
        ChoiceFilter("peristiwa", _("Peristiwa"), wording.verbs, "verb"),
    ],
    empty=EMPTY,
)
HISTORY = Table(name="riwayat", caption=_("Siapa mengubah ini"), columns=COLUMNS, empty=EMPTY)


def journal(request: HttpRequest) -> HttpResponseBase:
    """The journal of the viewer's area; for everybody else what is recorded about themselves."""
    viewer = require_viewer(request.viewer)  # type: ignore[attr-defined]
    table = _for(viewer, JOURNAL).bind(request, selectors.entries_visible(viewer))
    context = {"table": table, "reads_all": selectors.reads_all(viewer), "worker": worker_status()}
    return table.export() or render(request, "journal/journal.html", "journal/_table.html", context)


def history(request: HttpRequest, object_type: str, object_id: int) -> HttpResponseBase:
    """Who changed one object, as far as the viewer may read it."""
    viewer = require_viewer(request.viewer)  # type: ignore[attr-defined]
    table = _for(viewer, HISTORY).bind(request, selectors.history_of(object_type, object_id, viewer))
    return table.export() or render(request, "journal/history.html", "journal/_table.html", {"table": table})


def _for(viewer: Viewer, table: Table) -> Table:
    """With the numbers under seal for who may read them: a missing number would tell the minute as well."""
    return replace(table, columns=[*table.columns, SEAL]) if selectors.reads_seals(viewer) else table
