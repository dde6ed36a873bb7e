"""Public pages: the same for everybody, no cookie, drawn at most once a minute; nobody is named and nothing guarded."""

import csv
import io
import json
import re
import threading
import uuid
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.cache import cache, caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from django.utils import timezone
from tests.cast import make_cast

from terang.accounts.counting import count_one, counted
from terang.evidence.citizens.models import Service, ServicePledge, ServiceRequest, SurveyResponse
from terang.evidence.citizens.models.interventions import Intervention
from terang.evidence.complaints.models import (
    ClosedBy,
    Complaint,
    ComplaintCategory,
    ComplaintClass,
    ComplaintMessage,
    ComplaintTerms,
    MessageKind,
    Speaker,
)
from terang.evidence.complaints.services.reporting import Report, submit_complaint
from terang.registry.organization.calendars import local_today
from terang.reporting.boards.public import complaints
from terang.reporting.boards.public.complaints import government_truths
from terang.reporting.boards.public.facts import government_facts, unit_facts
from terang.reporting.boards.public.open_data import TABLES
from terang.reporting.boards.public.wall import hours_of, wall_of
from terang.reporting.boards.times.lines import SatisfactionLine
from terang.reporting.boards.times.tables import SATISFACTION
from terang.web import kept as keeping
from terang.web.kept import Drawn, kept

REPORTER = "Budi Hartono"
PHONE = "081234567890"


@pytest.fixture(autouse=True)
def empty_caches(db):
    for each in (cache, caches["pages"], caches["near"], caches["counts"]):
        each.clear()


@pytest.fixture
def service(cast):
    return Service.objects.create(unit=cast.units["register"], code="ktp", name="KTP elektronik", standard_minutes=960)


@pytest.fixture
def report(cast):
    """`report(title, published=…, …)`: a complaint somebody sent, signed with a name and a number."""
    category = ComplaintCategory.objects.create(agency=cast.agency, code="jalan", name="Jalan")

    def send(title="Lampu mati", *, published=True, kept=None, photos=(), **more):
        body = f"Isi {title}. Salam, {REPORTER}, {PHONE}"
        told = {"name": REPORTER, "contact": PHONE, "category": category, **more}
        found = submit_complaint(
            agency=cast.agency, report=Report(title=title, body=body, form_key=uuid.uuid4(), **told), photos=photos
        ).complaint
        Complaint.objects.filter(pk=found.pk).update(is_published=published, **(kept or {}))
        found.refresh_from_db()
        return found

    return send


def finish(service, officer, many, minutes=600):
    now = timezone.now()
    ServiceRequest.objects.bulk_create(
        ServiceRequest(
            service=service,
            officer=officer,
            tracking_code=f"T{service.pk}-{minutes}-{number}",
            state="diserahkan",
            received_at=now - timedelta(days=2),
            started_at=now - timedelta(days=2),
            completed_at=now,
            standard_minutes=service.standard_minutes,
            actual_minutes=minutes,
        )
        for number in range(many)
    )


