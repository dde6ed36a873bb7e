"""Finishing a request and rating it: the officer with an account, the citizen without."""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from terang.accounts import counting, passersby
from terang.audit.models import JournalEntry
from terang.evidence.citizens import services
from terang.evidence.citizens.limits import ANSWERS, WRONG_LINKS
from terang.evidence.citizens.models import Service, ServiceRequest, SurveyInvitation, SurveyResponse
from terang.registry.people.models import Role
from terang.rules.tables import ELEMENTS
from terang.web.errors import NotAllowed, NotNow

ALL_FOUR = dict.fromkeys(ELEMENTS, 4)


@pytest.fixture
def budi(office):
    budi = office.employee("Budi")
    office.grant(budi, Role.SERVICE_OFFICER, office.unit)
    return budi


@pytest.fixture
def waiting(office, budi):
    service = Service.objects.create(unit=office.unit, code="ktp", name="KTP elektronik", standard_minutes=2250)
    received = office.moment(date(2026, 11, 20), 15)
    return ServiceRequest.objects.create(service=service, officer=budi, tracking_code="KTP-1", received_at=received)


@pytest.fixture
def finished(office, budi, waiting):
    return services.complete_request(actor=office.viewer(budi), request=waiting)


@pytest.fixture
def url(finished):
    return f"/layanan/survei/{finished.token}/"


