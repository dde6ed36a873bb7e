"""Five stories in five tours: everybody in them is of the cast, every page exists, and the door is the demo's."""

import pytest
from django.test import Client
from django.urls import reverse

from terang.demo.blueprint import CODES, government
from terang.demo.tours import _FINDERS, Step, address_of, person_of, tours
from terang.registry.organization.models import Agency, Unit
from terang.registry.people.models import Assignment, Employee, Post


@pytest.fixture
def client() -> Client:
    return Client(HTTP_HOST="127.0.0.1:8000")


@pytest.fixture
def ratna(db, settings) -> Employee:
    """Ratna of Palu in her place."""
    settings.DEMO = True
    [engine] = settings.TEMPLATES
    shared = [*engine["OPTIONS"]["context_processors"], "terang.demo.context.tour"]
    settings.TEMPLATES = [{**engine, "OPTIONS": {**engine["OPTIONS"], "context_processors": shared}}]
    agency = Agency.objects.create(code="72.71", name="Pemerintah Kota Palu", kind="kota", time_zone="Asia/Makassar")
    unit = Unit.objects.create(
        agency=agency, kind="bidang", code="DUKCAPIL.REGISTER", name="Pendaftaran", valid_from="2020-01-02"
    )
    post = Post.objects.create(unit=unit, title="Operator", kind="pelaksana", valid_from="2020-01-02")
    nip = "199001012015032001"
    user = agency_user(nip)
    employee = Employee.objects.create(
        agency=agency, user=user, nip=nip, name=user.name, status="pns", joined_on="2015-03-01"
    )
    Assignment.objects.create(employee=employee, post=post, starts_on="2020-01-02")
    return employee


def agency_user(nip):
    from terang.accounts.models import User

    return User.objects.create_user(nip, name="Ratna Lasawedi")


def test_there_is_one_tour_for_each_government_with_people_of_its_cast():
    assert set(tours()) == set(CODES)
    for tour in tours().values():
        assert 4 <= len(tour.steps) <= 8
        for step in tour.steps:
            assert step.who in government(tour.government)["cast"], (tour.government, step.who)
            assert bool(step.page) != bool(step.find)
            assert step.find in {"", *_FINDERS}
            assert step.text
            assert step.text_en
            if step.page:
                assert reverse(step.page)


def test_every_finder_is_used():
    assert {step.find for tour in tours().values() for step in tour.steps} - {""} == set(_FINDERS)


def test_a_step_signs_in_and_the_line_leads_on_and_ends(client, ratna):
    number = next(n for n, step in enumerate(tours()["palu"].steps, start=1) if step.page == "career:mine")
    address = reverse("demo:tour", args=["palu"])
    assert "Mulai tur" in client.get("/demo/masuk/").content.decode()
    answer = client.post(address, {"step": number})
    assert answer.headers["Location"] == reverse("career:mine")
    page = client.get("/akun/").content.decode()
    assert tours()["palu"].steps[number - 1].text in page
    assert f'value="{number + 1}"' in page
    client.post(address, {"step": 0})
    assert 'class="tour"' not in client.get("/akun/").content.decode()


def test_a_story_that_is_not_there_leads_to_the_first_page(ratna):
    tour = tours()["palu"]
    person = person_of(tour, next(step for step in tour.steps if step.page == "career:mine"))
    assert person is not None
    for find in _FINDERS:
        assert address_of(Step("x", "x", "x", find=find), person) == "/"


def test_wrong_steps_and_other_governments_are_not_found(client, ratna, settings):
    for code, step in (("palu", "99"), ("palu", "-1"), ("palu", "x"), ("palu", ""), ("bogor", "1"), ("makassar", "1")):
        assert client.post(reverse("demo:tour", args=[code]), {"step": step}).status_code == 404
    assert client.get(reverse("demo:tour", args=["palu"])).status_code == 405
    settings.DEMO = False
    assert client.post(reverse("demo:tour", args=["palu"]), {"step": "1"}).status_code == 404
