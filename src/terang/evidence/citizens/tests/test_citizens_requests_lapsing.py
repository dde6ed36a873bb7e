"""What was sent back and never completed ends by itself: when, for whom, and what everybody is told."""

import re
from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from terang.audit.models import JournalEntry
from terang.evidence.citizens import services, tasks
from terang.evidence.citizens.evidence import facts
from terang.evidence.citizens.models import Applicant, ApplicantTerms, RequestPause
from terang.evidence.citizens.services import chores, lapsing
from terang.evidence.citizens.services.chores import every_hour
from terang.evidence.citizens.terms import Terms, terms_on
from terang.web.errors import NotNow

pytestmark = pytest.mark.usefixtures("counting_cache")


def follow(client, request):
    """The browser opens the link of a letter (what it had open is over by then)."""
    tasks.send_news.func(request.pk, "returned")
    client.get(re.search(r"/layanan/lacak/t/[\w-]+/", mail.outbox[-1].body).group())


def sign_in(client, person):
    client.force_login(person.user, backend="allauth.account.auth_backends.AuthenticationBackend")


@pytest.fixture
def sent_back(client, counter):
    """A browser that follows a request Budi has sent back, and the request."""
    received = counter.apply(email="ani@contoh.example")
    client.get(f"/layanan/lacak/t/{received.secrets.token}/")
    services.take_request(actor=counter.viewer("budi"), request=received.request)
    services.return_request(actor=counter.viewer("budi"), request=received.request, reason="KK buram")
    received.request.refresh_from_db()
    return client, received.request


def days_on(monkeypatch, days):
    moment = timezone.now() + timedelta(days=days)
    monkeypatch.setattr(timezone, "now", lambda: moment)


def test_it_ends_after_the_last_day_and_only_once(sent_back, monkeypatch):
    _client, request = sent_back
    until = request.pauses.get().until
    assert until == timezone.localdate() + timedelta(days=30)
    days_on(monkeypatch, 30)
    assert services.lapse_due() == 0, "the last day is still theirs"
    days_on(monkeypatch, 1)
    assert (services.lapse_due(), services.lapse_due()) == (1, 0)
    request.refresh_from_db()
    assert (request.state, request.lapsed, request.completed_at) == ("batal", True, None)
    assert request.ended_at == timezone.now()
    assert request.pauses.get().minutes == 0


def test_who_sends_it_in_time_loses_nothing(sent_back, counter, monkeypatch):
    _client, request = sent_back
    days_on(monkeypatch, 30)
    services.supply_missing(request=request, files={None: counter.file()})
    days_on(monkeypatch, 30)
    assert services.lapse_due() == 0
    request.refresh_from_db()
    assert (request.state, request.lapsed) == ("diperiksa", False)


def test_later_terms_do_not_shorten_what_was_told(sent_back, counter, monkeypatch):
    _client, request = sent_back
    days_on(monkeypatch, 1)
    ApplicantTerms.objects.create(
        agency=counter.office.agency, keep_days=90, supply_days=7, basis="SK", valid_from=timezone.localdate()
    )
    days_on(monkeypatch, 10)
    assert services.lapse_due() == 0
    other = counter.request("diperiksa")
    services.return_request(actor=counter.viewer("budi"), request=other, reason="KK buram")
    assert other.pauses.get().until == timezone.localdate() + timedelta(days=7)
    days_on(monkeypatch, 8)
    assert services.lapse_due() == 1
    request.refresh_from_db()
    assert request.state == "dikembalikan"


def test_it_is_neither_a_completion_nor_a_failure_of_the_officer(sent_back, counter, monkeypatch):
    days_on(monkeypatch, 31)
    services.lapse_due()
    assert facts([counter.people["budi"].pk], [], date(2026, 11, 1), date(2027, 2, 1))["services"] == []


def test_the_journal_says_so_without_the_applicant(sent_back, monkeypatch):
    days_on(monkeypatch, 31)
    every_hour()
    entry = JournalEntry.objects.get(verb="citizens.request_lapsed")
    assert entry.actor_id is None
    assert not [word for word in ("Ani", "buram", "contoh") if word in repr((entry.changes, entry.reason))]


def test_the_applicant_reads_the_last_day_and_afterwards_why_it_ended(sent_back, counter, monkeypatch):
    client, request = sent_back
    page = client.get("/layanan/lacak/permohonan/").content.decode()
    assert "24 Desember 2026" in page
    tasks.send_news.func(request.pk, "returned")
    assert "Kirim paling lambat 24 Desember 2026" in mail.outbox[-1].body
    days_on(monkeypatch, 31)
    services.lapse_due()
    follow(client, request)
    tasks.send_news.func(request.pk, "lapsed")
    assert "Ini bukan penolakan" in mail.outbox[-1].body
    assert "Ani" not in mail.outbox[-1].subject
    page = client.get("/layanan/lacak/permohonan/").content.decode()
    for words in ("tidak dilengkapi sampai", "24 Desember 2026", "KK buram", "Ajukan lagi"):
        assert words in page
    assert f"/layanan/{counter.service.pk}/ajukan/" in page
    assert "Kirim kelengkapan" not in page
    stale = client.post("/layanan/lacak/permohonan/lengkapi/", {"version": "2", "file": counter.file()})
    assert stale.status_code in (409, 422)
    with pytest.raises(NotNow):
        services.supply_missing(request=request, files={None: counter.file()})


