"""How an officer's finished requests are listed."""

from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.evidence.citizens.models import ServiceRequest
from terang.evidence.citizens.working_time import working_time
from terang.web.numbers import longdate
from terang.web.tables import Column, Table, TextFilter
from terang.web.templatetags.terang import badge


def _in_time(row: ServiceRequest) -> SafeString:
    if row.actual_minutes is None:
        return badge(gettext("tidak tercatat"), "quiet")
    if row.actual_minutes <= row.service.standard_minutes:
        return badge(gettext("tepat waktu"), "ok")
    return badge(gettext("melewati standar"), "attention")


FINISHED = Table(
    name="permohonan-selesai",
    caption=_("Permohonan selesai"),
    order="-completed_at",
    columns=[
        Column("completed", _("Selesai"), lambda row: longdate(row.completed_at), sort="completed_at"),
        Column(
            "service", _("Layanan"), lambda row: row.service.name, head=True, link=lambda row: row.get_absolute_url()
        ),
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
