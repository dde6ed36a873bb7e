"""Run on a filled demo's database: a unit of its own whose leader has ten routine entries to answer, and one that looks
like another of the same day.

Prints, as JSON, who leads, who wrote, and what the unusual entry says. Nobody of the cast is touched.
"""

import json
import sys
import uuid
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from terang.accounts.models import User
from terang.evidence.work.models import Entry
from terang.planning.plans.models import Indicator, Plan, PlanResult, PlanState
from terang.registry.organization.models import Unit
from terang.registry.people.models import Assignment, Employee, Post

PASSWORD = "teh-tawar-sore-9"
TODAY = timezone.localdate()
ZONE = ZoneInfo("Asia/Makassar")
ROUTINE = (
    "Melayani perekaman KTP di loket dua",
    "Mencetak kartu keluarga hasil verifikasi",
    "Memeriksa berkas pindah datang",
    "Menyusun rekap antrean mingguan",
    "Menyerahkan dokumen jadi kepada warga",
    "Memutakhirkan papan informasi persyaratan",
    "Mendampingi warga lansia mengisi formulir",
    "Memindai arsip akta tahun lalu",
    "Menjawab pertanyaan lewat telepon layanan",
    "Menata arsip berkas selesai",
)
TWICE = "Menerbitkan surat keterangan tinggal sementara"


def unit_of_its_own() -> Unit:
    parent = Unit.objects.get(agency__code="73.71", code="DUKCAPIL")
    unit = Unit.objects.create(
        agency=parent.agency,
        parent=parent,
        kind="bidang",
        code="DUKCAPIL.ANTREAN",
        name="Bidang Antrean Percontohan",
        valid_from=parent.valid_from,
    )
    unit.path = f"{parent.path}{unit.pk}/"
    unit.save(update_fields=["path"])
    return unit


def person(unit: Unit, name: str, number: int, *, head: bool) -> Employee:
    nip = f"19870202201101{1 + number % 2}88{number}"
    user = User.objects.create(nip=nip, name=name, password=make_password(PASSWORD))
    since = date(TODAY.year - 1, 1, 1)
    employee = Employee.objects.create(
        agency=unit.agency, user=user, nip=nip, name=name, status="pns", rank="III/b", joined_on=since
    )
    kind = "administrator" if head else "pelaksana"
    post = Post.objects.create(unit=unit, title=f"Jabatan {name}", kind=kind, is_head=head, valid_from=unit.valid_from)
    Assignment.objects.create(employee=employee, post=post, starts_on=since, document="SK 2/2026")
    return employee


def entries_of(member: Employee) -> None:
    plan = Plan.objects.create(
        employee=member,
        period_start=date(TODAY.year, 1, 1),
        period_end=date(TODAY.year + 1, 1, 1),
        state=PlanState.AGREED,
    )
    result = PlanResult.objects.create(plan=plan, number=1, text="Layanan loket selesai pada hari yang sama")
    indicator = Indicator.objects.create(
        result=result, text="Jumlah dokumen terbit", unit_label="dokumen", target_milli=900_000
    )
    for number, text in enumerate((*ROUTINE, TWICE, TWICE + ".")):
        day = TODAY - timedelta(days=number // 3)
        Entry.objects.create(
            employee=member,
            day=day,
            result=result,
            indicator=indicator,
            text=text,
            quantity_milli=2000,
            submitted_at=datetime.combine(day, time(8), ZONE) + timedelta(minutes=30 * number),
            answer_due_on=TODAY + timedelta(days=3),
            form_key=uuid.uuid4(),
        )


unit = unit_of_its_own()
leader, member = person(unit, "Wahyu Penilai", 1, head=True), person(unit, "Lestari Pelaksana", 2, head=False)
entries_of(member)
unusual = Entry.objects.filter(employee=member).latest("pk")
json.dump(
    {
        "leader": leader.nip,
        "member": member.nip,
        "password": PASSWORD,
        "unusual": unusual.pk,
        "waiting": Entry.objects.filter(employee=member).count(),
    },
    sys.stdout,
)
