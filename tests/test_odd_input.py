"""Addresses and forms with numbers that are none: a page or a refusal, never a fault of the server."""

import uuid
from urllib.parse import quote

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.cast import NOW, TODAY, make_cast

from terang.evidence.attendance.leave_kinds import ANNUAL
from terang.evidence.complaints.models import ComplaintCategory
from terang.interchange.open311.keys import issue_key
from terang.planning.matrix.services import begin_matrix
from terang.planning.plans.services import open_plan
from terang.registry.people.models import Employee
from terang.rules.plans import PlanDocument, PlannedIndicator, PlannedResult

ODD = ("²", "٣", "-1", "abc", "9" * 30, "0")
DAYS = ("0001-01-01", "9999-12-31", "²")
RESULT = PlannedResult("r1", "KTP terbit", indicators=(PlannedIndicator("i1", "KTP", target_milli=1000),))


@pytest.fixture
def cast(db, monkeypatch, client):
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    client.raise_request_exception = False
    return make_cast()


@pytest.fixture
def version(cast):
    year = {"period_start": TODAY.replace(month=1, day=1), "period_end": TODAY.replace(year=2027, month=1, day=1)}
    return open_plan(actor=cast.viewer("andi"), employee=cast.andi, document=PlanDocument(results=(RESULT,)), **year)


def assert_answered(response):
    assert response.status_code < 500, response.request["PATH_INFO"]


@pytest.mark.parametrize("odd", [*ODD, "²²²²", "10000"])
def test_odd_numbers_in_addresses_are_answered(cast, version, client, odd):
    matrix = begin_matrix(actor=cast.viewer("hendra"), day=TODAY)
    client.force_login(cast.hendra.user)
    for address in (
        "/skp/?tahun=",
        "/skp/tim/?tahun=",
        f"/skp/naskah/{version.pk}/banding/?dengan=",
        "/matriks/?tahun=",
        f"/matriks/{matrix.pk}/?halaman=",
        "/sasaran/?tahun=",
        "/sasaran/perjanjian/?tahun=",
        "/sasaran/periksa/?unit=",
        "/sasaran/baru/?induk=",
        f"/sasaran/perjanjian/{cast.units['register'].pk}/2026/?nomor=",
        f"{reverse('work:entries')}?tugas=",
        f"{reverse('work:entries')}?pegawai=",
        f"{reverse('work:receipt')}?nomor=",
        f"{reverse('attendance:month')}?pegawai=",
        f"{reverse('attendance:balance')}?pegawai=",
        f"{reverse('organization:calendar')}?tahun=",
        "/periksa/?kode=",
        "/publik/?bahasa=",
        "/publik/99.71/laporan/?halaman=",
        "/open311/v2/services.json?jurisdiction_id=",
        "/open311/v2/requests.json?start_date=",
        "/open311/v2/requests.json?end_date=",
        "/open311/v2/requests.json?updated_after=",
        "/open311/v2/requests.json?page_size=",
        "/open311/v2/requests.json?page=",
        "/open311/v2/requests.xml?service_request_id=",
        "/open311/v2/requests.xml?service_code=",
        "/open311/v2/requests.xml?status=",
    ):
        assert_answered(client.get(address + odd))


@pytest.mark.parametrize("day", DAYS)
def test_odd_days_are_answered(cast, client, day):
    client.force_login(cast.andi.user)
    for name, asked in (("leave_new", "hari"), ("dispute_new", "hari"), ("month", "bulan")):
        assert_answered(client.get(reverse(f"attendance:{name}"), {asked: day[:7] if asked == "bulan" else day}))
    counted = {"kind": ANNUAL, "starts_on": day, "last_day": day}
    assert_answered(client.get(reverse("attendance:leave_count"), counted))


@pytest.mark.parametrize("year", [0, 1, 1999, 2101, 10000, 10**20])
def test_an_agreement_of_no_year_is_not_found(cast, client, year):
    client.force_login(cast.maya.user)
    place = f"/sasaran/perjanjian/{cast.units['dukcapil'].pk}"
    assert client.get(f"{place}/{year}/").status_code == 404
    assert client.get(f"{place}/2026/").status_code == 200


@pytest.mark.parametrize("odd", ODD)
def test_odd_numbers_in_forms_are_answered(cast, version, client, odd):
    matrix = begin_matrix(actor=cast.viewer("hendra"), day=TODAY)
    client.force_login(cast.andi.user)
    for address, sent in (
        (reverse("plans:result_move", args=[version.pk, "r1"]), {"ke": odd, "version": version.version}),
        (reverse("plans:result_new", args=[version.pk]), {"kamus": odd, "i-TOTAL_FORMS": odd}),
        (reverse("plans:result_new", args=[version.pk]), {"tambah": "1", "i-TOTAL_FORMS": odd}),
        (reverse("plans:dictionary", args=[version.pk]), {"butir": odd, "version": version.version}),
        (reverse("plans:annex", args=[version.pk]), {"saran": f"resources-{odd}", "version": version.version}),
        (reverse("matrix:take", args=[version.plan_id]), {"cell": odd}),
        (reverse("matrix:propose"), {"plan": odd, "text": "Hasil", "column": odd}),
    ):
        assert_answered(client.post(address, sent))
    client.force_login(cast.hendra.user)
    for address, sent in (
        (reverse("plans:agree_read"), {"plan": f"{odd}:{odd}"}),
        (reverse("matrix:begin"), {"tahun": odd}),
        (reverse("matrix:person_new", args=[matrix.pk]), {"employee": odd}),
        (reverse("matrix:below", args=[matrix.pk]), {"column": odd}),
        (reverse("work:accept_many"), {"entry": f"{odd}:{odd}"}),
    ):
        assert_answered(client.post(address, sent))
    assert Employee.objects.count() == len(cast.people)


@pytest.mark.parametrize("odd", [*ODD, "nan", "inf", "1e400", "\x00", "<a>", "2026-02-31", "9999-12-31T00:00:00Z"])
def test_odd_reports_of_programs_are_answered(cast, client, odd):
    category = ComplaintCategory.objects.create(agency=cast.agency, code="jalan", name="Jalan")
    key = issue_key(actor=cast.viewer("tono"), name="x", contact="x", by_token=False, form_key=uuid.uuid4())[1]
    sent = {"service_code": category.code, "address_string": "Jalan", "description": "Lubang", "api_key": key}
    for name in (
        "service_code",
        "lat",
        "long",
        "address_string",
        "description",
        "first_name",
        "phone",
        "media_url",
        "api_key",
        "jurisdiction_id",
        "attribute[tanggal_kejadian]",
        "attribute[anonim]",
    ):
        assert_answered(client.post("/open311/v2/requests.xml", {**sent, name: odd}))
    for kind in ("multipart/form-data", "multipart/form-data; boundary=x", "application/json"):
        assert_answered(client.post("/open311/v2/requests.json", odd.encode(), content_type=kind))
    for place in ("requests", "services", "tokens"):
        assert_answered(client.get(f"/open311/v2/{place}/{quote(odd, safe='')}.json"))
