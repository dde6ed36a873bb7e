"""One known cast: the tiny, fictional government of Kota Terang, for the tests of every room.

    root       Pemerintah Kota Terang              Ratna Dewanti (Wali Kota, elected)
    dukcapil   Dinas Kependudukan                  Sri Wahyuni (head)
    register   Bidang Pendaftaran Penduduk         Hendra Saputra (head), Andi Pratama, Rina Marlina
    civil      Bidang Pencatatan Sipil             nobody leads; Joko Susilo works there
    bkd        Badan Kepegawaian                   Maya Lestari (head, personnel agency), Tono Wijaya (operator)
    inspectorate  Inspektorat                      Agus Salim (head, oversight), Lina Hartati (auditor)
    health     Dinas Kesehatan                     Bambang Nugroho (head)
    puskesmas  Puskesmas Melati (shifts)           Dewi Anggraini (head), Siti Rahma (nurse)

Everybody works there since 2 January 2020. `TODAY` is a Tuesday without anything special.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from terang.accounts.models import User
from terang.registry.organization.models import Agency, Unit, WorkWeek
from terang.registry.people.models import Assignment, Employee, Post, Role, RoleGrant
from terang.registry.people.viewer import Viewer, viewer_for

SINCE = date(2020, 1, 2)
TODAY = date(2026, 11, 24)
ZONE = ZoneInfo("Asia/Makassar")
NOW = datetime.combine(TODAY, time(9), ZONE)

UNITS = (
    ("root", "", "pemerintah", "Pemerintah Kota Terang"),
    ("dukcapil", "root", "dinas", "Dinas Kependudukan dan Pencatatan Sipil"),
    ("register", "dukcapil", "bidang", "Bidang Pelayanan Pendaftaran Penduduk"),
    ("civil", "dukcapil", "bidang", "Bidang Pelayanan Pencatatan Sipil"),
    ("bkd", "root", "badan", "Badan Kepegawaian Daerah"),
    ("inspectorate", "root", "inspektorat", "Inspektorat Daerah"),
    ("health", "root", "dinas", "Dinas Kesehatan"),
    ("puskesmas", "health", "puskesmas", "Puskesmas Melati"),
)
POSTS = (
    ("mayor", "root", "Wali Kota", "kepala_daerah", True, ""),
    ("dukcapil_head", "dukcapil", "Kepala Dinas", "jpt", True, ""),
    ("register_head", "register", "Kepala Bidang Pendaftaran Penduduk", "administrator", True, ""),
    ("register_officer", "register", "Operator Layanan Operasional", "pelaksana", False, ""),
    ("civil_head", "civil", "Kepala Bidang Pencatatan Sipil", "administrator", True, ""),
    ("civil_officer", "civil", "Pengadministrasi Perkantoran", "pelaksana", False, ""),
    ("bkd_head", "bkd", "Kepala Badan", "jpt", True, ""),
    ("bkd_officer", "bkd", "Pranata Komputer", "fungsional", False, ""),
    ("inspector", "inspectorate", "Inspektur", "jpt", True, ""),
    ("auditor", "inspectorate", "Auditor", "fungsional", False, ""),
    ("health_head", "health", "Kepala Dinas", "jpt", True, ""),
    ("puskesmas_head", "puskesmas", "Kepala Puskesmas", "fungsional", True, ""),
    ("nurse", "puskesmas", "Perawat", "fungsional", False, "perawat"),
)
PEOPLE = (
    ("mayor", "Ratna Dewanti", "197003141995032001", "mayor"),
    ("sri", "Sri Wahyuni", "197505121999032002", "dukcapil_head"),
    ("hendra", "Hendra Saputra", "198001202005011003", "register_head"),
    ("andi", "Andi Pratama", "199203172019031004", "register_officer"),
    ("rina", "Rina Marlina", "199508092020212005", "register_officer"),
    ("joko", "Joko Susilo", "198811302014021006", "civil_officer"),
    ("maya", "Maya Lestari", "197809252003122007", "bkd_head"),
    ("tono", "Tono Wijaya", "199012012016031008", "bkd_officer"),
    ("agus", "Agus Salim", "197207182000031009", "inspector"),
    ("lina", "Lina Hartati", "198504042010012010", "auditor"),
    ("bambang", "Bambang Nugroho", "197311062001121011", "health_head"),
    ("dewi", "Dewi Anggraini", "198202282008012012", "puskesmas_head"),
    ("siti", "Siti Rahma", "199306152018012013", "nurse"),
)
ROLES = (
    ("mayor", Role.REGIONAL_HEAD, ""),
    ("maya", Role.PERSONNEL, ""),
    ("tono", Role.OPERATOR, ""),
    ("agus", Role.OVERSIGHT, ""),
    ("lina", Role.AUDITOR, ""),
    ("andi", Role.SERVICE_OFFICER, "register"),
    ("rina", Role.SERVICE_OFFICER, "register"),
    ("hendra", Role.SERVICE_MANAGER, "register"),
    ("joko", Role.SERVICE_OFFICER, "civil"),
)


@dataclass
class Cast:
    """The rows by name: `cast.people["andi"]`, or `cast.andi` for a person."""

    agency: Agency
    units: dict[str, Unit] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    people: dict[str, Employee] = field(default_factory=dict)
    today: date = TODAY
    now: datetime = NOW

    def __getattr__(self, name: str) -> Employee:
        try:
            return self.__dict__["people"][name]
        except KeyError:
            raise AttributeError(name) from None

    def viewer(self, name: str, now: datetime = NOW) -> Viewer:
        """How this person looks at Terang at a moment."""
        employee = self.people[name]
        assert employee.user is not None
        viewer = viewer_for(employee.user, now)
        assert viewer is not None
        return viewer


def make_cast(code: str = "99.71", name: str = "Pemerintah Kota Terang") -> Cast:
    """Kota Terang with everybody in it. A second one, under another code, is a stranger's government with the same
    people."""
    cast = Cast(Agency.objects.create(code=code, name=name, kind="kota", time_zone="Asia/Makassar"))
    for key, parent, kind, unit_name in UNITS:
        cast.units[key] = _unit(cast, key, cast.units.get(parent), kind, unit_name)
    for key, unit, title, kind, is_head, category in POSTS:
        cast.posts[key] = Post.objects.create(
            unit=cast.units[unit], title=title, kind=kind, is_head=is_head, category=category, seats=3, valid_from=SINCE
        )
    for number, (key, person, nip, post) in enumerate(PEOPLE):
        cast.people[key] = _person(cast, person, nip, cast.posts[post], number)
    for key, role, unit in ROLES:
        RoleGrant.objects.create(
            employee=cast.people[key], role=role, unit=cast.units.get(unit), starts_on=SINCE, document="SK 1/2020"
        )
    WorkWeek.objects.create(agency=cast.agency, starts_at=time(7, 30), ends_at=time(16), valid_from=SINCE)
    WorkWeek.objects.create(
        agency=cast.agency,
        unit=cast.units["puskesmas"],
        weekdays="1234567",
        starts_at=time(7),
        ends_at=time(14),
        shifts=True,
        valid_from=SINCE,
    )
    return cast


def _unit(cast: Cast, key: str, parent: Unit | None, kind: str, name: str) -> Unit:
    unit = Unit.objects.create(
        agency=cast.agency,
        parent=parent,
        kind=kind,
        code=key.upper(),
        name=name,
        valid_from=SINCE,
        serves_public=key in {"dukcapil", "register", "civil", "puskesmas"},
    )
    unit.path = f"{parent.path if parent else '/'}{unit.pk}/"
    unit.save()
    return unit


def _person(cast: Cast, name: str, nip: str, post: Post, number: int) -> Employee:
    """A person with an account; in a second government the NIP's serial number is another, so that it stays unique."""
    if cast.agency.code != "99.71":
        nip = f"{nip[:15]}{900 + number}"
    user = User.objects.create(nip=nip, name=name, password="!")
    employee = Employee.objects.create(
        agency=cast.agency,
        user=user,
        nip=nip,
        name=name,
        status="pppk" if nip[12:14] == "21" else "pns",
        rank="III/b",
        joined_on=SINCE,
    )
    Assignment.objects.create(employee=employee, post=post, starts_on=SINCE, document="SK 821/2020")
    return employee