def test_the_officer_reads_the_last_day_and_that_it_was_not_completed(sent_back, client, counter, monkeypatch):
    _client, request = sent_back
    officer = type(client)()
    sign_in(officer, counter.people["budi"])
    url = f"/layanan/permohonan/{request.pk}/"
    assert "24 Desember 2026" in officer.get(url).content.decode()
    assert "24 Desember 2026" in officer.get("/layanan/permohonan/?daftar=menunggu").content.decode()
    days_on(monkeypatch, 31)
    services.lapse_due()
    sign_in(officer, counter.people["budi"])
    page = officer.get(url).content.decode()
    assert "Tidak dilengkapi" in page
    assert "Dibatalkan pemohon" not in page


def test_one_letter_reminds_before_the_last_day(sent_back, counter, monkeypatch):
    _client, request = sent_back
    other = counter.request("dikembalikan")  # who gave no address hears nothing

    def letters():
        sent = DBTaskResult.objects.filter(task_path="terang.evidence.citizens.tasks.send_news")
        return [each["args"] for each in sent.values_list("args_kwargs", flat=True) if "reminded" in each["args"]]

    days_on(monkeypatch, 26)
    services.remind_due()
    assert letters() == []
    days_on(monkeypatch, 1)
    assert (services.remind_due(), services.remind_due()) == (2, 0)
    assert letters() == [[request.pk, "reminded"]]
    assert other.pauses.get().reminded
    tasks.send_news.func(request.pk, "reminded")
    assert "24 Desember 2026" in mail.outbox[-1].body


def test_who_sent_it_is_not_reminded(sent_back, counter, monkeypatch):
    _client, request = sent_back
    services.supply_missing(request=request, files={None: counter.file()})
    days_on(monkeypatch, 28)
    assert services.remind_due() == 0


def test_after_its_time_the_person_is_forgotten(sent_back, monkeypatch):
    days_on(monkeypatch, 31)
    services.lapse_due()
    days_on(monkeypatch, 366)
    assert services.forget_due() == 1
    assert not Applicant.objects.exists()


def test_finding_them_costs_the_same_and_one_turn_does_only_so_much(counter, monkeypatch):
    def found():
        with CaptureQueriesContext(connection) as queries:
            lapsed = services.lapse_due()
        return lapsed, len([each for each in queries if re.search('FROM "citizens_requestpause" INNER', each["sql"])])

    for _ in range(5):
        counter.request("dikembalikan")
    monkeypatch.setattr(lapsing, "AT_ONCE", 3)
    days_on(monkeypatch, 31)
    assert [found(), found(), found()] == [(3, 1), (2, 1), (0, 1)]
    assert not RequestPause.objects.filter(ended_at=None).exists()


def test_only_who_manages_a_whole_government_sets_the_terms(client, counter):
    form = {"keep_days": 90, "supply_days": 14, "reopen_days": 7, "basis": "SK 3", "valid_from": "2026-11-24"}
    sign_in(client, counter.people["dewi"])
    assert client.post("/layanan/kelola/masa-simpan/", form).status_code == 403
    counter.office.grant(counter.people["dewi"], "pengelola_layanan", counter.office.root)
    for wrong in ({"supply_days": 6}, {"supply_days": 181}, {"reopen_days": 2}, {"reopen_days": 31}):
        assert client.post("/layanan/kelola/masa-simpan/", form | wrong).status_code == 422
    assert client.post("/layanan/kelola/masa-simpan/", form).status_code == 302
    assert terms_on(counter.office.agency.pk, date(2026, 11, 24)) == Terms(90, 14, 7)
    assert terms_on(counter.office.agency.pk, date(2026, 11, 23)) == Terms()


@pytest.fixture
def failing(monkeypatch):
    """Makes every chore but the last raise `error`; what was done is in the list."""
    done = []

    def fail(error):
        def fails(*_about):
            raise error

        for name in ("refresh", "remind_due", "lapse_due"):
            monkeypatch.setattr(chores, name, fails)
        monkeypatch.setattr(chores, "forget_due", lambda: done.append("forget") or 0)
        return done

    return fail


@pytest.mark.parametrize("error", [RuntimeError(), IntegrityError()])
def test_one_chore_that_fails_stops_no_other(counter, failing, caplog, error):
    done = failing(error)
    every_hour()
    assert done == ["forget"]
    assert len([line for line in caplog.records if line.exc_info]) == 3


def test_a_lost_database_stops_all(counter, failing):
    done = failing(OperationalError())
    with pytest.raises(OperationalError):
        every_hour()
    assert done == []


def test_one_request_that_fails_keeps_no_other_from_lapsing(counter, monkeypatch):
    first, second = counter.request("dikembalikan"), counter.request("dikembalikan")
    record = lapsing.record_request

    def fails(verb, request, actor):
        if request.pk == first.pk:
            raise IntegrityError
        return record(verb, request, actor)

    monkeypatch.setattr(lapsing, "record_request", fails)
    days_on(monkeypatch, 31)
    assert services.lapse_due() == 1
    assert [type(first).objects.get(pk=each.pk).state for each in (first, second)] == ["dikembalikan", "batal"]
