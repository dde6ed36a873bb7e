"""A citizen reports, by the web, at a counter, by telephone or through Open311."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext

from terang.evidence.complaints.models import (
    Channel,
    Complaint,
    ComplaintCategory,
    ComplaintClass,
    MessageKind,
    Reporter,
    Speaker,
)
from terang.evidence.complaints.photos import MOST_PHOTOS, keep_photos, take_in_photo
from terang.evidence.complaints.services.moving import say, tell
from terang.evidence.complaints.terms import terms_in_force
from terang.registry.organization.calendars import local_today
from terang.registry.organization.models import Agency, Unit
from terang.registry.people.viewer import Viewer
from terang.web.secrets import ALPHABET, plain_code, readable_code, token_hash

PREFIX = "ADU"
CODE_SIGNS = 10


@dataclass(frozen=True)
class Report:
    """What a citizen tells. Coordinates are millionths of a degree, both or none. `about_unit` is the unit meant, where
    one was chosen; `is_misconduct` sends it to the oversight team and nobody else. `form_key` makes a second click the
    same report."""

    title: str
    body: str
    form_key: UUID
    event_on: date | None = None
    address: str = ""
    latitude_micro: int | None = None
    longitude_micro: int | None = None
    category: ComplaintCategory | None = None
    about_unit: Unit | None = None
    is_misconduct: bool = False
    is_anonymous: bool = False
    is_secret: bool = False
    name: str = ""
    contact: str = ""


@dataclass(frozen=True)
class Received:
    """A report taken in, with the secret of its link: it is kept nowhere. A second click gets an empty one."""

    complaint: Complaint
    token: str


def typed_code(token: str) -> str:
    """The short code to type, which belongs to the link: whoever has the link can read it again. 50 bits."""
    digest = salted_hmac("terang.evidence.complaints.code", token, algorithm="sha256").digest()
    number = int.from_bytes(digest[:8], "big")
    signs = "".join(ALPHABET[number >> 5 * place & 31] for place in range(CODE_SIGNS))
    return f"{signs[:5]}-{signs[5:]}"


def code_hash(tracking_code: str, code: str) -> str:
    """What is stored of the short code: with the key of this installation, for 50 bits alone could be tried out."""
    value = f"{plain_code(tracking_code)}:{plain_code(code)}"
    return salted_hmac("terang.evidence.complaints.code_hash", value, algorithm="sha256").hexdigest()


def derived_token(form_key: UUID) -> str:
    """The secret of a report sent from a form: the same for the same form, so that a second click leads to the same
    link, and unknowable to who does not know both the form's key and this installation's."""
    return salted_hmac("terang.evidence.complaints.token", form_key.hex, algorithm="sha256").hexdigest()[:40]


def kept_key(form_key: UUID) -> UUID:
    """What is stored of a form's key: enough to know it again, useless to work out the link."""
    return UUID(bytes=hashlib.sha256(form_key.bytes).digest()[:16])


def submit_complaint(
    *,
    agency: Agency,
    report: Report,
    photos: Sequence[UploadedFile] = (),
    channel: Channel = Channel.WEB,
    actor: Viewer | None = None,
) -> Received:
    """Takes a report in and gives it its number and secret. `actor` is the officer who writes it down for somebody.

    Raises ValidationError for a category or unit of another government, and RejectedFileError for a photo that is none.
    """
    _require_own(agency, report)
    if known := Complaint.objects.filter(form_key=kept_key(report.form_key)).first():
        return Received(known, derived_token(report.form_key))
    taken = [take_in_photo(photo, agency_id=agency.pk) for photo in photos[:MOST_PHOTOS]]
    token = derived_token(report.form_key)
    try:
        with transaction.atomic():
            complaint = _create(agency, report, token, channel, actor)
            keep_photos(complaint, taken)
            tell("received", complaint, actor=actor)
    except IntegrityError:
        known = Complaint.objects.filter(form_key=kept_key(report.form_key)).first()
        if known is None:
            raise
        return Received(known, token)
    return Received(complaint, token)


def _require_own(agency: Agency, report: Report) -> None:
    if report.category and report.category.agency_id != agency.pk:
        raise ValidationError({"category": gettext("Pilih kategori dari daftar.")})
    if report.about_unit and report.about_unit.agency_id != agency.pk:
        raise ValidationError({"about_unit": gettext("Pilih unit dari daftar.")})


def _create(agency: Agency, report: Report, token: str, channel: Channel, actor: Viewer | None) -> Complaint:
    now, today = timezone.now(), local_today(agency)
    number = f"{PREFIX}-{readable_code(2)}"
    complaint = Complaint(
        agency=agency,
        tracking_code=number,
        secret_hash=token_hash(token),
        code_hash=code_hash(number, typed_code(token)),
        form_key=kept_key(report.form_key),
        title=report.title,
        body=report.body,
        event_on=report.event_on,
        address=report.address,
        latitude_micro=report.latitude_micro,
        longitude_micro=report.longitude_micro,
        category=report.category,
        complaint_class=_class_of(report),
        is_anonymous=report.is_anonymous,
        is_secret=report.is_secret,
        about_unit=report.about_unit,
        channel=channel,
        entered_by=actor.employee if actor else None,
        received_at=now,
        received_on=today,
        updated_at=now,
    )
    terms_in_force(agency, today).receipt(complaint, today)
    complaint.save(force_insert=True)
    if report.name or report.contact:
        Reporter.objects.create(complaint=complaint, name=report.name, contact=report.contact)
    say(complaint, MessageKind.REPORT, report.body, speaker=Speaker.CITIZEN)
    return complaint


def _class_of(report: Report) -> ComplaintClass:
    if report.is_misconduct:
        return ComplaintClass.MISCONDUCT
    return ComplaintClass(report.category.usual_class) if report.category else ComplaintClass.SERVICE