def answers(service, officer, many, value=3):
    elements = ("syarat", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku", "pengaduan", "sarana")
    SurveyResponse.objects.bulk_create(
        SurveyResponse(
            service=service, officer=officer, day=local_today(service.unit.agency), **dict.fromkeys(elements, value)
        )
        for _ in range(many)
    )


def page(client, path, **query):
    return client.get(f"/publik/{path}", query).content.decode()


# The same for everybody


def test_a_page_sets_no_cookie_and_may_be_shared(cast, service, sign_in):
    browser = sign_in("siti")
    browser.cookies["tema"] = "dark"
    response = browser.get("/publik/99.71/")
    assert response.status_code == 200
    assert not response.cookies
    assert response["Cache-Control"].startswith("public, max-age=60")
    assert "Cookie" not in response["Vary"]
    assert "csrf" not in response.content.decode()
    assert cast.siti.name not in response.content.decode()


def test_who_has_it_gets_nothing_again(cast, client):
    first = client.get("/publik/99.71/")
    again = client.get("/publik/99.71/", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/publik/99.71/", headers={"If-None-Match": 'W/"lain"'}).status_code == 200


def test_it_comes_packed_to_who_takes_it(cast, client):
    packed = client.get("/publik/99.71/", headers={"Accept-Encoding": "gzip, br"})
    assert packed["Content-Encoding"] == "gzip"
    assert len(packed.content) < len(client.get("/publik/99.71/").content) / 2


def test_the_language_stands_in_the_address(cast, client):
    assert '<html lang="id"' in page(client, "99.71/")
    english = page(client, "99.71/", bahasa="en")
    assert '<html lang="en"' in english
    assert "Complaints: both truths" in english
    assert "/publik/?bahasa=en" in english
    client.cookies["django_language"] = "en"
    assert '<html lang="id"' in page(client, "99.71/")


def test_a_second_reader_costs_no_query(cast, service, client, django_assert_num_queries):
    page(client, "99.71/")
    with django_assert_num_queries(0):
        page(client, "99.71/")
    caches["near"].clear()
    with django_assert_num_queries(1):
        page(client, "99.71/")


@pytest.mark.parametrize("many", [1, 40])
def test_drawing_costs_the_same_at_any_size(cast, report, many, django_assert_max_num_queries):
    for number in range(many):
        unit = cast.units["puskesmas" if number % 2 else "register"]
        made = Service.objects.create(unit=unit, code=f"l{number}", name=f"Layanan {number}", standard_minutes=60)
        finish(made, cast.andi, 6)
        report(f"Laporan {number}", kept={"unit": unit})
    caches["pages"].clear()
    with django_assert_max_num_queries(60):
        government_facts(cast.agency)


# Kept pages


def test_it_is_drawn_once_a_minute(db, monkeypatch):
    drawn = []

    def draw():
        drawn.append(1)
        return Drawn(f"{len(drawn)}")

    assert kept("x", draw).body == b"1"
    caches["near"].clear()
    assert kept("x", draw).body == b"1"
    monkeypatch.setattr(keeping, "FRESH_SECONDS", -1)
    caches["near"].clear()
    assert kept("x", draw).body == b"2"


def test_while_one_draws_the_others_get_the_old_one(db, monkeypatch):
    assert kept("x", lambda: Drawn("lama")).body == b"lama"
    monkeypatch.setattr(keeping, "FRESH_SECONDS", -1)
    caches["near"].clear()
    caches["pages"].add("terang:public:x:drawing", 1, 30)
    assert kept("x", lambda: pytest.fail("drawn twice at once")).body == b"lama"


def test_the_first_readers_wait_for_who_draws(db, monkeypatch):
    monkeypatch.setattr(keeping, "WAITING_SECONDS", 0.1)
    caches["pages"].add("terang:public:x:drawing", 1, 30)
    assert kept("x", lambda: Drawn("sendiri")).body == b"sendiri"


def test_a_fault_in_drawing_shows_the_old_one(db, monkeypatch):
    kept("x", lambda: Drawn("lama"))
    monkeypatch.setattr(keeping, "FRESH_SECONDS", -1)
    caches["near"].clear()

    def fault():
        raise RuntimeError

    assert kept("x", fault).body == b"lama"
    with pytest.raises(RuntimeError):
        kept("y", fault)
    assert kept("y", lambda: Drawn("baru")).body == b"baru"


def test_what_is_gone_is_not_kept(db, monkeypatch):
    kept("x", lambda: Drawn("lama"))
    monkeypatch.setattr(keeping, "FRESH_SECONDS", -1)
    caches["near"].clear()

    def gone():
        raise Http404

    for _ in range(2):
        with pytest.raises(Http404):
            kept("x", gone)


def test_many_readers_at_once_draw_it_once(settings):
    memory = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "crowd"}
    settings.CACHES = {**settings.CACHES, "pages": memory}
    drawn, seen, start = [], [], threading.Barrier(8)

    def draw():
        drawn.append(1)
        return Drawn("isi")

    def read():
        start.wait()
        seen.append(kept("ramai", draw).body)

    readers = [threading.Thread(target=read) for _ in range(8)]
    for each in readers:
        each.start()
    for each in readers:
        each.join()
    assert seen == [b"isi"] * 8
    assert len(drawn) == 1


def test_pages_that_are_not_there_fill_no_cache(cast, client, report, monkeypatch):
    monkeypatch.setattr(complaints, "PAGE", 2)
    for number in range(3):
        report(f"Laporan {number}")
    drawn, draw = [], complaints.published_page
    monkeypatch.setattr(complaints, "published_page", lambda agency, at: drawn.append(at) or draw(agency, at))
    for asked in ("1", "2", "3", "400", "99999", "0", "-1", "x", "2"):
        assert client.get("/publik/99.71/laporan/", {"halaman": asked}).status_code == 200
    assert sorted(drawn) == [1, 2]


def test_pages_lie_apart_from_limits(cast, client, settings):
    memory = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "limits"}
    settings.CACHES = {**settings.CACHES, "default": memory}
    count_one("terang:passersby:1", 60)
    for path in ("99.71/", "99.71/laporan/", "99.71/data/", ""):
        assert client.get(f"/publik/{path}").status_code == 200
    assert not [key for key in caches["default"]._cache if "terang:public:" in key]
    assert counted("terang:passersby:1") == 1


