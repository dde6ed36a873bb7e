"""The pages of surveys: the citizen's link, the kiosk, the manager's desk, the officer's own feedback."""

from datetime import date

import pytest
from django.utils import timezone

from terang.evidence.citizens.limits import WRONG_LINKS
from terang.evidence.citizens.models import (
    FollowUp,
    Kiosk,
    Service,
    ServiceRequest,
    SurveyPeriod,
    SurveyResponse,
    SurveyResult,
)
from terang.evidence.citizens.services.inviting import invite
from terang.evidence.citizens.services.kiosks import offer_at_kiosk, register_kiosk
from terang.evidence.citizens.survey_duties import waiting_for
from terang.registry.people.models import Role
from terang.rules.tables import ELEMENTS

DESK = "/layanan/survei-kepuasan/"


@pytest.fixture(autouse=True)
def local_cache(settings):
    settings.CACHES = {**settings.CACHES, "default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}


@pytest.fixture
def budi(office):
    budi = office.employee("Budi Santoso")
    office.grant(budi, Role.SERVICE_OFFICER, office.unit)
    return budi


@pytest.fixture
def hendra(office):
    hendra = office.employee("Hendra Kelola")
    office.grant(hendra, Role.SERVICE_MANAGER, office.unit)
    return hendra


@pytest.fixture
def ktp(office):
    return Service.objects.create(unit=office.unit, code="ktp", name="KTP elektronik", standard_minutes=2250)


@pytest.fixture
def waiting(ktp, budi):
    return ServiceRequest.objects.create(service=ktp, officer=budi, tracking_code="K-1", received_at=timezone.now())


@pytest.fixture
def period(office):
    return SurveyPeriod.objects.create(
        unit=office.unit,
        kind="triwulan",
        starts_on=date(2026, 7, 1),
        ends_on=date(2026, 10, 1),
        opened_at=timezone.now(),
    )


def answer(service, times, officer=None, **fields):
    rows = [
        SurveyResponse(service=service, officer=officer, day=date(2026, 8, 5), **(dict.fromkeys(ELEMENTS, 3) | fields))
        for _ in range(times)
    ]
    SurveyResponse.objects.bulk_create(rows)
    return rows


def test_a_citizen_tells_of_themselves_what_the_regulation_asks_and_no_more(client, waiting):
    url = f"/layanan/survei/{invite(waiting)}/"
    page = client.get(url).content.decode()
    for name in ("sex", "education", "occupation", "slot"):
        assert f'name="{name}"' in page
    assert "belum selesai atau ditolak" in page
    client.post(url, {"syarat": "4", "sex": "P", "education": "sma", "nik": "7371", "name": "Ani"})
    stored = SurveyResponse.objects.get()
    assert (stored.sex, stored.education, stored.occupation, stored.slot) == ("P", "sma", "", "")


def test_the_kiosk_asks_answers_thanks_and_never_shows_what_was_answered(client, office, hendra, budi, waiting):
    made = register_kiosk(actor=office.viewer(hendra), unit=office.unit, name="Loket 1")
    url = f"/layanan/kios/{made.token}/"
    rest = client.get(url).content.decode()
    assert "Suara Anda memperbaiki layanan" in rest
    assert client.get(f"{url}layar/?tawaran=0").status_code == 204
    shown = offer_at_kiosk(actor=office.viewer(budi), request=waiting, kiosk=made.kiosk)
    asked = client.get(f"{url}layar/?tawaran=0")
    assert (asked.status_code, asked.content.decode().count('type="radio"')) == (200, 36)
    assert client.get(f"{url}layar/?tawaran={shown.offer}").status_code == 204
    wrong = client.post(url, {"tawaran": shown.offer})
    assert wrong.status_code == 422
    kept = client.post(url, {"tawaran": shown.offer, "waktu": "2", "remark": "Rahasia saya"})
    assert "Terima kasih" in kept.content.decode()
    late = client.post(url, {"tawaran": shown.offer, "waktu": "4"})
    assert (late.status_code, SurveyResponse.objects.count()) == (410, 1)
    for page in (kept, late, client.get(url)):
        text = page.content.decode()
        assert "Rahasia saya" not in text
        assert "checked" not in text
        assert page["Cache-Control"].startswith("max-age=0")


@pytest.mark.usefixtures("counting_cache")
def test_a_right_link_opens_behind_an_address_of_many_wrong_ones(client, office, hendra, waiting):
    made = register_kiosk(actor=office.viewer(hendra), unit=office.unit, name="Loket 1")
    token = invite(waiting)
    for number in range(WRONG_LINKS.most):
        assert client.get(f"/layanan/survei/tebakan-{number}/").status_code == 404
    assert client.get("/layanan/survei/satu-lagi/").status_code == 429
    assert client.get("/layanan/kios/satu-lagi/").status_code == 429
    assert client.get(f"/layanan/survei/{token}/").status_code == 200
    assert client.get(f"/layanan/kios/{made.token}/").status_code == 200


@pytest.mark.usefixtures("counting_cache")
def test_a_kiosk_that_asks_by_itself_never_counts_itself(client, db):
    for _ in range(WRONG_LINKS.most + 1):
        assert client.get("/layanan/kios/dicabut/layar/?tawaran=0")["HX-Refresh"] == "true"
    assert client.get("/layanan/kios/dicabut/").status_code == 404


def test_one_tap_sends_a_request_to_the_kiosk(client, office, hendra, budi, waiting):
    made = register_kiosk(actor=office.viewer(hendra), unit=office.unit, name="Loket 1")
    client.force_login(budi.user)
    assert (
        f"/layanan/permohonan/{waiting.pk}/kios/{made.kiosk.pk}/"
        in client.get(f"/layanan/permohonan/{waiting.pk}/").content.decode()
    )
    client.post(f"/layanan/permohonan/{waiting.pk}/kios/{made.kiosk.pk}/")
    assert Kiosk.objects.get().request == waiting


def test_the_manager_registers_a_kiosk_and_sees_its_link_once(client, office, hendra):
    client.force_login(hendra.user)
    url = f"{DESK}unit/{office.unit.pk}/kios/"
    client.post(url, {"name": "Loket 1"})
    first, second = client.get(url).content.decode(), client.get(url).content.decode()
    assert first.count("/layanan/kios/") == 2
    assert "/layanan/kios/" not in second
    client.post(f"{DESK}kios/{Kiosk.objects.get().pk}/cabut/", {"reason": "Hilang"})
    assert "Hilang" in client.get(url).content.decode()


def test_from_an_open_period_to_a_frozen_result_and_its_repair(client, office, hendra, ktp):
    client.force_login(hendra.user)
    opened = client.post(
        f"{DESK}buka/",
        {"unit": office.unit.pk, "span": "triwulan:2026-07-01", "headline": "gabungan", "weights": "exact"},
    )
    period = SurveyPeriod.objects.get()
    assert opened["Location"] == f"{DESK}periode/{period.pk}/"
    answer(ktp, 8, waktu=2)
    page = client.get(opened["Location"]).content.decode()
    assert "72,22" in page
    assert "Tiga unsur terendah adalah waktu penyelesaian (50,00)" in page
    published = client.post(f"{DESK}periode/{period.pk}/umumkan/", {})
    result = SurveyResult.objects.get()
    assert published["Location"] == f"{DESK}hasil/{result.pk}/"
    answer(ktp, 8)
    assert "72,22" in client.get(published["Location"]).content.decode()
    again = client.post(f"{DESK}periode/{period.pk}/umumkan/", {"reason": ""})
    assert (again.status_code, SurveyResult.objects.count()) == (422, 1)
    client.post(f"{DESK}periode/{period.pk}/umumkan/", {"reason": "Jawaban kios menyusul"})
    assert "sudah diganti oleh revisi 2" in client.get(published["Location"]).content.decode()
    form = client.get(f"{DESK}periode/{period.pk}/tindakan/?unsur=waktu").context["form"]
    assert form.initial["component"] == "limit"
    sent = {
        "form_key": str(form["form_key"].value()),
        "element": "waktu",
        "component": "limit",
        "action": "Buka loket kedua",
        "owner": office.head.pk,
        "due_on": "2026-12-31",
    }
    for _ in range(2):
        client.post(f"{DESK}periode/{period.pk}/tindakan/", sent)
    action = FollowUp.objects.get()
    client.force_login(office.head.user)
    told = client.post(f"{DESK}tindakan/{action.pk}/", {"state": "selesai", "proof": "", "version": "0"})
    assert told.status_code == 422
    client.post(f"{DESK}tindakan/{action.pk}/", {"state": "selesai", "proof": "Loket dibuka", "version": "0"})
    assert "Loket dibuka" in client.get(f"{DESK}hasil/{result.pk}/").content.decode()


def test_an_empty_period_says_what_to_do(client, hendra, period):
    client.force_login(hendra.user)
    page = client.get(period.get_absolute_url()).content.decode()
    assert "IKM belum dapat ditampilkan" in page
    refused = client.post(f"{DESK}periode/{period.pk}/umumkan/", {})
    assert (refused.status_code, SurveyResult.objects.exists()) == (409, False)


def test_short_questions_are_asked_on_the_page(client, office, hendra, ktp, waiting):
    client.force_login(hendra.user)
    url = f"{DESK}unit/{office.unit.pk}/pertanyaan/"
    assert client.post(url, {"length": "3", "elements": ["waktu"]}).status_code == 422
    client.post(url, {"length": "3", "elements": ["waktu", "perilaku", "produk"]})
    client.logout()
    page = client.get(f"/layanan/survei/{invite(waiting)}/").content.decode()
    assert (page.count('type="radio"'), "Tiga pertanyaan" in page) == (12, True)


def test_the_officer_reads_own_feedback_only(client, office, budi, ktp):
    answer(ktp, 6, budi, released=True, remark="Antre lama")
    sari = office.employee("Sari Dewi")
    office.grant(sari, Role.SERVICE_OFFICER, office.unit)
    client.force_login(budi.user)
    page = client.get("/layanan/suara/").content.decode()
    assert f'data-live="employee:{budi.pk}"' in page
    assert page.count("<li>Antre lama</li>") == 6
    client.force_login(sari.user)
    page = client.get("/layanan/suara/").content.decode()
    assert "Antre lama" not in page
    assert "Belum cukup jawaban" in page


def test_a_hidden_remark_leaves_the_officers_page_and_stays_with_its_reason(client, hendra, budi, ktp, period):
    rows = answer(ktp, 6, budi, released=True, remark="Orangnya jutek")
    client.force_login(hendra.user)
    url = f"{DESK}periode/{period.pk}/saran/"
    client.post(f"{url}{rows[0].pk}/", {"reason": "Menyerang pribadi"})
    assert "Menyerang pribadi" in client.get(url).content.decode()
    client.force_login(budi.user)
    assert client.get("/layanan/suara/").content.decode().count("<li>Orangnya jutek</li>") == 5


def test_what_waits_is_a_repair_and_a_result_not_published(office, hendra, period, ktp):
    viewer = office.viewer(hendra)
    assert [duty.title for duty in waiting_for(viewer)] == ["Hasil survei Triwulan III 2026 belum diumumkan"]
    FollowUp.objects.create(
        period=period, element="waktu", component="limit", action="Buka loket", owner=hendra,
        due_on=date(2026, 11, 1), form_key="00000000-0000-0000-0000-000000000001",
    )  # fmt: skip
    assert [duty.kind for duty in waiting_for(viewer)] == ["wrong", "attention"]
    assert waiting_for(office.viewer(office.head)) == []


@pytest.mark.parametrize("count", [1, 50])
def test_the_desk_costs_the_same_for_many_periods(client, hendra, office, count, django_assert_max_num_queries):
    for number in range(count):
        SurveyPeriod.objects.create(
            unit=office.unit,
            kind="tahun",
            starts_on=date(1950 + number, 1, 1),
            ends_on=date(1951 + number, 1, 1),
            opened_at=timezone.now(),
        )
    client.force_login(hendra.user)
    with django_assert_max_num_queries(16):
        client.get(DESK)