@pytest.fixture(autouse=True)
def local_cache(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    counting.cache.clear()


def later(monkeypatch, **span):
    moment = timezone.now() + timedelta(**span)
    monkeypatch.setattr(timezone, "now", lambda: moment)


def test_finishing_counts_working_minutes_and_makes_one_link(office, budi, waiting, finished):
    waiting.refresh_from_db()
    # Friday 15.00–16.00, all of Monday, Tuesday 07.30–12.00; the weekend rests
    assert waiting.actual_minutes == 60 + 450 + 270
    invitation = SurveyInvitation.objects.get()
    assert finished.token not in invitation.token_hash
    assert invitation.expires_at - timezone.now() == timedelta(days=30)
    [told] = JournalEntry.objects.all()
    assert (told.verb, told.subject_employee_id, told.unit_id) == (
        "citizens.request_completed",
        budi.pk,
        office.unit.pk,
    )


def test_finishing_twice_or_for_somebody_else_is_refused(office, budi, waiting, finished):
    with pytest.raises(NotNow):
        services.complete_request(actor=office.viewer(budi), request=waiting)
    with pytest.raises(NotAllowed):
        services.complete_request(actor=office.viewer(office.employee("Sari")), request=waiting)
    assert SurveyInvitation.objects.count() == 1


def test_an_answer_keeps_day_service_officer_and_no_way_back(finished, budi, today):
    assert services.answer_survey(token=finished.token, answers=ALL_FOUR | {"biaya": None}, remark=" Cepat ") == "open"
    response = SurveyResponse.objects.get()
    assert (response.day, response.officer, response.syarat, response.biaya, response.remark) == (
        today,
        budi,
        4,
        None,
        "Cepat",
    )
    used = SurveyInvitation.objects.get().used_at.astimezone(timezone.get_current_timezone())
    assert (used.hour, used.minute) == (0, 0)
    told = JournalEntry.objects.latest("id")
    assert (told.verb, told.subject_employee_id, told.object_type) == (
        "citizens.survey_answered",
        budi.pk,
        "citizens.service",
    )
    assert told.actor_id is None
    assert not {field.name for field in SurveyResponse._meta.fields} & {"invitation", "request", "created_at"}


def test_a_link_works_once_and_only_in_its_time(finished, monkeypatch):
    assert services.answer_survey(token=finished.token, answers=ALL_FOUR) == "open"
    assert services.answer_survey(token=finished.token, answers=ALL_FOUR) == "used"
    assert services.answer_survey(token="tidak-ada", answers=ALL_FOUR) == "unknown"
    SurveyInvitation.objects.update(used_at=None)
    later(monkeypatch, days=31)
    assert services.answer_survey(token=finished.token, answers=ALL_FOUR) == "expired"
    assert SurveyResponse.objects.count() == 1


@pytest.mark.parametrize("answers", [ALL_FOUR | {"waktu": 5}, ALL_FOUR | {"waktu": 0}, ALL_FOUR | {"warna": 3}, {}])
def test_values_outside_the_scale_are_refused_and_use_up_nothing(finished, answers):
    with pytest.raises(ValidationError):
        services.answer_survey(token=finished.token, answers=answers)
    assert not SurveyResponse.objects.exists()
    assert SurveyInvitation.objects.get().used_at is None


def test_a_renewed_link_ends_the_old_one(office, budi, waiting, finished):
    waiting.refresh_from_db()
    token = services.renew_link(actor=office.viewer(budi), request=waiting)
    assert services.answer_survey(token=finished.token, answers=ALL_FOUR) == "unknown"
    assert services.answer_survey(token=token, answers=ALL_FOUR) == "open"
    with pytest.raises(NotAllowed):
        services.renew_link(actor=office.viewer(budi), request=waiting)


def test_a_citizen_without_an_account_rates_a_service(client, url):
    page = client.get(url)
    text = page.content.decode()
    assert page.status_code == 200
    assert text.count('type="radio"') == 36
    for words in ("Berfungsi kurang maksimal", "Sangat mahal", "Sangat sopan dan ramah"):
        assert words in text
    response = client.post(url, {"syarat": "4", "waktu": "1", "remark": "Antre lama"})
    assert response["Location"] == "/layanan/survei/terima-kasih/"
    assert client.get(response["Location"]).status_code == 200
    stored = SurveyResponse.objects.get()
    assert (stored.syarat, stored.waktu, stored.biaya, stored.remark) == (4, 1, None, "Antre lama")


def test_a_double_click_is_counted_once_and_told(client, url):
    client.post(url, {"syarat": "4"})
    again = client.post(url, {"syarat": "4"})
    assert again.status_code == 410
    assert "sudah kami terima" in again.content.decode()
    assert SurveyResponse.objects.count() == 1


@pytest.mark.parametrize("data", [{"syarat": "5"}, {"syarat": "empat"}, {}])
def test_a_wrong_answer_is_told_and_the_link_stays_good(client, url, data):
    assert client.post(url, data).status_code == 422
    assert not SurveyResponse.objects.exists()
    assert client.post(url, {"syarat": "4"}).status_code == 302


def test_unknown_and_expired_links_say_what_to_do(client, url, monkeypatch):
    unknown = client.get("/layanan/survei/salah/")
    assert (unknown.status_code, "tidak dikenal" in unknown.content.decode()) == (404, True)
    later(monkeypatch, days=31)
    expired = client.get(url)
    assert (expired.status_code, "tautan baru" in expired.content.decode()) == (410, True)


def test_an_employee_does_not_answer_for_the_citizen(client, office, url):
    answers = dict.fromkeys(ELEMENTS, "4")
    client.force_login(office.employee("Sari").user)
    assert client.get(url).status_code == 200
    refused = client.post(url, answers)
    assert (refused.status_code, "keluar dulu" in refused.content.decode()) == (403, True)
    assert not SurveyResponse.objects.exists()
    client.logout()
    assert client.post(url, answers).status_code == 302
    assert SurveyResponse.objects.count() == 1


def test_trying_out_links_is_slowed_down_and_the_right_one_still_opens(client, url):
    for number in range(WRONG_LINKS.most):
        client.get(f"/layanan/survei/tebakan-{number}/")
    assert client.get("/layanan/survei/satu-lagi/").status_code == 429
    assert client.get(url).status_code == 200


def test_a_busy_kiosk_is_counted_anew_in_every_window(rf, monkeypatch):
    kiosk, clock = rf.get("/"), [passersby.WINDOW_SECONDS * 1000.0]
    monkeypatch.setattr(passersby.time, "time", lambda: clock[0])
    for _ in range(ANSWERS.most):
        assert not ANSWERS.exceeded(kiosk)
    assert ANSWERS.exceeded(kiosk)
    clock[0] += passersby.WINDOW_SECONDS
    assert not ANSWERS.exceeded(kiosk)


def test_behind_a_proxy_every_citizen_has_a_limit_of_their_own(rf, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for _ in range(WRONG_LINKS.most):
        WRONG_LINKS.count(rf.get("/", headers={"X-Forwarded-For": "203.0.113.7"}))
    assert WRONG_LINKS.reached(rf.get("/", headers={"X-Forwarded-For": "203.0.113.7"}))
    assert not WRONG_LINKS.reached(rf.get("/", headers={"X-Forwarded-For": "203.0.113.8"}))


def test_the_officer_finishes_on_screen_and_shows_the_link_once(client, office, budi, waiting):
    client.force_login(budi.user)
    assert "KTP-1" in client.get("/layanan/permohonan/").content.decode()
    client.post(f"/layanan/permohonan/{waiting.pk}/selesai/", {"version": "0"})
    page = client.get(f"/layanan/permohonan/{waiting.pk}/").content.decode()
    assert "<svg" in page
    token = re.search(r"/layanan/survei/([\w-]{20,})/", page).group(1)
    client.logout()
    assert client.get(f"/layanan/survei/{token}/").status_code == 200
    client.force_login(budi.user)
    assert token not in client.get(f"/layanan/permohonan/{waiting.pk}/").content.decode()


def test_requests_are_for_officers_and_those_above_them(client, office, budi, waiting):
    url = f"/layanan/permohonan/{waiting.pk}/"
    sari = office.employee("Sari")
    for person, status in ((budi, 200), (office.head, 200), (sari, 403)):
        client.force_login(person.user)
        assert client.get(url).status_code == status
    assert client.get("/layanan/permohonan/").status_code == 403
    client.logout()
    assert client.get(url).status_code == 302


def test_an_officer_takes_a_request_of_the_own_unit_in_hand(client, office, budi, waiting):
    client.force_login(budi.user)
    client.post("/layanan/permohonan/terima/", {"service": waiting.service_id, "form_key": str(uuid4())})
    assert ServiceRequest.objects.filter(officer=budi).count() == 2
    client.post("/layanan/permohonan/terima/", {"service": 999_999, "form_key": str(uuid4())})
    assert ServiceRequest.objects.filter(officer=budi).count() == 2


def test_the_list_of_services_is_public(client, waiting):
    text = client.get("/layanan/").content.decode()
    assert "KTP elektronik" in text
    assert "5 hari kerja" in text