# What it shows


def test_a_service_has_its_promise_and_its_reality(cast, service, client):
    finish(service, cast.andi, 6, minutes=600)
    finish(service, cast.andi, 2, minutes=1200)
    (line,) = government_facts(cast.agency).services
    assert (line.finished, line.timely_bp) == (8, 7500)
    shown = page(client, "99.71/")
    assert "KTP elektronik" in shown
    assert "75 %" in shown or "75\N{NO-BREAK SPACE}%" in shown
    assert cast.andi.name not in shown


def test_too_few_requests_show_no_time(cast, service):
    finish(service, cast.andi, 4)
    (line,) = government_facts(cast.agency).services
    assert (line.finished, line.median, line.timely_bp) == (4, None, None)


def test_an_index_needs_enough_answers(cast, service):
    answers(service, cast.andi, 4)
    assert government_facts(cast.agency).whole.ikm is None
    assert government_facts(cast.agency).whole.respondents is None
    answers(service, cast.andi, 20)
    cache.clear()
    whole = government_facts(cast.agency).whole
    assert (whole.ikm, whole.respondents, whole.published) == (7500, 24, False)


def test_both_truths_are_told(cast, report, client):
    now, today = timezone.now(), local_today(cast.agency)
    answered = {"answered_on": today, "last_answer_at": now}
    report("A", kept={"state": "selesai", "closed_by": ClosedBy.CITIZEN, **answered})
    report("B", kept={"state": "selesai", "closed_by": ClosedBy.TIME, **answered})
    report("C", kept={"state": "dijawab", **answered})
    report("D", kept={"state": "dibuka_kembali", "reopened_count": 1, **answered})
    report("E", kept={"finish_due_on": today - timedelta(days=1), "received_on": today - timedelta(days=9),
                      "verify_due_on": today})  # fmt: skip
    report("F", is_secret=True, kept={"state": "selesai", "closed_by": ClosedBy.CITIZEN, **answered})
    truths = government_truths(cast.agency, today)
    assert (truths.total, truths.answered, truths.confirmed, truths.silent) == (5, 4, 1, 1)
    assert (truths.awaited, truths.disputed, truths.denied) == (1, 1, 1)
    assert (truths.timely, truths.judged, truths.denied_bp) == (4, 5, 2500)
    assert truths.answered == truths.confirmed + truths.silent + truths.awaited + truths.disputed
    assert sum(state.count for state in truths.states) == truths.total
    assert "pernah dinyatakan belum selesai" in page(client, "99.71/")


