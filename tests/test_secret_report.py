"""A report of misconduct about a unit, and a secret one, as each of the unit's people and everybody above them: every
address of the matrix says word for word the same before and after it came, and its own addresses say what they say of
a number that nobody has. What an overseer may read is asked too, so that nothing is compared with nothing.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from http.cookies import SimpleCookie
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse
from PIL import Image
from tests.cast import SINCE
from tests.scene import Scene, make_scene
from tests.test_access_matrix import CASES, Visitors, signed_in

from terang.audit.models import JournalEntry
from terang.evidence.complaints.acts import ACTS
from terang.evidence.complaints.models import Complaint, ComplaintClass
from terang.evidence.complaints.services.reporting import Report, submit_complaint
from terang.evidence.complaints.services.verifying import Finding, route_complaint, start_verification
from terang.evidence.complaints.services.working import answer_complaint, take_complaint
from terang.registry.people.models import Role, RoleGrant
from terang.reporting.live.topics import topics_of

pytestmark = pytest.mark.django_db
WALKING = ("sendiri", "rekan", "penilai", "atasan", "petugas", "kepegawaian", "publik")
"""The accused unit's people (`sendiri`, `rekan`, `petugas`), its head, who is above, who keeps their files, anybody."""
KEPT_AWAY = (*WALKING, "operator", "tanpa_pegawai", "asing")
WORDS = ("Uang-Pelicin-Vaksin", "Kamar-Obat-Terkunci", "Wati-Pelapor", "0812-7777-0001")
NOBODYS = "ADU-2222-2222"
CHANGING = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"  # a form's own key
    r'|name="csrfmiddlewaretoken" value="[^"]*"|"X-CSRFToken": "[^"]*"|nonce-[\w+/=-]+|nonce="[^"]*"'
    r'|name="digambar" value="[^"]*"|name="[\w-]+-key" value="[0-9a-f]{12}"|"token": "\w+"'
    r"|T\d{2}:\d{2}:\d{2}(\.\d+)?|Selamat (pagi|siang|sore|malam)"  # an hour may end while the pages are read
    r'|\b\d{1,2}[.:]\d{2}([.:]\d{2})?(\.\d+)?\b|\bW/"[^"]*"|data:image/png[^"]*'
    r"|\b[cd][0-9a-f]{8}\b"  # what ties a chart to its words
)
OF_CHANCE = ("/akun/faktor-kedua/", "/metrics")
"""Pages full of chance, about nobody but the reader; and figures that every answer moves."""
Answer = tuple[int, str, str]
DOWNLOADS = re.compile(r'href="([^"]*ekspor=(?:csv|xlsx)[^"]*)"')


@pytest.fixture(scope="module")
def visitors(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Visitors]:
    folder = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": tmp_path_factory.mktemp("files")},
    }
    still_known = {"MFA_REQUIRED_ROLES": [], "MFA_POLICY_ROLES": "", "ACCOUNT_REAUTHENTICATION_TIMEOUT": 24 * 60 * 60}
    stored = override_settings(STORAGES={**settings.STORAGES, "default": folder}, **still_known)
    with stored, django_db_blocker.unblock(), transaction.atomic():
        scene = make_scene()
        RoleGrant.objects.create(employee=scene.cast.sri, role=Role.COMPLAINT_COORDINATOR, starts_on=SINCE)
        cookies = {role: signed_in(account) for role, account in scene.accounts.items()}
        yield Visitors(scene, Client(raise_request_exception=False), cookies, {})
        transaction.set_rollback(True)


def asked(visitors: Visitors, role: str, url: str) -> Answer:
    """Status, where it leads, and what it says without what changes by itself. Nothing kept from before answers."""
    caches["near"].clear()
    visitors.browser.cookies = SimpleCookie(visitors.cookies[role])
    with transaction.atomic():
        answer: Any = visitors.browser.get(url)
        raw = b"".join(answer.streaming_content) if answer.streaming else answer.content
        transaction.set_rollback(True)
    kind = answer.headers.get("Content-Type", "")
    page = sheets(raw) if "spreadsheetml" in kind else raw.decode() if re.search("text|json|xml", kind) else ""
    return answer.status_code, CHANGING.sub("", answer.headers.get("Location", "")), CHANGING.sub("", page)


def sheets(raw: bytes) -> str:
    """The cells of a workbook."""
    with zipfile.ZipFile(io.BytesIO(raw)) as book:
        return "".join(book.read(name).decode() for name in sorted(book.namelist()) if name.startswith("xl/"))


def walked(visitors: Visitors, role: str) -> dict[str, Answer]:
    """Every address of the matrix that this role may read, and the tables offered there for download; that the others
    are refused to it the matrix itself checks."""
    found: dict[str, Answer] = {}
    for case in CASES:
        url = case.url(visitors.scene)
        if case.debug or role not in case.open or "GET" not in case.method.split() or url.startswith(OF_CHANCE):
            continue
        found[url] = asked(visitors, role, url)
        for link in DOWNLOADS.findall(found[url][2]):
            address = f"{url.partition('?')[0]}{link.replace('&amp;', '&')}" if link.startswith("?") else link
            found[address] = asked(visitors, role, address)
    return found


