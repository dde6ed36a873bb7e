"""The short test before and after: versions, one attempt each, marks nobody else reads, and what a certificate asks."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from terang.audit.models import JournalEntry
from terang.follow_up.training.models import Attempt, CourseTest, Enrolment, TrainingRecord, TrainingSession
from terang.follow_up.training.selectors import gain_in, marks_after
from terang.follow_up.training.services import begin_test, hand_in, keep_answers, write_test
from terang.web.errors import NotAllowed, NotNow

TEXT = """Warga marah. Apa yang pertama?
- Memanggil petugas
* Mendengar sampai selesai
= Yang didengar lebih cepat tenang.

Yang diucapkan saat warga datang?
* Salam dan nama sendiri
- Nomor antrean saja
= Orang dilayani orang, bukan nomor.
"""
RIGHT = {0: 1, 1: 0}
WRONG = {0: 0, 1: 1}


def write(office, course, pass_bp=None, text=TEXT, form_key=None) -> CourseTest:
    return write_test(
        actor=office.viewer("maya"),
        course=course,
        text=text,
        pass_bp=pass_bp,
        open_days=7,
        form_key=form_key or uuid4(),
    )


def take(office, session, name: str, phase: str, answers: dict[int, int]) -> Attempt:
    row = Enrolment.objects.get(session=session, employee=office.cast.people[name])
    attempt = begin_test(actor=office.viewer(name), enrolment=row, phase=phase)
    return hand_in(actor=office.viewer(name), attempt=attempt, answers=answers)


@pytest.fixture
def course(office):
    return office.course()


@pytest.fixture
def session(office, course) -> TrainingSession:
    """With a test without a pass mark; Siti and Andi have seats."""
    write(office, course)
    session = office.session(course)
    office.enrol(session, "siti", "andi")
    return session


def test_a_test_is_written_in_versions_and_a_session_that_somebody_began_keeps_its_own(office, course, session):
    first = session.test
    assert (first.number, len(first.questions)) == (1, 2)
    key = uuid4()
    second = write(office, course, form_key=key)
    assert write(office, course, form_key=key) == second
    session.refresh_from_db()
    assert session.test == second
    take(office, session, "siti", "awal", RIGHT)
    write(office, course)
    session.refresh_from_db()
    assert (session.test, CourseTest.objects.count()) == (second, 3)


def test_faults_of_a_written_test_name_their_line(office, course):
    with pytest.raises(ValidationError) as refused:
        write(office, course, text="A?\n- b\n- c\n= d", pass_bp=20_000)
    assert refused.value.message_dict["text"] == ["Baris 1: Tandai tepat satu pilihan yang benar dengan “* ”."]
    assert "pass_bp" in refused.value.message_dict


@pytest.mark.parametrize("name", ["siti", "dewi", "agus"])
def test_only_the_keeper_writes_a_test(office, course, name):
    with pytest.raises(NotAllowed):
        write_test(actor=office.viewer(name), course=course, text=TEXT, pass_bp=None, open_days=7, form_key=uuid4())


def test_an_attempt_is_begun_once_kept_as_one_goes_and_handed_in_once(office, session):
    row = session.enrolments.get(employee=office.cast.siti)
    attempt = begin_test(actor=office.viewer("siti"), enrolment=row, phase="awal")
    assert begin_test(actor=office.viewer("siti"), enrolment=row, phase="awal") == attempt
    keep_answers(actor=office.viewer("siti"), attempt=attempt, answers={0: 1})
    with pytest.raises(ValidationError, match="1 pertanyaan tanpa jawaban"):
        hand_in(actor=office.viewer("siti"), attempt=attempt, answers={0: 1})
    with pytest.raises(NotNow):
        keep_answers(actor=office.viewer("siti"), attempt=attempt, answers={0: 9})
    assert hand_in(actor=office.viewer("siti"), attempt=attempt, answers={0: 1, 1: 1}).score_bp == 5_000
    assert hand_in(actor=office.viewer("siti"), attempt=attempt, answers=RIGHT).score_bp == 5_000
    assert keep_answers(actor=office.viewer("siti"), attempt=attempt, answers=RIGHT).answers == {"0": 1, "1": 1}


@pytest.mark.parametrize("name", ["andi", "dewi", "maya"])
def test_nobody_takes_it_for_another(office, session, name):
    row = session.enrolments.get(employee=office.cast.siti)
    with pytest.raises(NotAllowed):
        begin_test(actor=office.viewer(name), enrolment=row, phase="awal")


def test_each_test_has_its_days(office, session):
    row = session.enrolments.get(employee=office.cast.siti)
    with pytest.raises(NotNow, match="dibuka"):
        begin_test(actor=office.viewer("siti"), enrolment=row, phase="akhir")
    office.day = session.ends_on
    with pytest.raises(NotNow, match="ditutup"):
        begin_test(actor=office.viewer("siti"), enrolment=row, phase="awal")
    office.day = session.ends_on + timedelta(days=8)
    with pytest.raises(NotNow, match="ditutup"):
        begin_test(actor=office.viewer("siti"), enrolment=row, phase="akhir")


def test_without_a_pass_mark_a_certificate_asks_for_presence_only(office, session):
    office.hold(session)
    take(office, session, "siti", "akhir", WRONG)
    office.finish(session)
    assert TrainingRecord.objects.count() == 2
    assert marks_after(office.viewer("maya"), session) == {}


def test_with_a_pass_mark_who_reaches_it_gets_a_certificate_once_nobody_can_take_it_any_more(office, course):
    write(office, course, pass_bp=7_500)
    session = office.session(course, seats=4)
    office.enrol(session, "siti", "andi", "rina", "joko")
    office.hold(session, ("joko", 0))
    take(office, session, "siti", "akhir", RIGHT)
    take(office, session, "andi", "akhir", {0: 1, 1: 1})
    with pytest.raises(NotNow, match="1 peserta belum"):
        office.finish(session)
    office.day = session.ends_on + timedelta(days=8)
    office.finish(session)
    assert [office.state(session, each) for each in ("siti", "andi", "rina", "joko")] == [
        "selesai",
        "belum",
        "belum",
        "belum",
    ]
    session = TrainingSession.objects.get(pk=session.pk)
    marks = marks_after(office.viewer("maya"), session)
    assert sorted(marks.values()) == [5_000, 10_000]
    assert marks_after(office.viewer("dewi"), session) == {}


def _gain(office, session, people: int):
    """The session is finished with so many who took both."""
    names = [name for name, each in office.cast.people.items() if each.agency_id == office.cast.agency.pk][:people]
    session.enrolments.all().delete()
    for name in names:
        row = session.enrolments.create(employee=office.cast.people[name], state="selesai")
        for phase, mark in (("awal", 5_000), ("akhir", 10_000)):
            row.attempts.create(phase=phase, test=session.test, order=[], score_bp=mark, finished_at=timezone.now())
    return len(names)


def test_the_gain_of_a_session_is_told_from_ten_people_on_and_once_it_is_finished(office, session):
    assert _gain(office, session, 9) == 9
    session.state = "selesai"
    assert gain_in(session) is None
    assert _gain(office, session, 10) == 10
    change = gain_in(session)
    assert (change.people, change.before_bp, change.after_bp, change.change_bp) == (10, 5_000, 10_000, 5_000)
    session.state = "terbuka"
    assert gain_in(session) is None


def test_by_its_pages_marks_are_read_by_the_person_alone(office, session, sign_in):
    siti, andi = (session.enrolments.get(employee=office.cast.people[name]) for name in ("siti", "andi"))
    page = reverse("training:test", args=[siti.pk, "awal"])
    client = sign_in("siti")
    assert "Nilai Anda hanya untuk Anda" in client.get(page).content.decode()
    assert client.post(page).status_code == 302
    assert "Warga marah" in client.get(page).content.decode()
    by_itself = client.post(page, {"q0": "1"}, HTTP_HX_REQUEST="true")
    assert "Tersimpan." in by_itself.content.decode()
    assert Attempt.objects.get().answers == {"0": 1}
    refused = client.post(page, {"q0": "1", "action": "serahkan"})
    assert refused.status_code == 422
    assert "1 pertanyaan tanpa jawaban" in refused.content.decode()
    done = client.post(page, {"q0": "1", "q1": "1", "action": "serahkan"}, follow=True).content.decode()
    assert "50\u00a0%" in done
    assert "Orang dilayani orang" not in done
    for name in ("dewi", "maya", "andi"):
        assert sign_in(name).get(page).status_code == 403
    assert client.get(reverse("training:test", args=[siti.pk, "tengah"])).status_code == 404
    assert not JournalEntry.objects.filter(verb__startswith="training.test", changes__icontains="score").exists()
    assert andi.attempts.count() == 0


def test_after_the_last_test_every_answer_is_explained_with_the_gain(office, session, sign_in):
    take(office, session, "siti", "awal", WRONG)
    office.day = session.ends_on
    take(office, session, "siti", "akhir", {0: 1, 1: 1})
    row = session.enrolments.get(employee=office.cast.siti)
    page = sign_in("siti").get(reverse("training:test", args=[row.pk, "akhir"])).content.decode()
    assert "0\u00a0% → 50\u00a0%" in page
    assert "Yang benar: Salam dan nama sendiri" in page
    assert "Orang dilayani orang" in page


def test_what_can_be_taken_is_on_the_first_page_and_the_keeper_writes_by_page(office, course, session, sign_in):
    assert "Uji awal: " in sign_in("siti").get(reverse("boards:today")).content.decode()
    write_page = reverse("training:test_write", args=[course.pk])
    maya = sign_in("maya")
    form = maya.get(write_page)
    assert "Warga marah" in form.content.decode()
    told = {"form_key": form.context["form"]["form_key"].value(), "text": TEXT, "pass_bp": "80", "open_days": 3}
    assert maya.post(write_page, told).status_code == 302
    assert CourseTest.objects.first().pass_bp == 8_000
    assert "Sertifikat mensyaratkan nilai" in sign_in("siti").get(course.get_absolute_url()).content.decode()
    assert "nilai uji akhir paling sedikit" in sign_in("siti").get(session.get_absolute_url()).content.decode()
