"""Makes credit points: what some functional officials brought along, and for one per government a decision."""

from datetime import date, datetime, time
from decimal import Decimal
from uuid import NAMESPACE_OID, UUID, uuid5
from zoneinfo import ZoneInfo

from terang.demo.scene import Person, Scene
from terang.evaluation.credit.models import GrantKind
from terang.evaluation.credit.selectors import accounts_of, digest_of
from terang.evaluation.credit.services import Brought, lay_down, record_grant
from terang.registry.people.models import Employee, EmploymentStatus, PostKind, Role, RoleGrant
from terang.registry.people.viewer import Viewer, viewer_for

BROUGHT = ("22.50", "41.25", "68.75", "37.50")
"""Points brought along, in turn."""
MOST = 8


def credit(scene: Scene) -> None:
    """Nothing where nobody holds a functional post."""
    grant = RoleGrant.objects.filter(role=Role.PERSONNEL, employee__agency=scene.agency).order_by("pk").first()
    keeper = _viewer(scene, grant.employee) if grant else None
    found = [each for each in scene.people.values() if _earns(each)][:MOST]
    if keeper is None:
        return
    for number, person in enumerate(found):
        if person.employee.pk == keeper.employee.pk:
            continue
        year = scene.today.year - 1
        told = Brought(
            GrantKind.OLD,
            person.post.level,
            Decimal(BROUGHT[number % len(BROUGHT)]),
            date(year, 12, 31),
            f"PAK Nomor 800/{100 + number}/{year}",
        )
        record_grant(actor=keeper, employee=person.employee, told=told, form_key=_key(scene, f"{person.slot}:lama"))
    _laid_down(scene, found)


def _earns(person: Person) -> bool:
    return (
        person.post.kind == PostKind.FUNCTIONAL
        and bool(person.post.level)
        and person.employee.status == EmploymentStatus.PNS
    )


def _laid_down(scene: Scene, found: list[Person]) -> None:
    """The first whose appraiser has an account, and whom evaluations have added something."""
    for person in found:
        head = scene.appraiser_of(person)
        viewer = _viewer(scene, head.employee) if head else None
        account = accounts_of([person.employee], scene.today).get(person.employee.pk)
        if viewer and account and account.early:
            lay_down(
                actor=viewer,
                employee=person.employee,
                until=account.ends[0],
                letter=f"800.1.3/{person.employee.pk}/{scene.today.year}",
                seen=digest_of(account),
                form_key=_key(scene, f"{person.slot}:pak"),
            )
            return


def _key(scene: Scene, topic: str) -> UUID:
    return uuid5(NAMESPACE_OID, f"{scene.agency.code}:credit:{topic}")


def _viewer(scene: Scene, employee: Employee) -> Viewer | None:
    now = datetime.combine(scene.today, time(10), ZoneInfo(scene.agency.time_zone))
    return viewer_for(employee.user, now) if employee.user else None
