"""Addresses and forms with numbers that are none: a page or a refusal, never a fault of the server."""

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.cast import NOW, TODAY, make_cast

from terang.evidence.attendance.leave_kinds import ANNUAL
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
