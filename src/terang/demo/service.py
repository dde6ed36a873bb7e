"""Makes what citizens got: requests with their time, and what people said, following each story's figures."""

import hashlib
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from random import Random
from string import ascii_uppercase
from typing import Any
from zoneinfo import ZoneInfo

from terang.demo.blueprint import SERVICES, ServiceSpec
from terang.demo.requests import keep_asking
from terang.demo.scene import Month, Person, Scene, steered
from terang.demo.standards import pledge, publish_standards, standard_texts
from terang.evidence.citizens.models import (
    RequestReopening,
    RequestState,
    Service,
    ServiceRequest,
    ServiceStandard,
    SurveyInvitation,
    SurveyResponse,
)
from terang.evidence.citizens.working_time import office_time
from terang.rules.tables import ELEMENTS
from terang.web.writing import write

BATCH = 4000
DAY_MINUTES = 450
SPREAD = (0.55, 0.7, 0.8, 0.88, 0.94, 1.0, 1.06, 1.14, 1.25, 1.45, 1.8)
"""Durations around the median, as factors: the middle one is the median itself."""
LIFT = {
    "biaya": 10,
    "syarat": 1,
    "prosedur": -1,
    "waktu": -4,
    "produk": 0,
    "kompetensi": 1,
    "perilaku": 1,
    "pengaduan": -4,
    "sarana": -4,
}
"""How far an element lies from the mean of all nine, in IKM points; free services earn most on cost."""
REMARKS = (
    "Petugas ramah dan menjelaskan dengan sabar.",
    "Antre agak lama, tetapi hasilnya sesuai.",
    "Lebih cepat dari tahun lalu.",
    "Mohon kursi tunggu ditambah.",
    "Informasi persyaratan di papan kurang jelas.",
    "Prosesnya mudah, terima kasih.",
    "Sebaiknya bisa dari rumah saja.",
    "Loket dibuka tepat waktu.",
)


def serve(scene: Scene, months: list[Month]) -> None:
    """Services, requests, one-time links for the latest ones, and survey answers."""
    stories = {row["code"]: row for row in scene.facts.get("services", [])}
    for spec in scene.specs:
        for code, letter in zip(spec.services, ascii_uppercase, strict=False):
            kind = SERVICES[code]
            service = Service.objects.create(
                unit=scene.units[spec.key],
                code=code,
                name=kind.name,
                queue_letter=letter,
                standard_minutes=kind.standard_minutes,
                monthly_norm=kind.norm,
            )
            standards = publish_standards(scene, service)
            for person in scene.staff_of(spec.key):
                if person.post.job != "umum":
                    _serve(scene, standards, kind, person, stories.get(code, {}), months)
    pledge(scene)
    keep_asking(scene)


def _serve(
    scene: Scene,
    standards: list[ServiceStandard],
    kind: ServiceSpec,
    person: Person,
    story: dict[str, Any],
    months: list[Month],
) -> None:
    service = standards[0].service
    requests: list[ServiceRequest] = []
    responses: list[SurveyResponse] = []
    for month in months:
        dice = scene.dice(f"service:{person.slot}:{service.code}:{month.index}")
        made = list(_requests(scene, standards, kind, person, story, month, dice))
        requests.extend(made)
        answered = [request for request in made if request.completed_at and dice.random() < 0.34]
        responses.extend(_responses(service, person, story, month, answered, dice))
    ServiceRequest.objects.bulk_create(requests, batch_size=BATCH)
    RequestReopening.objects.bulk_create(list(_reopenings(service, requests)), batch_size=BATCH)
    write(responses)
    SurveyInvitation.objects.bulk_create(list(_invitations(requests)), batch_size=BATCH)


def _median(kind: ServiceSpec, story: dict[str, Any], month: Month) -> float:
    if "days" in story:
        return float(story["days"][month.index]) * DAY_MINUTES
    if "minutes" in story:
        return float(story["minutes"][month.index])
    return kind.standard_minutes * (0.86 - 0.02 * month.index)


