"""What is news to whom, the mark, the letters and the calendar."""

from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from icalendar import Calendar

from terang.audit.models import JournalEntry
from terang.audit.sealing import seal_all
from terang.audit.secrecy import UNTOLD
from terang.audit.sentences import SENTENCES
from terang.audit.services import record
from terang.evidence.work.models import Task
from terang.follow_up.training.models import Course, TrainingSession
from terang.planning.plans.models import Plan, PlanResult
from terang.registry.organization.models import Holiday
from terang.reporting.notices import letters, services
from terang.reporting.notices.calendars import ROOMS, deadlines_of
from terang.reporting.notices.models import Choice, Letters
from terang.reporting.notices.news import GROUP_OF, GROUPS, VERBS
from terang.reporting.notices.selectors import choice_of, news_of, unread
from terang.reporting.notices.services import Wish
from terang.web.errors import NotAllowed, NotNow, Stale

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("Asia/Makassar")
TUESDAY = datetime(2026, 11, 24, 10, 47, tzinfo=ZONE)


@pytest.fixture(autouse=True)
def address(cast):
    """Andi has an address for letters."""
    cast.andi.user.email = "andi@kota.example"
    cast.andi.user.save(update_fields=["email"])


@pytest.fixture
def at(monkeypatch):
    """`at(moment)` sets the clock."""

    def set_to(moment):
        monkeypatch.setattr(timezone, "now", lambda: moment)

    set_to(TUESDAY)
    return set_to


@pytest.fixture
def tell(cast, at):
    """Writes and seals an entry about Andi."""

    def entry(verb, actor="hendra", about="andi", obj=None, **more):
        person = cast.people[about]
        user = cast.people[actor].user if actor else None
        made = record(
            verb,
            actor=user,
            obj=obj or person,
            subject_employee_id=person.pk,
            agency_id=cast.agency.pk,
            **more,
        )
        seal_all()
        return made

    return entry


def task_of(cast, day):
    """A task of Andi's, due on the day."""
    plan = Plan.objects.create(employee=cast.andi, period_start=date(2026, 1, 1), period_end=date(2027, 1, 1))
    result = PlanResult.objects.create(plan=plan, number=1, text="Layanan")
    return Task.objects.create(employee=cast.andi, result=result, text="Perekaman Rahasia", due_on=day)


def wish(letters=Letters.DAILY, hour=7, silent=(), version=0):
    return Wish(letters, hour, list(silent), version)


def news(cast, who="andi", moment=TUESDAY):
    return [each.verb for each in news_of(cast.viewer(who, moment))]


def fresh(cast, who="andi", moment=TUESDAY):
    viewer = cast.viewer(who, moment)
    return [each.verb for each in unread(viewer, choice_of(viewer))]


def test_every_verb_of_news_has_a_sentence_a_place_and_no_secret():
    assert sorted(set(VERBS) - set(SENTENCES)) == []
    assert len(VERBS) == len(GROUP_OF)
    assert not set(VERBS) & UNTOLD
    assert all(reverse(group.place) for group in GROUPS)


def test_what_others_did_about_oneself_is_news_and_nothing_else(cast, tell):
    tell("work.entry_returned", reason="Tambahkan bukti")
    tell("work.entry_accepted", actor="andi")
    tell("work.entry_accepted", about="rina")
    tell("work.entry_submitted")
    tell("growth.measured_again", actor=None)
    assert news(cast) == ["growth.measured_again", "work.entry_returned"]
    assert news(cast, "rina") == ["work.entry_accepted"]
    assert news(cast, "maya") == [], "who keeps the journal of all has the news of none"


def test_what_happened_to_the_account_is_news_whoever_did_it(cast, tell):
    tell("accounts.password_changed", actor="andi", obj=cast.andi.user)
    assert news(cast) == ["accounts.password_changed"]


def test_what_is_told_by_its_day_is_news_from_the_next_day_on_and_never_marked(cast, tell, at):
    tell("growth.due_opened", actor=None, changes={"cause": ""})
    assert (news(cast), fresh(cast)) == ([], [])
    tomorrow = TUESDAY + timedelta(days=1)
    at(tomorrow)
    assert (news(cast, moment=tomorrow), fresh(cast, moment=tomorrow)) == (["growth.due_opened"], [])


def test_the_mark_counts_until_read_and_leaves_out_what_is_silenced(cast, tell, sign_in):
    tell("work.entry_returned")
    tell("attendance.leave_approved")
    client = sign_in("andi")
    assert 'class="count">2<' in client.get(reverse("boards:today")).content.decode()
    services.choose(actor=cast.viewer("andi"), wish=wish(Letters.NEVER, silent=["kehadiran"]))
    assert fresh(cast) == ["work.entry_returned"]
    assert 'class="count">1<' in client.get(reverse("boards:today")).content.decode()
    assert client.post(reverse("notices:read")).status_code == 302
    assert fresh(cast) == []
    tell("work.entry_accepted")
    assert fresh(cast) == ["work.entry_accepted"]
    assert len(news(cast)) == 3, "silenced ones stay on the page"


