"""Makes requests that are under way: in every state, with the person who asks, their papers, steps, and pauses."""

import hashlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from random import Random
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import OuterRef, Subquery
from PIL import Image, ImageDraw

from terang.custody.models import StoredFile
from terang.custody.services import take_in
from terang.demo.scene import Person, Scene
from terang.demo.standards import standard_texts
from terang.evidence.citizens.models import (
    Applicant,
    QueueTicket,
    RequestChannel,
    RequestFile,
    RequestPause,
    RequestState,
    RequestStep,
    Service,
    ServiceRequest,
    ServiceStandard,
)
from terang.evidence.citizens.working_time import WORKING_DAY_MINUTES, OfficeTime, due_at, office_time
from terang.registry.people.models import Employee
from terang.web.secrets import ALPHABET

MOST_UNITS = 12
"""Units of one government that have requests under way: enough to look at, little enough to fill quickly."""
LAPSED = 0.0
"""The one that was sent back and never completed; it came `LAPSED_MINUTES` of working time ago."""
LAPSED_MINUTES = 45 * WORKING_DAY_MINUTES
BEGUN = {
    RequestState.SUBMITTED: (0.1, 0.4, 1.2),
    RequestState.CHECKING: (0.5,),
    RequestState.RETURNED: (0.8, 1.6),
    RequestState.READY: (1.1,),
    RequestState.REFUSED: (2.0,),
    RequestState.CANCELLED: (1.5, LAPSED),
}
"""How long ago requests in each state came, in parts of the time limit."""
MOST_OFFICERS = 6
OVERDUE = 1.3


@dataclass
class Made:
    """Rows that are written together."""

    requests: list[ServiceRequest] = field(default_factory=list)
    parts: list[Any] = field(default_factory=list)

    def write(self) -> None:
        ServiceRequest.objects.bulk_create(self.requests)
        kinds: tuple[Any, ...] = (Applicant, QueueTicket, RequestPause, RequestStep, RequestFile)
        for kind in kinds:
            kind.objects.bulk_create([row for row in self.parts if isinstance(row, kind)])
        self._date_papers()

    def _date_papers(self) -> None:
        """Papers came with their request, not when this was filled."""
        came = ServiceRequest.objects.filter(pk=OuterRef("request_id")).values("received_at")
        ids = [row.pk for row in self.parts if isinstance(row, RequestFile)]
        RequestFile.objects.filter(pk__in=ids).update(added_at=Subquery(came))


def keep_asking(scene: Scene) -> None:
    """Requests in every state at the first units of a government. Those at a counter carry a queue number."""
    made, papers = Made(), _papers(scene)
    offering = [spec for spec in scene.specs if spec.services][:MOST_UNITS]
    for spec in offering:
        unit, staff = scene.units[spec.key], [each for each in scene.staff_of(spec.key) if each.post.job != "umum"]
        unit.agency = scene.agency
        if not staff:
            continue
        office = office_time(unit)
        for service in Service.objects.filter(unit=unit).order_by("code"):
            _ask(scene, made, office, service, staff, papers)
    _number(made)
    made.write()


def _ask(
    scene: Scene,
    made: Made,
    office: OfficeTime,
    service: Service,
    staff: Sequence[Person],
    papers: Sequence[StoredFile],
) -> None:
    standard = service.standards.prefetch_related("steps", "requirements").order_by("-number")[0]
    dice = scene.dice(f"requests:{service.unit_id}:{service.code}")
    now = datetime.combine(scene.today, time(7), office.zone)
    for number, (state, part, officer) in enumerate(_plan(staff)):
        age = int(part * service.standard_minutes) if part != LAPSED else LAPSED_MINUTES
        came = _before(office, now, max(age, 12) + dice.randint(0, 9))
        row = _request(scene, service, standard, state, officer, came, office, f"{state}:{number}")
        if part == LAPSED:
            row.lapsed, row.ended_at = True, came + timedelta(days=31)
        made.requests.append(row)
        made.parts += _parts(row, standard, office, dice, papers, now, scene)


def _plan(staff: Sequence[Person]) -> Iterator[tuple[RequestState, float, Employee | None]]:
    """State, age and officer of each: something in process for everybody, one of it overdue, the rest in turn."""
    for place, person in enumerate(staff[:MOST_OFFICERS]):
        yield RequestState.PROCESSING, 0.2 + 0.1 * place, person.employee
    yield RequestState.PROCESSING, OVERDUE, staff[-1].employee
    turn = 0
    for state, parts in BEGUN.items():
        for part in parts:
            turn += 1
            yield state, part, None if state == RequestState.SUBMITTED else staff[turn % len(staff)].employee


def _before(office: OfficeTime, now: datetime, minutes: int) -> datetime:
    """A moment so many working minutes ago, found backwards by halves."""
    low, high = now - timedelta(days=120), now
    while high - low > timedelta(minutes=1):
        middle = low + (high - low) / 2
        low, high = (middle, high) if office.minutes(middle, now) > minutes else (low, middle)
    return high.replace(second=0, microsecond=0)