def _requests(
    scene: Scene,
    standards: list[ServiceStandard],
    kind: ServiceSpec,
    person: Person,
    story: dict[str, Any],
    month: Month,
    dice: Random,
) -> Iterator[ServiceRequest]:
    service = standards[0].service
    days = month.working_days
    count = round(kind.per_month * person.diligence[month.index] / 95 * len(days) / 21)
    zone, median = ZoneInfo(scene.agency.time_zone), _median(kind, story, month)
    slower = 1 + (92 - person.diligence[month.index]) / 100
    for n in range(count):
        minutes = round(median * SPREAD[(n * 7 + month.index) % len(SPREAD)] * max(0.9, slower))
        completed = datetime.combine(days[n * len(days) // count], time(dice.randint(8, 15), dice.randint(0, 59)), zone)
        received = completed - timedelta(days=minutes / DAY_MINUTES * 7 / 5, hours=dice.randint(0, 3))
        yield ServiceRequest(
            service=service,
            standard=next((each for each in standards if each.valid_from <= received.date()), standards[-1]),
            officer=person.employee,
            tracking_code=_tracking_code(scene, person, service, month, n),
            received_at=received,
            complete_since=received,
            started_at=received,
            completed_at=completed,
            ended_at=completed,
            state=RequestState.DELIVERED,
            standard_minutes=kind.standard_minutes,
            actual_minutes=minutes,
            waiting_minutes=0 if dice.random() < 0.8 else dice.randint(60, 900),
            reopened=dice.random() < 0.02,
        )


def _reopenings(service: Service, requests: list[ServiceRequest]) -> Iterator[RequestReopening]:
    """What had been wrong with the first result of the requests that were opened again, two days before the end."""
    wrong = standard_texts()["permohonan"]["wrong_results"]
    office = office_time(service.unit)
    for number, request in enumerate(each for each in requests if each.reopened):
        if request.completed_at is None or request.officer is None:
            continue
        first, again = (request.completed_at - timedelta(days=days) for days in (2, 1))
        yield RequestReopening(
            request=request,
            officer=request.officer,
            reason=wrong[number % len(wrong)],
            completed_at=first,
            reopened_at=again,
            minutes=office.minutes(first, again),
        )


def _tracking_code(scene: Scene, person: Person, service: Service, month: Month, n: int) -> str:
    key = f"{scene.code}:{person.slot}:{service.code}:{month.index}:{n}"
    return f"{service.code[:3].upper()}-{hashlib.sha256(key.encode()).hexdigest()[:12].upper()}"


def _told(dice: Random) -> dict[str, str]:
    """What people say of themselves; one in eight says nothing."""
    if dice.random() < 0.125:
        return {}
    return {
        "sex": dice.choice("PPL"),
        "education": dice.choice(("sd", "smp", "sma", "sma", "sma", "diploma", "s1", "s1", "s2")),
        "occupation": dice.choice(("pns", "swasta", "swasta", "wirausaha", "wirausaha", "lainnya", "lainnya")),
        "slot": dice.choice(("pagi", "pagi", "siang")),
    }


def _invitations(requests: list[ServiceRequest]) -> Iterator[SurveyInvitation]:
    """A link for each of the last finished requests; nobody knows its token, since new ones are made on screen."""
    for request in requests[-6:]:
        if request.completed_at:
            yield SurveyInvitation(
                request=request,
                token_hash=hashlib.sha256(f"tertutup:{request.tracking_code}".encode()).hexdigest(),
                expires_at=request.completed_at + timedelta(days=30),
            )


def _responses(
    service: Service, person: Person, story: dict[str, Any], month: Month, answered: list[ServiceRequest], dice: Random
) -> Iterator[SurveyResponse]:
    mean = (
        story["ikm"][month.index]
        if "ikm" in story
        else 76 + month.index * 0.5 + (person.diligence[month.index] - 90) * 0.3
    )
    mean += person.story.get("ikm_shift", 0)
    own = person.story.get("elements", {})
    columns = {
        element: steered(
            (own[element][month.index] if element in own else min(99.5, mean + LIFT[element])) / 25,
            len(answered),
            1,
            4,
            dice,
        )
        for element in ELEMENTS
    }
    for n, request in enumerate(answered):
        completed = request.completed_at
        if completed is None:
            continue
        answers: dict[str, Any] = {element: values[n] for element, values in columns.items()}
        if dice.random() < 0.12:
            answers["pengaduan"] = None
        yield SurveyResponse(
            id=dice.getrandbits(60) + 1,
            service=service,
            officer=person.employee,
            day=completed.date(),
            channel=dice.choice(("tautan", "tautan", "kios")),
            remark=dice.choice(REMARKS) if dice.random() < 0.25 else "",
            released=True,
            **_told(dice),
            **answers,
        )