def test_the_page_shows_reason_and_way_and_costs_the_same_for_many(cast, tell, sign_in):
    client = sign_in("andi")
    empty = client.get(reverse("notices:news")).content.decode()
    assert "Belum ada kabar" in empty
    tell("work.entry_returned", reason="Tambahkan bukti")
    counted = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as asked:
            page = client.get(reverse("notices:news")).content.decode()
        counted.append(len(asked))
        for _row in range(9):
            tell("work.entry_accepted")
    assert "Tambahkan bukti" in page
    assert "Hendra Saputra mengembalikan laporan kegiatan" in page
    assert counted[0] == counted[1]


def test_the_shell_asks_no_more_than_before(cast, tell, sign_in):
    client = sign_in("andi")
    client.get(reverse("glossary"))
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("glossary"))
    about_news = [each["sql"] for each in asked if "audit_journalentry" in each["sql"]]
    assert len(about_news) == 1
    assert "work_entry" in about_news[0], "one query for both counts"


class TestChoosing:
    def test_it_is_kept_journalled_and_the_same_again_changes_nothing(self, cast, at):
        viewer = cast.viewer("andi")
        held = services.choose(actor=viewer, wish=wish(hour=9, silent=["tunjangan", "akun"]))
        assert (held.letters, held.hour, held.silent_codes) == ("harian", 9, ["akun", "tunjangan"])
        services.choose(actor=viewer, wish=wish(hour=9, silent=["akun", "tunjangan"], version=1))
        assert Choice.objects.get().version == 1
        assert JournalEntry.objects.filter(verb="notices.choice_changed").count() == 1

    def test_two_pages_do_not_overwrite_one_another(self, cast, at):
        services.choose(actor=cast.viewer("andi"), wish=wish())
        with pytest.raises(Stale):
            services.choose(actor=cast.viewer("andi"), wish=wish(Letters.WEEKLY))
        assert Choice.objects.get().letters == "harian"

    def test_letters_need_an_address_and_the_stranger_none_of_it(self, cast, at):
        cast.andi.user.email = ""
        cast.andi.user.save(update_fields=["email"])
        with pytest.raises(NotNow, match="surel"):
            services.choose(actor=cast.viewer("andi"), wish=wish())
        with pytest.raises(NotAllowed):
            services.choose(actor=None, wish=wish())
        assert not Choice.objects.exists()

    def test_wrong_input_is_told_beside_the_field(self, cast, sign_in):
        page = sign_in("andi").post(
            reverse("notices:choices"), {"letters": "tiap jam", "hour": "3", "silent": ["semua"], "version": "0"}
        )
        assert page.status_code == 422
        assert set(page.context["form"].errors) == {"letters", "hour", "silent"}
        assert not Choice.objects.exists()


class TestLetters:
    @pytest.fixture(autouse=True)
    def _wanted(self, cast, at):
        self.choice = services.choose(actor=cast.viewer("andi"), wish=wish())

    def asked(self):
        letters.every_hour()
        return DBTaskResult.objects.filter(task_path="terang.reporting.notices.letters.send_letter").count()

    def send(self, day=TUESDAY):
        mail.outbox.clear()
        letters.send_letter.func(self.choice.pk, day.date().isoformat())
        return mail.outbox

    def test_it_counts_and_points_and_never_tells_what_or_who(self, cast, tell):
        task_of(cast, date(2026, 11, 20))
        tell("work.entry_returned", reason="Rahasia")
        tell("attendance.leave_approved")
        [letter] = self.send()
        assert letter.to == ["andi@kota.example"]
        assert "lewat tenggat" in letter.body
        assert "Kegiatan dan laporan: 1" in letter.body
        assert "Kehadiran dan cuti: 1" in letter.body
        assert "Rahasia" not in letter.subject + letter.body
        assert "Hendra" not in letter.subject + letter.body
        assert reverse("notices:choices") in letter.body

    def test_one_a_day_and_what_was_summed_up_once_is_not_new_again(self, cast, tell, at):
        tell("work.entry_returned")
        assert len(self.send()) == 1
        assert len(self.send()) == 0
        tomorrow = TUESDAY + timedelta(days=1)
        at(tomorrow)
        [letter] = self.send(tomorrow)
        assert "Kabar baru" not in letter.body

    def test_where_nothing_waits_and_nothing_is_new_there_is_no_letter_that_day(self, cast, tell, monkeypatch):
        monkeypatch.setattr(letters, "waiting_for", lambda _viewer: [])
        assert self.send() == []
        assert Choice.objects.get().told_on == TUESDAY.date()

    def test_a_letter_that_cannot_be_sent_is_not_counted_as_sent(self, cast, tell, monkeypatch):
        tell("work.entry_returned")

        def down(*_args, **_kwargs):
            raise OSError("no server")

        with monkeypatch.context() as patch:
            patch.setattr("django.core.mail.EmailMessage.send", down)
            with pytest.raises(OSError, match="no server"):
                self.send()
        assert len(self.send()) == 1

    def test_the_hour_and_the_working_day_decide(self, cast, at):
        at(TUESDAY.replace(hour=6))
        assert self.asked() == 0
        at(TUESDAY.replace(hour=7))
        assert self.asked() == 1
        saturday = TUESDAY + timedelta(days=4)
        at(saturday)
        assert self.asked() == 1, "no letter on a day off"

    def test_weekly_comes_on_the_first_working_day_of_the_week(self, cast, at):
        services.choose(actor=cast.viewer("andi"), wish=wish(Letters.WEEKLY, version=1))
        assert self.asked() == 0, "Monday was a working day"
        Holiday.objects.create(agency=cast.agency, day=date(2026, 11, 23), name="Hari jadi kota", kind="local")
        assert self.asked() == 1

    def test_who_left_or_has_no_address_is_not_written_to(self, cast, at):
        cast.andi.left_on = date(2026, 11, 1)
        cast.andi.save(update_fields=["left_on"])
        assert self.asked() == 0
        assert self.send() == []

    def test_news_from_before_the_choice_are_not_summed_up(self, cast, tell):
        tell("work.entry_returned")
        services.choose(actor=cast.viewer("andi"), wish=wish(Letters.NEVER, version=1))
        services.choose(actor=cast.viewer("andi"), wish=wish(version=2))
        [letter] = self.send()
        assert "Kabar baru" not in letter.body


