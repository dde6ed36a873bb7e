"""The pages: what each person sees, refusals beside their fields, stale pages, and as many questions for many as for
one."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.cast import TODAY

from terang.follow_up.training.models import Course, PlanItem, TrainingSession
from terang.follow_up.training.tests.conftest import WORDS


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_the_whole_way_by_its_pages(weak, sign_in):
    """Weak manner → the advised course → proposed → agreed → enrolled, as the people press it."""
    course = weak.course()
    session = weak.session(course)
    page = words(sign_in("siti").get(reverse("training:mine")))
    assert "Perilaku pelaksana: 62,5, di bawah 76,6" in page
    assert "0 dari 20 JP" in page
    propose = reverse("training:propose", args=[course.pk, weak.cast.siti.pk])
    form = sign_in("siti").get(propose)
    told = {"form_key": form.context["form"]["form_key"].value(), "due_on": TODAY + timedelta(days=30), "reason": "Ya."}
    for _ in range(2):
        assert sign_in("siti").post(propose, told).status_code == 302
    item = PlanItem.objects.get()
    assert "mengusulkan pelatihan" in words(sign_in("dewi").get(reverse("boards:today")))
    assert "Jawab" in words(sign_in("dewi").get(reverse("training:team")))
    agree = reverse("training:agree", args=[item.pk])
    for _ in range(2):
        assert sign_in("dewi").post(agree, {"version": 0, "word": ""}).status_code == 302
    page = words(sign_in("siti").get(item.get_absolute_url()))
    assert session.get_absolute_url() in page
    sign_in("siti").post(reverse("training:enrol", args=[session.pk]))
    assert "Anda terdaftar." in words(sign_in("siti").get(session.get_absolute_url()))
    assert words(sign_in("dewi").get(session.get_absolute_url())).count("Siti Rahma") == 1
    assert "Siti Rahma" not in words(sign_in("andi").get(session.get_absolute_url()))


def test_an_old_page_of_an_answer_is_told_and_nothing_changes(office, sign_in):
    item = office.propose(office.course())
    PlanItem.objects.update(version=4)
    answer = sign_in("dewi").post(reverse("training:agree", args=[item.pk]), {"version": 0, "word": ""})
    assert answer.status_code == 409
    assert PlanItem.objects.get().state == "diusulkan"


def test_the_personnel_agency_writes_a_course_and_schedules_it(office, sign_in):
    maya = sign_in("maya")
    new = reverse("training:course_new")
    page = maya.get(new)
    told = {
        "form_key": page.context["form"]["form_key"].value(),
        "version": 0,
        "title": "Arsip",
        "summary": "Rapi.",
        "kind": "pelatihan",
        "form": "daring",
        "hours": 6,
        "provider": "LAN",
        "aim_1": "element.perilaku",
        "below_1": "",
    }
    refused = maya.post(new, told)
    assert refused.status_code == 422
    assert "Batas setiap yang dibantu" in words(refused)
    assert maya.post(new, told | {"below_1": "76,61"}).status_code == 302
    course = Course.objects.get()
    assert course.aims.get().below_bp == 7_661
    schedule = reverse("training:session_new", args=[course.pk])
    first = TODAY + timedelta(days=8)
    told = {
        "form_key": maya.get(schedule).context["form"]["form_key"].value(),
        "version": 0,
        "starts_on": first,
        "ends_on": first + timedelta(days=6),
        "begins": "08:00",
        "hours": 4,
        "place": "Aula",
        "seats": 20,
        "enrol_until": first,
        "least": 80,
    }
    assert maya.post(schedule, told | {"ends_on": TODAY}).status_code == 422
    assert maya.post(schedule, told).status_code == 302
    assert TrainingSession.objects.get().days.count() == 5


def test_rosters_and_the_end_are_kept_by_page_and_the_certificate_opens(
    office, sign_in, monkeypatch, settings, tmp_path
):
    folder = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": folder}
    session = office.session(office.course())
    office.enrol(session, "siti", "andi")
    office.hold(session, ("andi", 0))
    office.finish(session)
    record = office.cast.siti.training_records.get()
    url = reverse("documents:certificate", args=[record.pk])
    assert url in words(sign_in("siti").get(reverse("training:mine")))
    for name in ("siti", "dewi", "maya"):
        assert sign_in(name).get(url)["Content-Type"] == "application/pdf"
    assert sign_in("andi").get(url).status_code == 403
    assert "Kehadiran Anda kurang" in words(sign_in("andi").get(session.get_absolute_url()))


def test_an_empty_house_says_what_to_do(office, sign_in):
    siti = sign_in("siti")
    assert "Rencana Anda masih kosong" in words(siti.get(reverse("training:mine")))
    assert "Belum ada pelatihan" in words(siti.get(reverse("training:courses")))
    assert "Tidak ada sesi bulan ini" in words(siti.get(reverse("training:calendar")))
    assert siti.get(reverse("training:calendar"), {"bulan": "apa"}).status_code == 200
    assert siti.get(reverse("training:team")).status_code == 403
    for name in ("course", "session", "item"):
        assert siti.get(reverse(f"training:{name}", args=[999])).status_code == 404


def asked(client, url) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


@pytest.mark.parametrize("page", ["mine", "team", "courses", "calendar"])
def test_many_rows_cost_as_many_questions_as_few(weak, sign_in, page):
    def more(number: int) -> None:
        for each in range(number):
            title = f"Kursus {Course.objects.count()} {each}"
            course = weak.course(WORDS.__class__(title, "Isi", "daring", 4, "LAN", WORDS.aims))
            weak.enrol(weak.session(course, ahead=3), "siti")
            weak.propose(course)

    more(1)
    client, url = sign_in("dewi" if page == "team" else "siti"), reverse(f"training:{page}")
    asked(client, url)
    few = asked(client, url)
    more(6)
    assert asked(client, url) == few
