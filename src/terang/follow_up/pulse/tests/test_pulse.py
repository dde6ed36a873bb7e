"""The month's pulse: who is asked, what is taken, what is shown, and where it stops."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from terang.audit.models import JournalEntry
from terang.evidence.colleagues.round_keys import destroy_key, has_key
from terang.evidence.conftest import TODAY
from terang.follow_up.pulse import services
from terang.follow_up.pulse.course import city_pulse, now_of
from terang.follow_up.pulse.duties import waiting_for
from terang.follow_up.pulse.models import PulseFigure, PulseRemark, PulseSurvey, PulseTicket, PulseTurn, Wave
from terang.follow_up.pulse.services.chores import every_hour
from terang.follow_up.pulse.tests.conftest import NAMES
from terang.registry.organization.models import Unit
from terang.rules.pulse import pulse_terms
from terang.web.errors import NotAllowed, NotNow

pytestmark = pytest.mark.django_db
TERMS = pulse_terms(TODAY)


def browser(employee) -> Client:
    client = Client()
    client.force_login(employee.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


class TestAsking:
    def test_once_begun_the_worker_opens_one_wave_a_month_for_people_who_rested(self, office):
        people = [office.employee(f"Orang {number}") for number in range(40)]
        every_hour()
        assert not Wave.objects.exists(), "nobody is asked before the personnel agency begins"
        office.grant(office.head, "kepegawaian")
        services.begin(actor=office.viewer(office.head), agency=office.agency)
        services.begin(actor=office.viewer(office.head), agency=office.agency)
        every_hour()
        every_hour()
        wave = Wave.objects.get()
        assert (wave.asked, wave.tickets.count(), wave.sheets.count()) == (25, 25, 25)
        assert set(PulseTurn.objects.values_list("month", flat=True)) == {date(2026, 11, 1)}
        first = set(wave.tickets.values_list("employee", flat=True))
        later = services.open_wave(agency=office.agency, today=date(2026, 12, 1))
        second = set(later.tickets.values_list("employee", flat=True))
        assert not first & second
        assert first | second == {each.pk for each in (*people, office.head)}
        assert services.open_wave(agency=office.agency, today=date(2027, 1, 4)) is None, "everybody rests"
        assert services.open_wave(agency=office.agency, today=date(2027, 2, 1)).asked == 25
        assert JournalEntry.objects.filter(verb="pulse.begun").count() == 1

    def test_a_government_of_a_few_is_not_asked(self, office):
        assert services.open_wave(agency=office.agency, today=TODAY) is None

    def test_only_the_personnel_agency_begins_and_ends_and_says_why(self, asked):
        office, head = asked.office, asked.office.viewer(asked.office.head)
        with pytest.raises(NotAllowed):
            services.begin(actor=office.viewer(asked.people["Sari"]), agency=office.agency)
        survey = services.begin(actor=head, agency=office.agency)
        with pytest.raises(ValidationError):
            services.end(actor=head, survey=survey, reason=" ")
        asked.answer("Sari")
        services.end(actor=head, survey=survey, reason="Diganti survei nasional")
        services.end(actor=head, survey=survey, reason="Lagi")
        wave = Wave.objects.get()
        assert (wave.dropped_on, wave.sheets.count(), wave.tickets.count()) == (TODAY, 0, 0)
        assert not asked.release()
        page = browser(asked.people["Sari"]).get(reverse("pulse:results")).content.decode()
        assert "Diganti survei nasional" in page
        assert PulseSurvey.objects.get().reason == "Diganti survei nasional"


class TestAnswering:
    def test_once_in_time_and_only_who_was_drawn(self, asked):
        asked.answer("Sari", percaya=5)
        with pytest.raises(NotNow):
            asked.answer("Sari", percaya=1)
        with pytest.raises(NotAllowed):
            services.answer(actor=asked.office.viewer(asked.office.head), wave=asked.wave, answers={"percaya": 3})
        for answers in ({"lain": 3}, {"percaya": 6}):
            with pytest.raises(ValidationError):
                asked.answer("Tuti", **answers)
        with pytest.raises(ValidationError):
            services.answer(actor=asked.office.viewer(asked.people["Tuti"]), wave=asked.wave, answers={})
        assert Wave.objects.get().answered == 1
        Wave.objects.update(closes_on=TODAY, opens_on=TODAY - timedelta(days=3))
        with pytest.raises(NotNow):
            asked.answer("Umar")

    def test_the_journal_tells_that_an_answer_came_and_not_from_whom(self, asked):
        asked.answer("Sari", "Terlalu banyak laporan", tekanan=5)
        told = JournalEntry.objects.get(verb="pulse.answered")
        assert (told.actor_id, told.subject_employee_id, told.unit_id, told.changes) == (None, None, None, {})

    def test_over_the_web_with_thanks_and_help_and_never_twice(self, asked):
        client, url = browser(asked.people["Sari"]), reverse("pulse:answer")
        assert [each.url for each in waiting_for(asked.office.viewer(asked.people["Sari"]))] == [url]
        empty = client.post(url, {"remark": ""})
        assert empty.status_code == 422
        assert "sekurang-kurangnya satu pertanyaan" in empty.content.decode()
        assert client.post(url, {"percaya": "2", "tekanan": "5"}).headers["Location"] == reverse("pulse:thanks")
        thanks = client.get(reverse("pulse:thanks")).content.decode()
        assert "Bila Anda tertekan" in thanks
        assert client.get(url).status_code == 409
        assert waiting_for(asked.office.viewer(asked.people["Sari"])) == []
        assert browser(asked.office.head).get(url).status_code == 403

    def test_without_its_key_nothing_is_taken_and_nothing_lost(self, asked):
        destroy_key(asked.wave.key_name)
        with pytest.raises(NotNow):
            asked.answer("Sari")
        assert browser(asked.people["Sari"]).get(reverse("pulse:answer")).status_code == 409
        assert waiting_for(asked.office.viewer(asked.people["Sari"])) == []
        with pytest.raises(NotNow):
            asked.release()
        assert Wave.objects.get().released_on is None
        every_hour()


class TestReleasing:
    def test_not_before_its_end_and_once(self, asked):
        for name in NAMES:
            asked.answer(name, percaya=4, tekanan=2)
        assert not asked.release(TODAY)
        assert asked.release()
        assert not asked.release()
        whole = {row.question: row for row in PulseFigure.objects.filter(unit=asked.office.root)}
        assert set(whole) == {"percaya", "tekanan"}
        assert (whole["percaya"].answers, whole["percaya"].agree_bp) == (12, 8300), "never all"
        assert whole["tekanan"].agree_bp == 1700, "never nobody"
        assert not has_key(asked.wave.key_name) or not Wave.objects.get().sheets.exists()
        assert not PulseTicket.objects.exists()

    def test_fewer_than_ten_are_never_shown_nor_kept(self, asked):
        for name in NAMES[:9]:
            asked.answer(name, "Ada catatan")
        asked.release()
        assert not PulseFigure.objects.exists()
        assert not PulseRemark.objects.exists()

    def test_a_unit_is_hidden_where_its_neighbour_could_be_worked_out(self, asked):
        """Twelve here and three next door: the whole may be told, the twelve may not."""
        office = asked.office
        other = Unit.objects.create(
            agency=office.agency, parent=office.root, kind="bidang", code="2", name="Lain", valid_from=date(2020, 1, 1)
        )
        Unit.objects.filter(pk=other.pk).update(path=f"{office.root.path}{other.pk}/")
        PulseTicket.objects.filter(employee__name__in=NAMES[10:]).update(unit=other)
        for name in NAMES:
            asked.answer(name)
        asked.release()
        assert set(PulseFigure.objects.values_list("unit__name", flat=True)) == {"Kota Uji"}

    def test_words_wait_for_company_and_lose_their_names(self, asked):
        for name in NAMES:
            asked.answer(name, "Pak Umar dan Vina menekan kami" if name in NAMES[:4] else "")
        asked.release()
        assert set(PulseRemark.objects.values_list("wave", "text")) == {(None, "Pak [nama] dan [nama] menekan kami")}
        page = browser(asked.people["Sari"]).get(reverse("pulse:results")).content.decode()
        assert "menekan kami" not in page
        services.releasing.keep_words(asked.wave, ["Lebih baik"], TERMS)
        assert set(PulseRemark.objects.values_list("wave", flat=True)) == {asked.wave.pk}
        assert "menekan kami" in browser(asked.people["Sari"]).get(reverse("pulse:results")).content.decode()


class TestReading:
    @pytest.fixture
    def released(self, asked):
        for number, name in enumerate(NAMES):
            asked.answer(name, percaya=2 + number % 4, tekanan=1 + number % 5, paham=4, berani=3)
        asked.release()
        return asked

    def test_all_staff_read_the_same(self, released):
        pages = [browser(who).get(reverse("pulse:results")) for who in (released.people["Sari"], released.office.head)]
        for page in pages:
            text = page.content.decode()
            assert "Percaya pada nilainya" in text
            assert "12 jawaban" in text
        assert "Mulai survei bulanan" not in pages[0].content.decode()
        unknown = browser(released.people["Sari"]).get(reverse("pulse:results"), {"unit": "999999"})
        assert "Kota Uji" in unknown.content.decode()

    def test_a_change_is_told_only_where_it_is_sure(self, released):
        rows = list(PulseFigure.objects.filter(unit=released.office.root).select_related("wave"))
        [trust] = [each for each in now_of(rows) if each.question.code == "percaya"]
        assert (trust.changed_bp, trust.moved, trust.kind) == (None, False, "quiet")
        before = Wave.objects.create(
            agency=released.office.agency,
            month=date(2026, 8, 1),
            opens_on=date(2026, 8, 1),
            closes_on=date(2026, 8, 9),
            asked=40,
        )
        told = {"unit": released.office.root, "question": "percaya", "answers": 40}
        old = PulseFigure.objects.create(wave=before, agree_bp=1000, low_bp=400, high_bp=2300, **told)
        [trust] = [each for each in now_of([old, *rows]) if each.question.code == "percaya"]
        assert (trust.moved, trust.kind) == (True, "ok")

    def test_the_head_of_region_sees_trust_and_pressure_as_lines(self, released):
        found = city_pulse(released.office.agency, TODAY)
        assert [each.name for each in found.chart.series] == ["Percaya pada nilainya", "Merasa tertekan"]
        assert [each.spans[-1] is not None for each in found.chart.series] == [True, True]
        PulseFigure.objects.all().delete()
        assert city_pulse(released.office.agency, TODAY) is None

    def test_asks_the_same_with_one_month_as_with_many(self, released):
        client, url = browser(released.people["Sari"]), reverse("pulse:results")
        with CaptureQueriesContext(connection) as few:
            client.get(url)
        figures = list(PulseFigure.objects.filter(wave=released.wave))
        for month in range(3, 9):
            days = {"month": date(2026, month, 1), "opens_on": date(2026, month, 1), "closes_on": date(2026, month, 9)}
            wave = Wave.objects.create(
                agency=released.office.agency, released_on=date(2026, month, 9), asked=40, **days
            )
            for row in figures:
                row.pk, row.wave = None, wave
                row.save()
            PulseRemark.objects.create(agency=released.office.agency, wave=wave, text="Baik")
        with CaptureQueriesContext(connection) as many:
            client.get(url)
        assert len(many) - len(few) <= 1, "one more for the words, once there are some"
