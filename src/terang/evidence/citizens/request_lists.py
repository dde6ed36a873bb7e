"""How requests are listed. No list holds anything about the applicant."""

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.evidence.citizens.explanation import standard_of
from terang.evidence.citizens.models import RequestState, ServiceRequest
from terang.evidence.citizens.request_selectors import is_overdue
from terang.evidence.citizens.working_time import working_time
from terang.web.numbers import longdate, longtime
from terang.web.tables import ChoiceFilter, Column, Table, TextFilter
from terang.web.templatetags.terang import badge

KINDS = {
    RequestState.SUBMITTED: "attention",
    RequestState.CHECKING: "attention",
    RequestState.RETURNED: "quiet",
    RequestState.PROCESSING: "quiet",
    RequestState.READY: "ok",
    RequestState.DELIVERED: "ok",
    RequestState.REFUSED: "wrong",
    RequestState.CANCELLED: "quiet",
}


def state_badge(row: ServiceRequest) -> SafeString:
    """The state in a word; what is overdue says so first."""
    if is_overdue(row, timezone.now()):
        return badge(gettext("lewat janji"), "wrong")
    return badge(str(RequestState(row.state).label), KINDS[RequestState(row.state)])


def _in_time(row: ServiceRequest) -> SafeString:
    if row.actual_minutes is None:
        return badge(gettext("tidak tercatat"), "quiet")
    if row.actual_minutes <= standard_of(row):
        return badge(gettext("tepat waktu"), "ok")
    return badge(gettext("melewati standar"), "attention")


def _service() -> Column:
    return Column(
        "service", _("Layanan"), lambda row: row.service.name, head=True, link=lambda row: row.get_absolute_url()
    )


FINISHED = Table(
    name="permohonan-selesai",
    caption=_("Permohonan selesai"),
    order="-completed_at",
    columns=[
        Column("completed", _("Selesai"), lambda row: longdate(row.completed_at), sort="completed_at"),
        _service(),
        Column("code", _("Nomor"), lambda row: row.tracking_code),
        Column(
            "time",
            _("Waktu"),
            lambda row: working_time(row.actual_minutes) if row.actual_minutes is not None else "",
            sort="actual_minutes",
            raw=lambda row: row.actual_minutes,
            number=True,
        ),
        Column("in_time", _("Standar"), _in_time),
    ],
    filters=[TextFilter("q", _("Cari"), ["tracking_code", "service__name"])],
    empty=(_("Belum ada permohonan selesai"), _("Permohonan yang Anda selesaikan tampil di sini.")),
)

QUEUE = Table(
    name="antrean-permohonan",
    caption=_("Permohonan yang belum ada hasilnya"),
    columns=[
        _service(),
        Column("code", _("Nomor"), lambda row: row.tracking_code),
        Column("state", _("Status"), state_badge, sort="state"),
        Column("officer", _("Petugas"), lambda row: row.officer.name if row.officer else gettext("belum ada")),
        Column("received", _("Diterima"), lambda row: longtime(row.received_at), sort="received_at"),
        Column(
            "due",
            _("Dijanjikan"),
            lambda row: longtime(row.due_at) if row.due_at else gettext("setelah berkas lengkap"),
            sort="due_at",
        ),
    ],
    filters=[
        TextFilter("q", _("Cari"), ["tracking_code", "service__name", "officer__name"]),
        ChoiceFilter("status", _("Status"), RequestState.choices[:4], "state"),
    ],
    empty=(_("Tidak ada permohonan yang menunggu"), _("Permohonan baru tampil di sini begitu masuk.")),
)
