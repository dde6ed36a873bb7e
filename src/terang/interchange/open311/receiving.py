"""Reports that come in: read with all their mistakes at once, and taken in as complaints.

The same report sent again by the same key within ten minutes is the same complaint and gets the same answer: a program
that lost our answer on a poor network may simply repeat itself.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import URLValidator
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.dateparse import parse_date

from terang.evidence.complaints.models import Channel, Complaint
from terang.evidence.complaints.photos import MOST_PHOTOS
from terang.evidence.complaints.publication import published_complaints
from terang.evidence.complaints.services.reporting import Received, Report, submit_complaint
from terang.interchange.models import ApiKey, ApiSubmission
from terang.interchange.open311.asking import micro_degrees, text
from terang.interchange.open311.dialect import Open311Error
from terang.interchange.open311.offered import ANONYMOUS, EVENT_DAY, TITLE, YES, category_of
from terang.registry.organization.calendars import local_today
from terang.registry.organization.models import Agency
from terang.web.secrets import token_hash

REPEAT_SECONDS = 600
BODY, ADDRESS, HEADLINE = 4000, 250, 120
LATITUDE, LONGITUDE = 90, 180
NAME, PHONE, EMAIL = 60, 40, 76


@dataclass
class Mistakes:
    """What is wrong with a report, all told at once."""

    found: list[str] = field(default_factory=list)

    def text(self, sent: QueryDict, name: str, most: int) -> str:
        try:
            return text(sent, name, most)
        except Open311Error as mistake:
            self.found += mistake.descriptions
            return ""

    def degrees(self, sent: QueryDict, name: str, highest: int) -> int | None:
        try:
            return micro_degrees(sent, name, highest)
        except Open311Error as mistake:
            self.found += mistake.descriptions
            return None

    def settle(self) -> None:
        """Raises Open311Error (400) where there are any."""
        if self.found:
            raise Open311Error(400, *self.found)


def report_of(agency: Agency, sent: QueryDict, photos: Sequence[UploadedFile], form_key: UUID) -> Report:
    """Raises Open311Error: 404 for an unknown service, 400 with everything that is missing or wrong."""
    code = text(sent, "service_code", 100)
    if not code:
        raise Open311Error(400, "service_code required")
    category = category_of(agency, code)
    wrong = Mistakes()
    latitude = wrong.degrees(sent, "lat", LATITUDE)
    longitude = wrong.degrees(sent, "long", LONGITUDE)
    address = wrong.text(sent, "address_string", ADDRESS)
    if (latitude is None) != (longitude is None):
        wrong.found.append("lat and long are needed together")
    if not address and latitude is None and longitude is None and not wrong.found:
        wrong.found.append("location required: send lat and long, or address_string")
    body = _body(sent, photos, wrong)
    report = Report(
        title=_title(wrong.text(sent, f"attribute[{TITLE}]", HEADLINE), body, category.name if category else ""),
        body=body or (category.name if category else "Foto"),
        form_key=form_key,
        event_on=_event_day(agency, sent, wrong),
        address=address,
        latitude_micro=latitude,
        longitude_micro=longitude,
        category=category,
        is_anonymous=wrong.text(sent, f"attribute[{ANONYMOUS}]", 10).lower() == YES,
        name=" ".join(filter(None, (wrong.text(sent, "first_name", NAME), wrong.text(sent, "last_name", NAME)))),
        contact=", ".join(filter(None, (wrong.text(sent, "phone", PHONE), wrong.text(sent, "email", EMAIL)))),
    )
    wrong.settle()
    return report


def _body(sent: QueryDict, photos: Sequence[UploadedFile], wrong: Mistakes) -> str:
    """What was described, with the addresses of photos elsewhere beneath it: they are never fetched."""
    links = [each.strip() for each in sent.getlist("media_url") if each.strip()]
    described = wrong.text(sent, "description", BODY)
    for link in links:
        try:
            URLValidator(schemes=["http", "https"])(link)
        except ValidationError:
            wrong.found.append("media_url must be an address that begins with http or https")
    if not described and not links and not photos:
        wrong.found.append("description required")
    parts = [described, *(f"Foto dari pelapor: {link}" for link in links)]
    body = "\n".join(part for part in parts if part)
    if len(body) > BODY:
        wrong.found.append(f"description and media_url are longer than {BODY} characters together")
    return body


def _title(given: str, body: str, service: str) -> str:
    """The title, else the beginning of what was described, cut after a word, else the service."""
    if given or not body:
        return given or service or "Laporan"
    line = body.splitlines()[0].strip()
    if len(line) <= HEADLINE:
        return line or service or "Laporan"
    return f"{line[: HEADLINE - 1].rpartition(' ')[0] or line[: HEADLINE - 1]}…"


def _event_day(agency: Agency, sent: QueryDict, wrong: Mistakes) -> date | None:
    given = wrong.text(sent, f"attribute[{EVENT_DAY}]", 40)
    if not given:
        return None
    try:
        day = parse_date(given[:10])
    except ValueError:
        day = None
    if day is None or day > local_today(agency) or day.year < 2000:
        wrong.found.append(f"{EVENT_DAY} must be a day that has been, like 2026-01-31")
        return None
    return day


def repeat_key(key: ApiKey, sent: QueryDict, photos: Sequence[UploadedFile]) -> UUID:
    """The same for the same report by the same key within ten minutes, and unknowable to others. 1 or 2 queries of the
    cache."""
    said = [f"{name}={value}" for name, values in sorted(sent.lists()) for value in values if name != "api_key"]
    said += [f"{photo.size}:{photo.name}" for photo in photos]
    digest = salted_hmac("terang.interchange.open311.repeat", "\n".join([str(key.pk), *said]), algorithm="sha256")
    place = f"terang:open311:repeat:{digest.hexdigest()}"
    now = str(time.time_ns())
    first = now if cache.add(place, now, REPEAT_SECONDS) else str(cache.get(place, now))
    whole = salted_hmac("terang.interchange.open311.form", f"{digest.hexdigest()}:{first}", algorithm="sha256")
    return UUID(bytes=whole.digest()[:16], version=4)


def receive(key: ApiKey, agency: Agency, sent: QueryDict, photos: Sequence[UploadedFile]) -> Received:
    """Takes the report in. Raises Open311Error."""
    form_key = repeat_key(key, sent, photos)
    report = report_of(agency, sent, photos, form_key)
    if len(photos) > MOST_PHOTOS:
        raise Open311Error(400, f"at most {MOST_PHOTOS} photos")
    try:
        received = submit_complaint(agency=agency, report=report, photos=photos, channel=Channel.OPEN311)
    except ValidationError as refused:
        raise Open311Error(400, *(f"media: {text}" for text in refused.messages)) from refused
    with transaction.atomic():
        ApiSubmission.objects.get_or_create(
            complaint=received.complaint,
            defaults={
                "key": key,
                "token_hash": token_hash(token_of(received)) if key.by_token else None,
                "received_at": timezone.now(),
            },
        )
    return received


def token_of(received: Received) -> str:
    """What a program gets in place of the number. It leads neither to the citizen's link nor back from it."""
    return salted_hmac("terang.interchange.open311.token", received.token, algorithm="sha256").hexdigest()[:32]


def number_of(token: str) -> str | None:
    """The number behind a token once the report is published, None before; a guarded report never gets one.

    Raises Open311Error (404) for an unknown token. 1 or 2 queries.
    """
    rows = ApiSubmission.objects.select_related("complaint__agency")
    found = rows.filter(token_hash=token_hash(token)).first()
    if found is None:
        raise Open311Error(404, "token not found")
    complaint: Complaint = found.complaint
    shown = published_complaints(complaint.agency).filter(pk=complaint.pk).exists()
    return complaint.tracking_code if shown else None