def test_who_answers_for_complaints_is_named_with_an_address(cast, client):
    assert "belum dicantumkan" in page(client, "99.71/")
    caches["pages"].clear()
    caches["near"].clear()
    ComplaintTerms.objects.create(
        agency=cast.agency, valid_from="2020-01-01", contact="Sekretariat, Jalan Balai 1", basis="x"
    )
    assert "Jalan Balai 1" in page(client, "99.71/")


def test_changes_are_told_without_who_made_them(cast, service, client):
    Intervention.objects.create(
        unit=cast.units["register"],
        service=service,
        day=local_today(cast.agency) - timedelta(days=20),
        title="Loket kedua dibuka",
        entered_by=cast.andi,
        entered_at=timezone.now(),
        form_key=uuid.uuid4(),
    )
    shown = page(client, "99.71/")
    assert "Loket kedua dibuka" in shown
    assert not any(person.name in shown for person in cast.people.values())


def test_a_unit_has_its_own_page(cast, service, client):
    shown = page(client, f"99.71/unit/{cast.units['register'].pk}/")
    assert "KTP elektronik" in shown
    assert "KTP elektronik" not in page(client, f"99.71/unit/{cast.units['puskesmas'].pk}/")
    assert client.get("/publik/99.71/unit/999999/").status_code == 404
    assert client.get(f"/publik/99.71/unit/{cast.units['root'].pk}/").status_code == 404


def test_a_unit_is_found_only_under_its_government(cast, client):
    make_cast("11.02", "Kabupaten Lain")
    assert client.get(f"/publik/11.02/unit/{cast.units['register'].pk}/").status_code == 404
    assert client.get("/publik/12.34/").status_code == 404


# The screen on the wall

MONDAY = datetime(2026, 11, 16, 2, tzinfo=UTC)
"""Ten o'clock in Makassar."""


def test_a_wall_counts_today_and_names_nobody(cast, service, client):
    unit = cast.units["register"]
    for minutes in (100, 200, 300, 400, 1_000):
        asked = {"service": service, "officer": cast.andi, "received_at": MONDAY, "standard_minutes": 960}
        finished = {"state": "diserahkan", "completed_at": MONDAY, "actual_minutes": minutes}
        ServiceRequest.objects.create(tracking_code=f"W-{minutes}", **asked, **finished)
    ServiceRequest.objects.create(tracking_code="W-0", service=service, received_at=MONDAY, state="diperiksa")
    found = wall_of(unit, (7, 17), MONDAY)
    assert (found.awake, found.waiting, found.finished, found.timely_bp) == (True, 1, 5, 8_000)
    assert [each.name for each in found.services] == ["KTP elektronik"]
    ServiceRequest.objects.filter(tracking_code="W-100").delete()
    assert wall_of(unit, (7, 17), MONDAY).timely_bp is None
    shown = page(client, f"99.71/unit/{unit.pk}/layar/?jam=0-23")
    assert cast.andi.name not in shown
    assert client.get(f"/publik/99.71/unit/{cast.units['root'].pk}/layar/").status_code == 404


@pytest.mark.parametrize(
    ("moment", "hours", "awake"),
    [
        (MONDAY, (7, 17), True),
        (MONDAY, (11, 17), False),
        (MONDAY.replace(hour=9), (7, 17), False),
        (MONDAY - timedelta(days=1), (7, 17), False),
    ],
)
def test_a_wall_rests_outside_its_hours_and_on_days_off(cast, moment, hours, awake):
    assert wall_of(cast.units["register"], hours, moment).awake is awake


