"""The page "Masuk sebagai …": on this machine, in demo mode, for the cast; nowhere else."""

import pytest
from django.test import Client

from terang.accounts.models import SignIn, User
from terang.demo.cast import cast_entries
from terang.registry.organization.models import Agency, Unit
from terang.registry.people.models import Assignment, Employee, Post

SINCE = "2020-01-02"


@pytest.fixture
def client() -> Client:
    return Client(HTTP_HOST="127.0.0.1:8000")


@pytest.fixture
def hartati(db, settings) -> Employee:
    """One person of Palu's cast in her place, and a namesake in another one."""
    settings.DEMO = True
    settings.MFA_REQUIRED_ROLES = ["kepegawaian"]
    agency = Agency.objects.create(code="72.71", name="Pemerintah Kota Palu", kind="kota", time_zone="Asia/Makassar")
    place(agency, "DUKCAPIL", "197001011995032001")
    return place(agency, "PERSONNEL", "197001011995032002")


def place(agency: Agency, unit_code: str, nip: str) -> Employee:
    unit = Unit.objects.create(agency=agency, kind="badan", code=unit_code, name=unit_code.title(), valid_from=SINCE)
    post = Post.objects.create(unit=unit, title="Kepala Badan", kind="jpt", is_head=True, valid_from=SINCE)
    user = User.objects.create_user(nip, name="Hartati Yotolembah")
    employee = Employee.objects.create(
        agency=agency, user=user, nip=nip, name=user.name, status="pns", joined_on="1995-03-01"
    )
    Assignment.objects.create(employee=employee, post=post, starts_on=SINCE)
    return employee


def test_cast_is_found_by_name_and_place_in_one_query(hartati, django_assert_num_queries):
    with django_assert_num_queries(1):
        entries = cast_entries()
    assert [(entry.employee_id, entry.role_label) for entry in entries] == [(hartati.pk, "Kepala BKD")]


def test_one_click_signs_in_and_says_so(client, hartati):
    page = client.get("/demo/masuk/").content.decode()
    assert "Hartati Yotolembah" in page
    assert "tanpa kata sandi dan tanpa faktor kedua" in page
    assert client.post("/demo/masuk/", {"employee": hartati.pk}).headers["Location"] == "/"
    assert client.get("/akun/").status_code == 200
    assert SignIn.objects.get().method == "demo"


def test_changing_person_closes_the_session_before(client, hartati):
    client.post("/demo/masuk/", {"employee": hartati.pk})
    client.post("/demo/masuk/", {"employee": hartati.pk})
    assert SignIn.objects.filter(ended_at=None).count() == 1


def test_only_the_cast_is_offered(client, hartati):
    namesake = Employee.objects.exclude(pk=hartati.pk).get()
    assert client.post("/demo/masuk/", {"employee": namesake.pk}).status_code == 404
    assert client.post("/demo/masuk/", {"employee": "'; --"}).status_code == 404
    assert not SignIn.objects.exists()


def test_sign_in_page_points_there_in_demo_mode_only(client, hartati, settings):
    assert "/demo/masuk/" in client.get("/masuk/").content.decode()
    settings.DEMO = False
    assert "/demo/masuk/" not in client.get("/masuk/").content.decode()


def test_outside_demo_mode_there_is_nothing(client, hartati, settings):
    settings.DEMO = False
    assert client.get("/demo/masuk/").status_code == 404
    assert client.post("/demo/masuk/", {"employee": hartati.pk}).status_code == 404


@pytest.mark.parametrize(
    "extra",
    [
        {"REMOTE_ADDR": "10.0.0.5"},
        {"HTTP_HOST": "kinerja.example"},
        {"HTTP_X_FORWARDED_FOR": "10.0.0.5"},
        {"REMOTE_ADDR": ""},
    ],
)
def test_other_machines_find_nothing(hartati, settings, extra):
    settings.ALLOWED_HOSTS = ["*"]
    assert Client().get("/demo/masuk/", **{"HTTP_HOST": "127.0.0.1:8000", **extra}).status_code == 404


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost:8000", "[::1]:8000"])
def test_loopback_names_are_let_in(hartati, host):
    assert Client(HTTP_HOST=host).get("/demo/masuk/").status_code == 200
