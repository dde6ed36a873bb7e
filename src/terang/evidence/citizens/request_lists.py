"""How requests are listed. No list holds anything about the applicant."""

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext, pgettext
from django.utils.translation import gettext_lazy as _

from terang.evidence.citizens.explanation import standard_of
from terang.evidence.citizens.models import RequestState, ServiceRequest
from terang.evidence.citizens.request_selectors import is_overdue
from terang.evidence.citizens.working_time import working_time
from terang.web.icons import icon
from terang.web.numbers import longdate, longtime, whole
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
    again = row.reopened and row.state == RequestState.PROCESSING
    return badge(state_words(row), "attention" if again else KINDS[RequestState(row.state)])


def state_words(row: ServiceRequest) -> str:
    """The state; what ended without a result says by whom, what came back after one says that."""
    if row.state == RequestState.CANCELLED:
        return gettext("Tidak dilengkapi") if row.lapsed else gettext("Dibatalkan pemohon")
    if row.reopened and row.state == RequestState.PROCESSING:
        return gettext("Dibuka kembali")
    return str(RequestState(row.state).label)


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


def _number(row: ServiceRequest) -> str:
    if row.paper_number:
        return gettext("%(code)s, lembar %(n)s") % {"code": row.tracking_code, "n": row.paper_number}
    return f"{row.tracking_code}, {row.ticket}" if hasattr(row, "ticket") else row.tracking_code


def _step(row: ServiceRequest, verb: str, drawn: str, label: str) -> SafeString:
    """A button that does the next step with the form beside the table (`STEP_FORM`)."""
    url = reverse(f"citizens:{verb}", args=[row.pk])
    return format_html(
        '<button class="btn btn-small" form="{}" formaction="{}" name="version" value="{}">{}{}'
        '<span class="sr"> {}</span></button>',
        STEP_FORM,
        url,
        row.version,
        icon(drawn),
        label,
        row.tracking_code,
    )


def _next_step(row: ServiceRequest) -> SafeString:
    match row.state:
        case RequestState.SUBMITTED:
            return _step(row, "take", "inbox", gettext("Ambil"))
        case RequestState.PROCESSING:
            return _step(row, "complete", "check", pgettext("tombol", "Selesai"))
        case RequestState.READY:
            return _step(row, "deliver", "check", gettext("Serahkan"))
    label = gettext("Buka")
    return format_html('<a class="btn btn-small" href="{}">{}</a>', row.get_absolute_url(), label)


def _due(row: ServiceRequest) -> str | SafeString:
    """What was promised; what nobody took for days says so, since its promise does not run yet."""
    if row.due_at:
        return longtime(row.due_at)
    days = (timezone.now() - row.received_at).days
    if row.state == RequestState.SUBMITTED and days:
        words = ngettext("%(n)s hari belum diambil", "%(n)s hari belum diambil", days) % {"n": whole(days)}
        return badge(words, "attention")
    return gettext("setelah berkas lengkap")


def _until(row: ServiceRequest) -> str:
    """Of what was sent back, the last day the applicant has."""
    until = getattr(row, "until", None)
    return longdate(until) if until else gettext("tidak berbatas")


def _received() -> Column:
    return Column("received", _("Diterima"), lambda row: longtime(row.received_at), sort="received_at")


_SEARCH = TextFilter("q", _("Cari"), ["tracking_code", "service__name"])
STEP_FORM = "langkah-permohonan"
"""The id of the form that the buttons of a list send."""

IN_HAND = Table(
    name="permohonan-saya",
    caption=_("Permohonan yang Anda kerjakan"),
    columns=[
        _service(),
        Column("code", _("Nomor"), _number),
        Column("state", _("Status"), state_badge, sort="state"),
        Column("due", _("Dijanjikan"), _due, sort="due_at"),
        Column("step", _("Langkah"), _next_step),
    ],
    filters=[_SEARCH],
    exports=False,
    empty=(_("Tidak ada yang menunggu Anda"), _("Terima permohonan di loket, atau ambil yang belum diambil.")),
)

TO_TAKE = Table(
    name="permohonan-baru",
    caption=_("Permohonan yang belum diambil"),
    columns=[
        _service(),
        Column("code", _("Nomor"), _number),
        _received(),
        Column("step", _("Langkah"), _next_step),
    ],
    filters=[_SEARCH],
    exports=False,
    empty=(_("Semua sudah diambil"), _("Permohonan dari rumah tampil di sini begitu masuk.")),
)

WAITING = Table(
    name="permohonan-menunggu",
    caption=_("Permohonan yang menunggu pemohon"),
    columns=[
        _service(),
        Column("code", _("Nomor"), _number),
        Column("state", _("Status"), state_badge, sort="state"),
        Column("until", _("Ditunggu sampai"), _until),
        Column("step", _("Langkah"), _next_step),
    ],
    filters=[_SEARCH],
    exports=False,
    empty=(_("Tidak ada yang menunggu pemohon"), _("Yang Anda kembalikan dan yang siap diambil tampil di sini.")),
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
            _due,
            sort="due_at",
        ),
    ],
    filters=[
        TextFilter("q", _("Cari"), ["tracking_code", "service__name", "officer__name"]),
        ChoiceFilter("status", _("Status"), RequestState.choices[:4], "state"),
    ],
    empty=(_("Tidak ada permohonan yang menunggu"), _("Permohonan baru tampil di sini begitu masuk.")),
)
