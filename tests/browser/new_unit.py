"""Run on a filled demo's database: a unit of its own, a leader whose plan is agreed, three people without a plan.

Prints, as JSON, the NIP and the number of each person. Nobody of the cast is touched.
"""

import json
import sys
from dataclasses import replace
from datetime import date

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from terang.accounts.models import User
from terang.planning.plans import services
from terang.registry.organization.models import Unit
from terang.registry.people.models import Assignment, Employee, Post
from terang.registry.people.selectors import appraiser_of
from terang.registry.people.viewer import Viewer, viewer_for
from terang.rules.plans import PlanDocument, PlannedIndicator, PlannedResult

LEADER, *MEMBERS = ("Rahmat Percontohan", "Ayu Percontohan", "Bima Percontohan", "Citra Percontohan")
PASSWORD = "kopi-tubruk-pagi-7"
TODAY = timezone.localdate()
YEAR = {"period_start": date(TODAY.year, 1, 1), "period_end": date(TODAY.year + 1, 1, 1)}
CARDS = PlannedResult(
    "hasilktp",
    "KTP elektronik warga terpencil terbit tepat waktu",
    level="kendali_sedang",
    indicators=(PlannedIndicator("jumlahktp", "Jumlah KTP terbit", unit_label="dokumen", target_milli=900_000),),
)
READY = PlannedResult(
    "hasilloket",
    "Loket keliling siap melayani setiap hari",
    level="kendali_sedang",
    indicators=(PlannedIndicator("jumlahhari", "Jumlah hari layanan", unit_label="hari", target_milli=200_000),),
)


def unit_of_its_own() -> Unit:
    parent = Unit.objects.get(agency__code="73.71", code="DUKCAPIL")
    unit = Unit.objects.create(
        agency=parent.agency,
        parent=parent,
        kind="bidang",
        code="DUKCAPIL.PERCONTOHAN",
        name="Bidang Percontohan",
        valid_from=parent.valid_from,
    )
    unit.path = f"{parent.path}{unit.pk}/"
    unit.save(update_fields=["path"])
    return unit


def person(unit: Unit, name: str, number: int, post: Post, password: str) -> Employee:
    nip = f"19850101201001{1 + number % 2}99{number}"
    user = User.objects.create(nip=nip, name=name, password=password)
    since = date(TODAY.year - 1, 1, 1)
    employee = Employee.objects.create(
        agency=unit.agency, user=user, nip=nip, name=name, status="pns", rank="III/b", joined_on=since
    )
    Assignment.objects.create(employee=employee, post=post, starts_on=since, document="SK rekaan")
    return employee


def people_of(unit: Unit) -> list[Employee]:
    since = {"unit": unit, "valid_from": unit.valid_from}
    head = Post.objects.create(
        title="Kepala Bidang Percontohan", kind="administrator", category="pimpinan", is_head=True, **since
    )
    desk = Post.objects.create(title="Operator Percontohan", kind="pelaksana", category="dukcapil", seats=3, **since)
    password = make_password(PASSWORD)
    names = enumerate((LEADER, *MEMBERS))
    return [person(unit, name, number, desk if number else head, password) for number, name in names]


def viewer(employee: Employee) -> Viewer:
    assert employee.user is not None
    found = viewer_for(employee.user, timezone.now())
    assert found is not None
    return found


def agree_the_leaders_plan(leader: Employee) -> None:
    above = appraiser_of(leader.pk, TODAY)
    assert above is not None
    document = PlanDocument(results=(CARDS, replace(READY, main=False)))
    version = services.open_plan(actor=viewer(leader), employee=leader, document=document, **YEAR)
    version = services.submit(actor=viewer(leader), version=version, seen=version.version)
    services.agree(actor=viewer(above.employee), version=version, seen=version.version)


people = people_of(unit_of_its_own())
agree_the_leaders_plan(people[0])
json.dump({each.name: {"nip": each.nip, "pk": each.pk} for each in people}, sys.stdout)
