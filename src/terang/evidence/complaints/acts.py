"""The acts of staff on one page: each verb with its form, who it is for, and how it is done. The page offers those that
person and state allow; the services decide."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from terang.evidence.complaints.access import complaints_visible
from terang.evidence.complaints.act_forms import (
    ActForm,
    AnswerForm,
    AskForm,
    AssignForm,
    DiscloseForm,
    KeepForm,
    MergeForm,
    NoteForm,
    ReferForm,
    RejectForm,
    RerouteForm,
    RouteForm,
    TellForm,
)
from terang.evidence.complaints.models import Complaint, ComplaintClass, ComplaintState
from terang.evidence.complaints.selectors import Rights
from terang.evidence.complaints.services import disclosing, verifying, working
from terang.evidence.complaints.states import may_move
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotNow
from terang.web.secrets import plain_code

Data = dict[str, Any]
Done = Callable[[Viewer, Complaint, Data], Any]


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


def _start(viewer: Viewer, complaint: Complaint, data: Data) -> Any:
    return verifying.start_verification(actor=viewer, complaint=complaint, version=data["version"])


def _route(viewer: Viewer, complaint: Complaint, data: Data) -> Any:
    finding = verifying.Finding(
        complaint_class=ComplaintClass(data.get("complaint_class", ComplaintClass.MISCONDUCT)),
        category=data.get("category"),
        unit=data.get("unit"),
        note=data["note"],
        is_published=data.get("is_published", False),
        publishes_photos=data.get("publishes_photos", False),
    )
    return verifying.route_complaint(actor=viewer, complaint=complaint, version=data["version"], finding=finding)


def _ask(viewer: Viewer, complaint: Complaint, data: Data) -> Any:
    return verifying.ask_completion(actor=viewer, complaint=complaint, version=data["version"], question=data["text"])


def _reject(viewer: Viewer, complaint: Complaint, data: Data) -> Any:
    return verifying.reject_complaint(actor=viewer, complaint=complaint, version=data["version"], reason=data["text"])


def _refer(viewer: Viewer, complaint: Complaint, data: Data) -> Any:
    where, why = data["institution"], data["text"]
    return verifying.refer_complaint(
        actor=viewer, complaint=complaint, version=data["version"], institution=where, reason=why
    )


def _merge(viewer: Viewer, complaint: Complaint, data: Data) -> Any:
    signs = plain_code(data["main"])
    number = f"{signs[:3]}-{signs[3:7]}-{signs[7:]}"
    main = complaints_visible(viewer).filter(tracking_code=number).first()
    if main is None:
        raise NotNow(str(_("Nomor laporan utama tidak ditemukan.")))
    return verifying.merge_duplicate(actor=viewer, complaint=complaint, version=data["version"], main=main)


def _take(viewer: Viewer, complaint: Complaint, data: Data) -> Any:
    return working.take_complaint(actor=viewer, complaint=complaint, version=data["version"])


def _assign(viewer: Viewer, complaint: Complaint, data: Data) -> Any:
    return working.assign_complaint(actor=viewer, complaint=complaint, version=data["version"], handler=data["handler"])


def _reroute(viewer: Viewer, complaint: Complaint, data: Data) -> Any:
    return working.reroute_complaint(
        actor=viewer, complaint=complaint, version=data["version"], unit=data["unit"], reason=data["text"]
    )


def _tell(viewer: Viewer, complaint: Complaint, data: Data) -> Any:
    return working.tell_citizen(
        actor=viewer, complaint=complaint, text=data["text"], asks=data["asks"], form_key=data["form_key"]
    )


def _answer(viewer: Viewer, complaint: Complaint, data: Data) -> Any:
    return working.answer_complaint(
        actor=viewer,
        complaint=complaint,
        version=data["version"],
        text=data["text"],
        form_key=data["form_key"],
        photos=data["photos"],
    )


def _note(viewer: Viewer, complaint: Complaint, data: Data) -> Any:
    return verifying.note_privately(actor=viewer, complaint=complaint, text=data["text"])


def _disclose(viewer: Viewer, complaint: Complaint, data: Data) -> Any:
    return disclosing.ask_disclosure(actor=viewer, complaint=complaint, reason=data["text"])


ACTS = (
    Act(
        "periksa",
        "verify",
        "verifies",
        _("Mulai memeriksa"),
        "search",
        ActForm,
        _start,
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
        _route,
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
        _route,
        _("Laporan kini pada tim pengawas."),
        True,
    ),
    Act(
        "lengkapi", "ask_completion", "verifies", _("Minta dilengkapi"), "chat", AskForm, _ask, _("Permintaan dikirim.")
    ),
    Act(
        "gabung",
        "merge",
        "verifies",
        _("Gabungkan dengan laporan yang sama"),
        "plus",
        MergeForm,
        _merge,
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
        _refer,
        _("Laporan dialihkan."),
    ),
    Act(
        "tolak",
        "reject",
        "verifies",
        _("Tidak dapat diproses"),
        "close",
        RejectForm,
        _reject,
        _("Alasan dikirim kepada pelapor."),
    ),
    Act("tangani", "take", "works", _("Tangani"), "check", ActForm, _take, _("Laporan ini kini di tangan Anda."), True),
    Act(
        "jawab",
        "answer",
        "works",
        _("Jawab dan selesaikan"),
        "check",
        AnswerForm,
        _answer,
        _("Jawaban terkirim. Kini giliran warga."),
        True,
    ),
    Act("kabari", "tell", "works", _("Beri kabar atau tanya pelapor"), "chat", TellForm, _tell, _("Pesan terkirim.")),
    Act("tunjuk", "assign", "leads", _("Tunjuk petugas"), "person", AssignForm, _assign, _("Petugas ditunjuk.")),
    Act(
        "oper",
        "reroute",
        "works",
        _("Bukan wewenang kami: teruskan"),
        "arrow-right",
        RerouteForm,
        _reroute,
        _("Laporan diteruskan ke unit lain."),
    ),
    Act("catat", "note", "handles", _("Tulis catatan internal"), "edit", NoteForm, _note, _("Catatan disimpan.")),
    Act(
        "buka-identitas",
        "disclose",
        "discloses",
        _("Minta buka identitas pelapor"),
        "eye",
        DiscloseForm,
        _disclose,
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
    if act.slug == "awasi":
        return complaint.is_misconduct
    if act.slug == "buka-identitas":
        return complaint.is_anonymous and not complaint.forgotten_on
    return not (act.slug == "jawab" and complaint.state == ComplaintState.ANSWERED and not complaint.citizen_waits)