def _request(
    scene: Scene,
    service: Service,
    standard: ServiceStandard,
    state: RequestState,
    officer: Employee | None,
    came: datetime,
    office: OfficeTime,
    key: str,
) -> ServiceRequest:
    online = standard.online and state != RequestState.READY
    row = ServiceRequest(
        service=service,
        standard=standard,
        officer=officer,
        tracking_code=_number_of(scene, service, key),
        channel=RequestChannel.ONLINE if online else RequestChannel.COUNTER,
        state=state,
        received_at=came,
        complete_since=came,
    )
    if state in (RequestState.PROCESSING, RequestState.READY, RequestState.REFUSED):
        row.started_at = came
        row.due_at = due_at(office, came, standard.limit, standard.limit_unit)
        row.standard_minutes = office.minutes(came, row.due_at)
    if state == RequestState.READY:
        row.completed_at = office.after(came, row.standard_minutes or 1) - timedelta(minutes=5)
        row.actual_minutes = office.minutes(came, row.completed_at)
    if state in (RequestState.REFUSED, RequestState.CANCELLED):
        row.ended_at = office.after(came, service.standard_minutes // 2)
    texts = standard_texts()["permohonan"]
    row.note = texts["refusals"][0] if state == RequestState.REFUSED else ""
    return row


def _number_of(scene: Scene, service: Service, key: str) -> str:
    digest = hashlib.sha256(f"{scene.code}:{service.unit.code}:{service.code}:{key}".encode()).digest()
    signs = "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:8])
    return f"{service.code[:3].upper()}-{signs[:4]}-{signs[4:]}"


def _parts(
    row: ServiceRequest,
    standard: ServiceStandard,
    office: OfficeTime,
    dice: Random,
    papers: Sequence[StoredFile],
    now: datetime,
    scene: Scene,
) -> Iterator[Any]:
    """The person, the papers, the pause and the running step of one request."""
    yield Applicant(
        request=row,
        name=f"{dice.choice(scene.facts['men'] + scene.facts['women'])} {dice.choice(scene.facts['family'])}",
        phone=f"0812 0000 {dice.randrange(10_000):04d}" if dice.random() < 0.7 else "",
    )
    if row.channel == RequestChannel.ONLINE and papers:
        asked = [each for each in standard.requirements.all() if each.attachable and each.obligatory]
        for each, paper in zip(asked[:1], papers, strict=False):
            yield RequestFile(request=row, requirement=each, file=_copy(paper))
    if row.lapsed and row.officer and row.ended_at:
        row.note = dice.choice(standard_texts()["permohonan"]["reasons"])
        sent = {"officer": row.officer, "reason": row.note, "started_at": office.after(row.received_at, 5)}
        until = row.ended_at.date() - timedelta(days=1)
        yield RequestPause(request=row, until=until, ended_at=row.ended_at, minutes=0, **sent)
    if row.state == RequestState.RETURNED and row.officer:
        row.note = dice.choice(standard_texts()["permohonan"]["reasons"])
        yield RequestPause(
            request=row,
            officer=row.officer,
            reason=row.note,
            started_at=office.after(row.received_at, 5),
            until=scene.today + timedelta(days=dice.randint(4, 24)),
        )
    if row.state == RequestState.PROCESSING and row.officer:
        step = next(iter(standard.steps.all()))
        yield RequestStep(
            request=row, officer=row.officer, number=step.number, name=step.name, started_at=row.started_at or now
        )


def _papers(scene: Scene) -> list[StoredFile]:
    """One drawn paper, kept once; each request has a row of its own for it."""
    image = Image.new("RGB", (900, 640), (250, 247, 238))
    draw = ImageDraw.Draw(image)
    draw.rectangle([30, 30, 870, 610], outline=(90, 110, 120), width=4)
    for place in range(9):
        draw.rectangle([70, 110 + place * 52, 300 + (place * 97) % 480, 128 + place * 52], fill=(170, 178, 184))
    draw.text((70, 60), "CONTOH BERKAS - REKAAN", fill=(15, 92, 99))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return [take_in(SimpleUploadedFile("berkas.jpg", out.getvalue()), actor=None, agency_id=scene.agency.pk).row]


def _copy(paper: StoredFile) -> StoredFile:
    """A row of its own for the same bytes."""
    fields = {each.attname: getattr(paper, each.attname) for each in StoredFile._meta.concrete_fields}
    return StoredFile.objects.create(**fields | {"id": None})


def _number(made: Made) -> None:
    """Queue numbers of walk-ins, by unit and day in the order they came."""
    last: dict[tuple[int, Any, str], int] = {}
    for row in sorted(made.requests, key=lambda each: each.received_at):
        if row.channel != RequestChannel.COUNTER:
            continue
        key = (row.service.unit_id, row.received_at.date(), row.service.queue_letter)
        last[key] = last.get(key, 0) + 1
        made.parts.append(QueueTicket(unit_id=key[0], day=key[1], letter=key[2], number=last[key], request=row))
