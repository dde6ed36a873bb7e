"""Makes what governments promise: versions of each service's standard with their fourteen components, and pledges."""

import tomllib
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from terang.demo.scene import Scene
from terang.evidence.citizens.models import Requirement, Service, ServicePledge, ServiceStandard, StandardStep

BEFORE_ONLINE = 8
"""The month of the story from which on services are asked for from home: a new version, with the same time."""
LETTER = "Surat pengantar RT dan RW"
PLEDGE = (
    "Dengan ini kami menyatakan sanggup menyelenggarakan pelayanan sesuai standar pelayanan yang telah ditetapkan, "
    "memberikan pelayanan sesuai kewajiban dan melakukan perbaikan secara terus-menerus, serta bersedia menerima "
    "sanksi sesuai peraturan perundang-undangan apabila pelayanan yang kami berikan tidak sesuai standar."
)


@cache
def standard_texts() -> dict[str, Any]:
    """The texts of standards.toml."""
    return tomllib.loads(Path(__file__).with_name("standards.toml").read_text(encoding="utf-8"))


def publish_standards(scene: Scene, service: Service) -> list[ServiceStandard]:
    """Two versions of a service that is asked for from home since some months, one of any other; the latest first."""
    texts = standard_texts()
    own = dict(texts["layanan"][service.code])
    requirements, steps = own.pop("requirements"), own.pop("steps")
    start, changed = date(scene.months[0].start.year - 1, 1, 2), scene.months[BEFORE_ONLINE].start
    values = texts["umum"] | own
    if not own["online"]:
        return [_version(service, 1, values, requirements, steps, start, None)]
    first = values | {"online": False}
    before = _version(service, 1, first, [*requirements, [LETTER, "", True, False]], steps, start, changed)
    return [_version(service, 2, values, requirements, steps, changed, None), before]


def _version(
    service: Service,
    number: int,
    values: dict[str, Any],
    requirements: list[list[Any]],
    steps: list[list[Any]],
    start: date,
    end: date | None,
) -> ServiceStandard:
    standard = ServiceStandard.objects.create(
        service=service,
        number=number,
        decree=f"Keputusan Kepala Unit Nomor {100 + service.unit_id % 800} Tahun {start.year}",
        decree_day=start - timedelta(days=10),
        valid_from=start,
        valid_to=end,
        **values,
    )
    names = ("name", "detail", "obligatory", "attachable")
    Requirement.objects.bulk_create(
        [
            Requirement(standard=standard, number=place, **dict(zip(names, row, strict=True)))
            for place, row in enumerate(requirements, 1)
        ]
    )
    StandardStep.objects.bulk_create(
        [
            StandardStep(standard=standard, number=place, name=name, who=who, minutes=minutes)
            for place, (name, who, minutes) in enumerate(steps, 1)
        ]
    )
    return standard


def pledge(scene: Scene) -> None:
    """The pledge of every unit with services, signed by its head."""
    pledges = []
    for spec in scene.specs:
        head = scene.head_of(spec.key)
        if spec.services and head is not None:
            pledges.append(
                ServicePledge(
                    unit=scene.units[spec.key],
                    text=PLEDGE,
                    signer=head.employee.name,
                    signer_title=head.post.title,
                    place=scene.agency.name.split(" ", 2)[-1],
                    day=scene.months[0].start,
                    published_by=head.employee,
                )
            )
    ServicePledge.objects.bulk_create(pledges)
