"""The acts of staff on one page: each verb with its form, who it is for, and how it is done. The page offers those that
person and state allow; the services decide."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from terang.evidence.complaints import act_doing as doing
from terang.evidence.complaints.act_forms import (
    ActForm,
    AnswerForm,
    AskForm,
    AssignForm,
    DiscloseForm,
    GuardForm,
    KeepForm,
    MergeForm,
    NoteForm,
    ReferForm,
    RejectForm,
    RerouteForm,
    RouteForm,
    TellForm,
)
from terang.evidence.complaints.models import Complaint, ComplaintState
from terang.evidence.complaints.photos import photos_to_show
from terang.evidence.complaints.publishing_forms import PublishForm, TakeBackForm
from terang.evidence.complaints.selectors import Rights
from terang.evidence.complaints.states import may_move
from terang.registry.people.viewer import Viewer

Done = Callable[[Viewer, Complaint, doing.Data], Any]


@dataclass(frozen=True)
class Act:
    """One verb on the page. `slug` is its address, `verb` its row in `states.MOVES`, `by` the right it needs. A refusal
    of what was typed stands at `field`, over the whole form where that is empty."""

    slug: str
    verb: str
    by: str
    label: Any
    icon: str
    form: type[ActForm]
    done: Done
    said: Any
    primary: bool = False
    field: str = ""


ACTS = (
    Act(
        "periksa",
        "verify",
        "verifies",
        _("Mulai memeriksa"),
        "search",
        ActForm,
        doing.start,
        _("Anda memeriksa laporan ini."),
        True,
    ),
    Act(
        "teruskan",
        "route",
        "verifies",
        _("Teruskan ke unit"),
        "arrow-right",
        RouteForm,
        doing.route,
        _("Laporan diteruskan."),
        True,
        "unit",
    ),
    Act(
        "awasi",
        "route",
        "verifies",
        _("Terima untuk tim pengawas"),
        "check",
        KeepForm,
        doing.route,
        _("Laporan kini pada tim pengawas."),
        True,
    ),
    Act(
        "lengkapi",
        "ask_completion",
        "verifies",
        _("Minta dilengkapi"),
        "chat",
        AskForm,
        doing.ask,
        _("Permintaan dikirim."),
    ),
    Act(
        "gabung",
        "merge",
        "verifies",
        _("Gabungkan dengan laporan yang sama"),
        "plus",
        MergeForm,
        doing.merge,
        _("Laporan digabungkan."),
        False,
        "main",
    ),
    Act(
        "alihkan",
        "refer",
        "verifies",
        _("Alihkan ke instansi lain"),
        "external",
        ReferForm,
        doing.refer,
        _("Laporan dialihkan."),
    ),
    Act(
        "tolak",
        "reject",
        "verifies",
        _("Tidak dapat diproses"),
        "close",
        RejectForm,
        doing.reject,
        _("Alasan dikirim kepada pelapor."),
    ),
    Act(
        "tangani",
        "take",
        "works",
        _("Tangani"),
        "check",
        ActForm,
        doing.take,
        _("Laporan ini kini di tangan Anda."),
        True,
    ),
    Act(
        "jawab",
        "answer",
        "works",
        _("Jawab dan selesaikan"),
        "check",
        AnswerForm,
        doing.answer,
        _("Jawaban terkirim. Kini giliran warga."),
        True,
    ),
    Act(
        "kabari",
        "tell",
        "works",
        _("Beri kabar atau tanya pelapor"),
        "chat",
        TellForm,
        doing.tell,
        _("Pesan terkirim."),
    ),
    Act("tunjuk", "assign", "leads", _("Tunjuk petugas"), "person", AssignForm, doing.assign, _("Petugas ditunjuk.")),
    Act(
        "oper",
        "reroute",
        "works",
        _("Bukan wewenang kami: teruskan"),
        "arrow-right",
        RerouteForm,
        doing.reroute,
        _("Laporan diteruskan ke unit lain."),
    ),
    Act(
        "serahkan",
        "guard",
        "guards",
        _("Serahkan kepada tim pengawas"),
        "lock",
        GuardForm,
        doing.guard,
        _("Laporan diserahkan kepada tim pengawas."),
    ),
    Act(
        "tampilkan",
        "publish",
        "verifies",
        _("Tampilkan di halaman publik"),
        "eye",
        PublishForm,
        doing.publish,
        _("Laporan kini tampil di halaman publik."),
    ),
    Act(
        "tarik",
        "unpublish",
        "verifies",
        _("Tarik dari halaman publik"),
        "close",
        TakeBackForm,
        doing.take_back,
        _("Sudah ditarik dari halaman publik."),
    ),
    Act("catat", "note", "handles", _("Tulis catatan internal"), "edit", NoteForm, doing.note, _("Catatan disimpan.")),
    Act(
        "buka-identitas",
        "disclose",
        "discloses",
        _("Minta buka identitas pelapor"),
        "eye",
        DiscloseForm,
        doing.disclose,
        _("Permintaan menunggu persetujuan orang kedua."),
    ),
)
BY_SLUG = {each.slug: each for each in ACTS}


def act_of(slug: str) -> Act:
    """Raises Http404 for an unknown one."""
    if slug not in BY_SLUG:
        raise Http404
    return BY_SLUG[slug]


def acts_for(complaint: Complaint, rights: Rights) -> list[Act]:
    """What the page offers now, the likeliest first."""
    offered = [act for act in ACTS if getattr(rights, act.by) and is_open(act, complaint)]
    return sorted(offered, key=lambda act: not act.primary)


def is_open(act: Act, complaint: Complaint) -> bool:
    """Whether the act stands on the page of the complaint as it is, for who has the right."""
    return may_move(complaint, act.verb) and _makes_sense(act, complaint)


def _makes_sense(act: Act, complaint: Complaint) -> bool:
    if complaint.duplicate_of_id and act.by in ("works", "leads"):
        return False
    if complaint.is_misconduct and act.slug in ("gabung", "oper", "teruskan"):
        return False
    if act.slug == "tarik":
        return complaint.is_published
    if act.slug == "tampilkan":
        return not complaint.is_guarded and (not complaint.is_published or photos_to_show(complaint).exists())
    if act.slug == "awasi":
        return complaint.is_misconduct
    if act.slug == "buka-identitas":
        return complaint.is_anonymous and not complaint.forgotten_on
    return not (act.slug == "jawab" and complaint.state == ComplaintState.ANSWERED and not complaint.citizen_waits)