@pytest.mark.parametrize(
    ("asked", "hours"), [("8-15", (8, 15)), ("", (7, 17)), ("15-8", (7, 17)), ("8-99", (7, 17)), ("a-b", (7, 17))]
)
def test_what_an_address_says_wrongly_gives_the_usual_hours(asked, hours):
    assert hours_of(asked) == hours


# Reports


def test_a_published_report_has_its_answers_and_no_names(cast, report, client):
    complaint = report("Lampu mati")
    told = {"complaint": complaint, "said_at": timezone.now(), "author": cast.andi, "speaker": Speaker.STAFF}
    ComplaintMessage.objects.create(kind=MessageKind.ANSWER, text=f"Yth. {REPORTER}, sudah diperbaiki.", **told)
    ComplaintMessage.objects.create(kind=MessageKind.NOTE, text="Catatan dalam", is_shown=False, **told)
    ComplaintMessage.objects.create(kind=MessageKind.QUESTION, text="Pertanyaan untuk pelapor", **told)
    shown = page(client, f"99.71/laporan/{complaint.tracking_code}/")
    assert "sudah diperbaiki" in shown
    for hidden in ("Budi", "Hartono", PHONE, cast.andi.name, "Catatan dalam", "Pertanyaan untuk pelapor"):
        assert hidden not in shown


def test_a_report_taken_back_is_gone_at_once(cast, report, client):
    complaint = report()
    place = f"/publik/99.71/laporan/{complaint.tracking_code}/"
    assert client.get(place).status_code == 200
    Complaint.objects.filter(pk=complaint.pk).update(complaint_class=ComplaintClass.MISCONDUCT)
    assert client.get(place).status_code == 404


def test_the_list_goes_on_on_further_pages(cast, report, client):
    for number in range(21):
        report(f"Laporan nomor {number}")
    first, second = page(client, "99.71/laporan/"), page(client, "99.71/laporan/", halaman="2")
    assert "Laporan nomor 20<" in first
    assert "Laporan nomor 0<" in second
    for odd in ("²", "-1", "9" * 30, "abc", "0"):
        assert client.get("/publik/99.71/laporan/", {"halaman": odd}).status_code == 200


def test_a_photo_appears_only_when_it_was_let(cast, report, client, settings, tmp_path):
    from PIL import Image

    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}},
    }
    drawn = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(drawn, "JPEG")
    complaint = report(photos=[SimpleUploadedFile("x.jpg", drawn.getvalue(), "image/jpeg")])
    place = f"/publik/99.71/laporan/{complaint.tracking_code}/foto/1/"
    assert client.get(place).status_code == 404
    complaint.photos.update(is_published=True)
    assert client.get(place).status_code == 200
    Complaint.objects.filter(pk=complaint.pk).update(is_secret=True)
    assert client.get(place).status_code == 404


def test_nothing_guarded_stands_anywhere(cast, service, report, client):
    """All routes, all formats, pages and searches by number."""
    hidden = [
        report("Zamrud satu", is_secret=True),
        report("Zamrud dua", is_misconduct=True),
        report("Zamrud tiga", published=False),
    ]
    for each in hidden:
        Complaint.objects.filter(pk=each.pk).update(unit=cast.units["puskesmas"], ending_reason="Zamrud")
    shown = report("Tampil", is_anonymous=True)
    unit = cast.units["puskesmas"].pk
    paths = [
        "/publik/",
        "/publik/99.71/",
        "/publik/99.71/?bahasa=en",
        f"/publik/99.71/unit/{unit}/",
        "/publik/99.71/laporan/",
        f"/publik/99.71/laporan/{shown.tracking_code}/",
        *(f"/publik/99.71/data/{name}.{form}" for name in TABLES for form in ("csv", "json")),
        *(f"/open311/v2/requests.{form}?extensions=true&jurisdiction_id=99.71" for form in ("json", "xml")),
    ]
    for path in paths:
        text = client.get(path).content.decode()
        assert "Zamrud" not in text, path
        assert not any(each.tracking_code in text for each in hidden), path
        assert REPORTER not in text, path
        assert PHONE not in text, path
    unknown = client.get("/publik/99.71/laporan/ADU-0000-0000/")
    for each in hidden:
        answer = client.get(f"/publik/99.71/laporan/{each.tracking_code}/")
        assert answer.status_code == 404
        assert alike(answer, each.tracking_code) == alike(unknown, "ADU-0000-0000")


