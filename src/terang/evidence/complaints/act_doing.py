"""What each act of staff does with what was typed: one call of a service."""

from typing import Any

from django.utils.translation import gettext

from terang.evidence.complaints.access import complaints_visible
from terang.evidence.complaints.models import Complaint, ComplaintClass, TakenBack
from terang.evidence.complaints.publishing_forms import TakeBackForm
from terang.evidence.complaints.services import disclosing, guarding, publishing, verifying, working
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotNow
from terang.web.secrets import plain_code

Data = dict[str, Any]


def start(viewer: Viewer, complaint: Complaint, data: Data) -> Any:
    return verifying.start_verification(actor=viewer, complaint=complaint, version=data["version"])


def route(viewer: Viewer, complaint: Complaint, data: Data) -> Any:
    finding = verifying.Finding(
        complaint_class=ComplaintClass(data.get("complaint_class", ComplaintClass.MISCONDUCT)),
        category=data.get("category"),
        unit=data.get("unit"),
        note=data["note"],
        is_published=data.get("is_published", False),
        publishes_photos=data.get("publishes_photos", False),
    )
    return verifying.route_complaint(actor=viewer, complaint=complaint, version=data["version"], finding=finding)


def ask(viewer: Viewer, complaint: Complaint, data: Data) -> Any:
    return verifying.ask_completion(actor=viewer, complaint=complaint, version=data["version"], question=data["text"])


def reject(viewer: Viewer, complaint: Complaint, data: Data) -> Any:
    return verifying.reject_complaint(actor=viewer, complaint=complaint, version=data["version"], reason=data["text"])


def refer(viewer: Viewer, complaint: Complaint, data: Data) -> Any:
    where, why = data["institution"], data["text"]
    return verifying.refer_complaint(
        actor=viewer, complaint=complaint, version=data["version"], institution=where, reason=why
    )


def merge(viewer: Viewer, complaint: Complaint, data: Data) -> Any:
    signs = plain_code(data["main"])
    number = f"{signs[:3]}-{signs[3:7]}-{signs[7:]}"
    main = complaints_visible(viewer).filter(tracking_code=number).first()
    if main is None:
        raise NotNow(gettext("Nomor laporan utama tidak ditemukan."))
    return verifying.merge_duplicate(actor=viewer, complaint=complaint, version=data["version"], main=main)


def guard(viewer: Viewer, complaint: Complaint, data: Data) -> Any:
    return guarding.guard_complaint(
        actor=viewer, complaint=complaint, version=data["version"], about=data["about_unit"], reason=data["text"]
    )


def take(viewer: Viewer, complaint: Complaint, data: Data) -> Any:
    return working.take_complaint(actor=viewer, complaint=complaint, version=data["version"])


def assign(viewer: Viewer, complaint: Complaint, data: Data) -> Any:
    return working.assign_complaint(actor=viewer, complaint=complaint, version=data["version"], handler=data["handler"])


def reroute(viewer: Viewer, complaint: Complaint, data: Data) -> Any:
    return working.reroute_complaint(
        actor=viewer, complaint=complaint, version=data["version"], unit=data["unit"], reason=data["text"]
    )


def tell(viewer: Viewer, complaint: Complaint, data: Data) -> Any:
    return working.tell_citizen(
        actor=viewer, complaint=complaint, text=data["text"], asks=data["asks"], form_key=data["form_key"]
    )


def answer(viewer: Viewer, complaint: Complaint, data: Data) -> Any:
    return working.answer_complaint(
        actor=viewer,
        complaint=complaint,
        version=data["version"],
        text=data["text"],
        form_key=data["form_key"],
        photos=data["photos"],
    )


def publish(viewer: Viewer, complaint: Complaint, data: Data) -> Any:
    numbers = [int(number) for number in data.get("photos", ())]
    return publishing.publish_complaint(actor=viewer, complaint=complaint, version=data["version"], photos=numbers)


def take_back(viewer: Viewer, complaint: Complaint, data: Data) -> Any:
    photo = None if data["what"] == TakeBackForm.WHOLE else int(data["what"])
    return publishing.take_back(
        actor=viewer,
        complaint=complaint,
        version=data["version"],
        why=TakenBack(data["why"]),
        note=data["note"],
        photo=photo,
    )


def note(viewer: Viewer, complaint: Complaint, data: Data) -> Any:
    return verifying.note_privately(actor=viewer, complaint=complaint, text=data["text"])


def disclose(viewer: Viewer, complaint: Complaint, data: Data) -> Any:
    return disclosing.ask_disclosure(actor=viewer, complaint=complaint, reason=data["text"])