class TestCalendar:
    def fetch(self, client, token):
        return client.get(reverse("notices:calendar", args=[token]))

    def test_it_tells_days_and_rooms_and_nothing_else(self, cast, client, at):
        task_of(cast, date(2026, 12, 10))
        token = services.make_calendar(actor=cast.viewer("andi"))
        answer = self.fetch(client, token)
        assert answer.headers["Content-Type"].startswith("text/calendar")
        read = Calendar.from_ical(answer.content)
        [event] = [each for each in read.walk("VEVENT") if each.decoded("dtstart") == date(2026, 12, 10)]
        assert str(event["summary"]) == "Tenggat kegiatan"
        assert b"Rahasia" not in answer.content
        assert b"Andi" not in answer.content
        uids = [str(each["uid"]) for each in read.walk("VEVENT")]
        assert len(uids) == len(set(uids))
        assert self.fetch(client, token).content == answer.content, "the same day tells the same"

    def test_a_new_address_or_none_ends_the_old_one(self, cast, client, at):
        first = services.make_calendar(actor=cast.viewer("andi"))
        second = services.make_calendar(actor=cast.viewer("andi"))
        assert (self.fetch(client, first).status_code, self.fetch(client, second).status_code) == (404, 200)
        services.drop_calendar(actor=cast.viewer("andi"))
        services.drop_calendar(actor=cast.viewer("andi"))
        assert self.fetch(client, second).status_code == 404
        assert JournalEntry.objects.filter(verb="notices.calendar_dropped").count() == 1

    def test_it_is_shown_once(self, cast, sign_in):
        client = sign_in("andi")
        page = client.post(reverse("notices:calendar_make"))
        assert ".ics" in page.content.decode()
        assert page.headers["Cache-Control"] == "no-store"
        assert ".ics" not in client.get(reverse("notices:choices")).content.decode()

    def test_who_left_keeps_an_empty_calendar(self, cast, client, at):
        task_of(cast, date(2026, 12, 10))
        token = services.make_calendar(actor=cast.viewer("andi"))
        cast.andi.user.is_active = False
        cast.andi.user.save(update_fields=["is_active"])
        assert b"VEVENT" not in self.fetch(client, token).content

    def test_the_days_of_a_training_seat_are_in_it_each_once(self, cast, at):
        told = {"agency": cast.agency, "title": "Arsip", "form": "daring", "hours": 8, "provider": "LAN"}
        course = Course.objects.create(**told, form_key=UUID(int=1))
        days = [date(2026, 11, 26), date(2026, 11, 28)]
        session = TrainingSession.objects.create(
            course=course,
            place="Aula",
            seats=2,
            starts_on=days[0],
            ends_on=days[1],
            enrol_until=days[0],
            least_bp=1,
            form_key=UUID(int=2),
        )
        for day in days:
            session.days.create(day=day, starts_at=time(8), hours=4)
        session.enrolments.create(employee=cast.andi, state="terdaftar")
        url = session.get_absolute_url()
        found = sorted((each.day, each.url) for each in deadlines_of(cast.viewer("andi", TUESDAY)) if url in each.url)
        assert found == [(day, f"{url}#hari-{day}") for day in days]
        assert not [each for each in deadlines_of(cast.viewer("siti", TUESDAY)) if url in each.url]

    def test_every_deadline_that_waits_is_dated(self, cast, at):
        assert all(each.day and each.url for each in deadlines_of(cast.viewer("andi", TUESDAY)))
        assert set(ROOMS) >= {"work", "appraisals", "growth"}