def alike(response, number):
    """A page without the number asked for and without what is drawn anew each time."""
    return re.sub(r"[A-Za-z0-9]{64}", "", response.content.decode().replace(number, ""))


# Open data


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_the_same_as_csv_and_as_json(cast, service, report, client, name):
    finish(service, cast.andi, 6)
    answers(service, cast.andi, 20)
    report("Satu")
    told = client.get(f"/publik/99.71/data/{name}.json")
    assert told["Access-Control-Allow-Origin"] == "*"
    data = json.loads(told.content)
    assert data["lisensi"] == "CC-BY-4.0"
    assert all(set(row) == set(data["kolom"]) for row in data["baris"])
    text = client.get(f"/publik/99.71/data/{name}.csv").content.decode().removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert list(rows[0] if rows else data["kolom"]) == list(data["kolom"])
    assert len(rows) == len(data["baris"])


def test_every_column_is_explained(cast, client):
    shown = page(client, "99.71/data/")
    for table in TABLES.values():
        assert all(f"<code>{name}</code>" in shown for name in table.columns)
    assert "creativecommons.org" in shown
    assert client.get("/publik/99.71/data/tidak-ada.csv").status_code == 404


def test_no_cell_acts_as_a_formula(cast, report, client):
    report('=HYPERLINK("http://contoh.id")')
    text = client.get("/publik/99.71/data/laporan-warga.csv").content.decode()
    assert "'=HYPERLINK" in text


def test_the_data_round_the_spot_of_an_anonymous_reporter(cast, report, client):
    found = report("Lampu mati")
    spot = {"latitude_micro": -5_147_665, "longitude_micro": 119_432_732}
    type(found).objects.filter(pk=found.pk).update(is_anonymous=True, **spot)
    row = json.loads(client.get("/publik/99.71/data/laporan-warga.json").content)["baris"][0]
    assert (row["lintang"], row["bujur"]) == (-5.148, 119.433)


def test_missing_is_empty_and_not_nought(cast, service, client):
    finish(service, cast.andi, 1)
    row = json.loads(client.get("/publik/99.71/data/layanan.json").content)["baris"][0]
    assert row["nilai_tengah_menit_kerja"] is None
    assert row["tepat_waktu_persen"] is None


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Kepala Puskesmas", "Kepala Puskesmas, {unit}"),
        ("Kepala {unit}", "Kepala {unit}"),
        ("KEPALA {unit}", "KEPALA {unit}"),
    ],
)
def test_a_pledge_names_its_unit_once(cast, title, shown):
    unit = cast.units["register"]
    today = local_today(cast.agency)
    ServicePledge.objects.create(
        unit=unit, text="Sanggup.", signer="Dewi", signer_title=title.format(unit=unit.name), place="Uji", day=today
    )
    assert unit_facts(unit).signature == shown.format(unit=unit.name)


@pytest.mark.parametrize(("before", "now", "told"), [(8744, 8796, "+0,52"), (8796, 8744, "-0,52"), (None, 8744, "–")])
def test_a_difference_of_indexes_is_that_of_the_figures_beside_it(before, now, told):
    line = SatisfactionLine(1, "Unit", "1/", 30, now, "A", before)
    shown = {column.name: str(column.cell(line)) for column in SATISFACTION.columns}
    assert shown["change"].replace("belum ada", "–") == told
    if before is not None:
        old, new, change = (Decimal(shown[name].replace(",", ".")) for name in ("before", "ikm", "change"))
        assert new - old == change