def came(scene: Scene) -> dict[str, Complaint]:
    """One about misconduct in the puskesmas, answered; a secret one for another office, in hand there."""
    cast = scene.cast
    agus, sri = cast.viewer("agus"), cast.viewer("sri")
    drawn = BytesIO()
    Image.new("RGB", (40, 30), "maroon").save(drawn, "JPEG")
    told = {"name": WORDS[2], "contact": WORDS[3]}

    def send(by: Any, number: int, title: str, **fields: Any) -> Complaint:
        report = Report(title, f"{title}, tiap Senin.", UUID(int=number), **told, **fields)
        picture = SimpleUploadedFile("x.jpg", drawn.getvalue(), "image/jpeg")
        found = submit_complaint(agency=cast.agency, report=report, photos=[picture]).complaint
        return start_verification(actor=by, complaint=found, version=found.version)

    accused = send(agus, 9001, WORDS[0], is_misconduct=True, is_anonymous=True, about_unit=cast.units["puskesmas"])
    accused = _passed(agus, accused, Finding(ComplaintClass.MISCONDUCT, None, None))
    accused = take_complaint(actor=agus, complaint=accused, version=accused.version)
    accused = answer_complaint(
        actor=agus, complaint=accused, version=accused.version, text=f"{WORDS[0]} diperiksa.", form_key=UUID(int=9003)
    )
    secret = send(sri, 9002, WORDS[1], is_secret=True)
    secret = _passed(sri, secret, Finding(ComplaintClass.SERVICE, None, cast.units["dukcapil"]))
    return {"accused": accused, "secret": take_complaint(actor=sri, complaint=secret, version=secret.version)}


def _passed(actor: Any, found: Complaint, finding: Finding) -> Complaint:
    return route_complaint(actor=actor, complaint=found, version=found.version, finding=finding)


@pytest.fixture(scope="module")
def seen(visitors: Visitors, django_db_blocker: Any) -> dict[str, Any]:
    """What everybody read before the reports came, and the reports."""
    with django_db_blocker.unblock():
        before = {role: walked(visitors, role) for role in WALKING}
        last = JournalEntry.objects.latest("pk").pk
        reports = came(visitors.scene)
        return {"before": before, "reports": reports, "last": last}


@pytest.mark.parametrize("role", WALKING)
def test_no_address_says_a_word_more_than_before(role: str, visitors: Visitors, seen: dict[str, Any]) -> None:
    """Lists, searches, counts, downloads, boards, what waits, the journal, public pages, open data, Open311."""
    after = walked(visitors, role)
    before = seen["before"][role]
    numbers = [report.tracking_code for report in seen["reports"].values()]
    told = {
        url: [mark for mark in (*WORDS, *numbers) if mark in page] for url, (_status, _where, page) in after.items()
    }
    assert {url: marks for url, marks in told.items() if marks} == {}
    differ = [f"{url}: {difference(before[url], after[url])}" for url in before if before[url] != after[url]]
    assert differ == [], "\n".join(differ)
    assert len(after) > 40


def difference(before: Answer, after: Answer) -> str:
    if before[:2] != after[:2]:
        return f"{before[:2]} became {after[:2]}"
    place = next((n for n, (a, b) in enumerate(zip(before[2], after[2], strict=False)) if a != b), len(before[2]))
    return f"…{before[2][max(place - 60, 0) : place + 80]!r} became …{after[2][max(place - 60, 0) : place + 80]!r}"


def own_addresses(number: str) -> list[str]:
    """Where a report would stand if one might read it."""
    read = [reverse("complaints:complaint", args=[number]), reverse("complaints:photo", args=[number, 1])]
    return [
        *read,
        reverse("public:report", args=["99.71", number]),
        *(f"{reverse('complaints:all')}?q={number}{more}" for more in ("", "&ekspor=csv")),
        f"/open311/v2/requests/{number}.json",
        f"/open311/v2/requests.json?service_request_id={number}",
    ]


@pytest.mark.parametrize("role", KEPT_AWAY)
def test_its_own_addresses_answer_as_for_a_number_nobody_has(
    role: str, visitors: Visitors, seen: dict[str, Any]
) -> None:
    for report in seen["reports"].values():
        number = report.tracking_code
        for mine, nobodys in zip(own_addresses(number), own_addresses(NOBODYS), strict=True):
            known, unknown = asked(visitors, role, mine), asked(visitors, role, nobodys)
            assert [str(part).replace(number, NOBODYS) for part in known] == [str(part) for part in unknown], mine
        for act in ACTS:
            urls = [reverse("complaints:act", args=[each, act.slug]) for each in (number, NOBODYS)]
            body = {"version": str(report.version), "text": "x", "form_key": str(UUID(int=1))}
            known, unknown = (visitors.ask(role, "POST", url, body) for url in urls)
            assert known.status_code == unknown.status_code, urls[0]
        history = reverse("audit:history", args=["complaints.complaint", report.pk])
        nothing = reverse("audit:history", args=["complaints.complaint", 987_654])
        known, unknown = asked(visitors, role, history), asked(visitors, role, nothing)
        here = [re.sub(rf"(complaint/|%2F){report.pk}\b", r"\g<1>987654", str(part)) for part in known]
        assert here == [str(part) for part in unknown]


def test_no_open_page_and_no_message_tells_of_it(seen: dict[str, Any], mailoutbox: list[Any]) -> None:
    new = JournalEntry.objects.filter(pk__gt=seen["last"], object_type="complaints.complaint")
    assert new.exists()
    assert topics_of(list(new)) == set()
    assert mailoutbox == []


def test_an_overseer_does_read_them(visitors: Visitors, seen: dict[str, Any]) -> None:
    """So that the comparison above has something to miss."""
    page = asked(visitors, "pengawas", reverse("complaints:all"))[2]
    assert WORDS[0] in page
    address = reverse("complaints:complaint", args=[seen["reports"]["accused"].tracking_code])
    assert asked(visitors, "pengawas", address)[0] == 200
