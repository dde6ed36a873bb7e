"""Makes presence away from the devices: who may record from the web, and two people who work flexibly."""

from datetime import timedelta
from uuid import UUID, uuid5

from terang.demo.scene import Person, Scene
from terang.evidence.attendance.models import FlexibleMode, FlexibleWork, WebPunchRule, WebPunchWho, WorkPlace

SPACE = UUID("6f1d3c52-4e0b-4d6f-9d57-3a8f6f0d2b11")
PLACE = (-5_133_400, 119_406_900)
"""An invented point: the places of the demo are no real offices."""


def loosen(scene: Scene) -> None:
    """The rule of the whole government, one place, and decisions for two people without a device."""
    since = scene.months[0].start
    own = {"agency": scene.agency}
    WebPunchRule.objects.create(
        who=WebPunchWho.FLEXIBLE, radius_metres=100, basis="Peraturan kepala daerah (rekaan)", valid_from=since, **own
    )
    WorkPlace.objects.create(name="Kantor pusat", latitude_micro=PLACE[0], longitude_micro=PLACE[1], **own)
    free = [person for person in scene.people.values() if not person.post.is_head][-2:]
    for person, mode in zip(free, (FlexibleMode.ELSEWHERE, FlexibleMode.DYNAMIC), strict=False):
        _decide(scene, person, mode)


def _decide(scene: Scene, person: Person, mode: FlexibleMode) -> None:
    elsewhere = mode == FlexibleMode.ELSEWHERE
    work = FlexibleWork.objects.create(
        agency=scene.agency,
        mode=mode,
        weekdays="4" if elsewhere else "01234",
        place="Rumah" if elsewhere else "",
        letter=f"800/KF-{person.employee.pk}/{scene.today.year}",
        signed_by="Sekretaris Daerah",
        starts_on=scene.today,
        ends_on=scene.today + timedelta(days=90),
        form_key=uuid5(SPACE, f"{scene.code}:{person.employee.pk}"),
    )
    work.people.add(person.employee)
