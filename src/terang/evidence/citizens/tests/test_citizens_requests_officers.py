"""Screens of officers and managers: lists, one request, the queue, the catalogue."""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from terang.evidence.citizens import request_duties, services
from terang.evidence.citizens.models import ServicePledge, ServiceRequest, ServiceStandard
from terang.evidence.citizens.request_selectors import queue_of
from terang.evidence.citizens.services.chores import every_hour
from terang.registry.people.models import Role
from terang.web.errors import NotAllowed, Stale


def signed_in(client, counter, name):
    client.force_login(counter.people[name].user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_two_taps_at_the_counter_and_a_slip(client, counter):
    signed_in(client, counter, "budi")
    key = str(uuid4())
    taken = client.post("/layanan/permohonan/terima/", {"service": counter.service.pk, "form_key": key})
    client.post("/layanan/permohonan/terima/", {"service": counter.service.pk, "form_key": key})
    request = ServiceRequest.objects.get()
    assert taken["Location"] == f"/layanan/permohonan/{request.pk}/"
    slip = client.get(f"/layanan/permohonan/{request.pk}/tanda-terima/").content.decode()
    assert "A-001" in slip
    assert "<svg" in slip
    token = re.search(r"/layanan/lacak/t/([\w-]{32})/", slip).group(1)
    citizen = type(client)()
    assert citizen.get(f"/layanan/lacak/t/{token}/").status_code == 302
    client.post(f"/layanan/permohonan/{request.pk}/selesai/", {"version": "0", "diserahkan": "ya"})
    request.refresh_from_db()
    assert request.state == "diserahkan"
    assert "Tautan survei" in client.get(f"/layanan/permohonan/{request.pk}/").content.decode()


def test_new_keys_end_the_old_ones(client, counter):
    received = counter.apply()
    services.take_request(actor=counter.viewer("budi"), request=received.request)
    signed_in(client, counter, "budi").post(
        f"/layanan/permohonan/{received.request.pk}/kode/", {"form_key": str(uuid4())}
    )
    slip = client.get(f"/layanan/permohonan/{received.request.pk}/tanda-terima/").content.decode()
    token = re.search(r"/layanan/lacak/t/([\w-]{32})/", slip).group(1)
    citizen = type(client)()
    assert citizen.get(f"/layanan/lacak/t/{received.secrets.token}/").status_code == 404
    assert citizen.get(f"/layanan/lacak/t/{token}/").status_code == 302


def test_only_the_officer_who_has_it_reads_who_asks_and_opens_the_papers(client, counter):
    request = counter.apply(phone="081234567890").request
    url = f"/layanan/permohonan/{request.pk}/"
    paper = f"{url}berkas/{request.files.get().pk}/"
    seen = {}
    for name in ("budi", "dewi"):
        signed_in(client, counter, name)
        seen[name] = (client.get(url).status_code, client.get(paper).status_code)
        for page in (url, "/layanan/permohonan/?daftar=baru"):
            assert "Ani" not in client.get(page).content.decode()
    assert seen == {"budi": (200, 403), "dewi": (200, 403)}, "nobody has it yet"
    client.post(f"{url}ambil/", {"version": "0"})  # Dewi, who manages, takes it
    assert "Ani" in client.get(url).content.decode()
    assert client.get(paper).status_code == 200
    signed_in(client, counter, "budi")
    assert client.get(url).status_code == 403, "a colleague's request is not theirs to look at"


def test_a_colleague_hands_out_a_result_without_seeing_how_long_it_took(client, counter):
    request = counter.request("siap")
    page = signed_in(client, counter, "sari").get(f"/layanan/permohonan/{request.pk}/").content.decode()
    assert "Hasil diserahkan" in page
    assert "selesai dalam" not in page
    assert request.tracking_code in client.get("/layanan/permohonan/?daftar=menunggu").content.decode()
    client.post(f"/layanan/permohonan/{request.pk}/serahkan/", {"version": "0"})
    request.refresh_from_db()
    assert (request.state, request.officer) == ("diserahkan", counter.people["budi"])


def test_a_stale_page_changes_nothing(client, counter):
    request = counter.request("diperiksa")
    signed_in(client, counter, "budi")
    url = f"/layanan/permohonan/{request.pk}/"
    assert client.post(f"{url}lengkap/", {"version": "0"}).status_code == 302
    assert client.post(f"{url}kembalikan/", {"version": "0", "reason": "KK buram"}).status_code == 409
    assert client.post(f"{url}tolak/", {"version": "0", "reason": ""}).status_code == 409
    assert client.post(f"{url}tolak/", {"version": "1", "reason": ""}).status_code == 422


@pytest.mark.parametrize(
    ("state", "step"),
    [
        ("diajukan", "ambil"), ("diperiksa", "lengkap"), ("dikembalikan", "dilengkapi"), ("diproses", "langkah"),
        ("diproses", "selesai"), ("siap", "serahkan"),
    ],
)  # fmt: skip
def test_a_step_without_the_version_of_its_page_is_refused_plainly(client, counter, state, step):
    request = counter.request(state, None if step == "ambil" else "budi")
    signed_in(client, counter, "budi")
    url = f"/layanan/permohonan/{request.pk}/{step}/"
    for sent in ({}, {"version": ""}, {"version": "x"}, {"version": "-1"}):
        refused = client.post(url, sent)
        assert (refused.status_code, "Belum dicatat" in refused.content.decode()) == (422, True)
    request.refresh_from_db()
    assert (request.state, request.version) == (state, 0)
    assert client.post(url, {"version": "7"}).status_code == 409
    assert signed_in(client, counter, "tono").post(url, {}).status_code == 403
    assert signed_in(client, counter, "budi").post(url, {"version": "0"}).status_code == 302
    request.refresh_from_db()
    assert request.version == 1


def test_the_list_shows_what_is_late_first_and_costs_the_same(client, counter):
    late = counter.request("diproses", due_at=timezone.now() - timedelta(hours=1))
    fresh = counter.request("diproses")
    signed_in(client, counter, "budi")

    def ask():
        with CaptureQueriesContext(connection) as queries:
            page = client.get("/layanan/permohonan/").content.decode()
        return page, len(queries)

    page, few = ask()
    assert page.index(late.tracking_code) < page.index(fresh.tracking_code)
    assert "lewat janji" in page
    for _ in range(50):
        counter.request("diproses")
    assert ask()[1] == few


@pytest.mark.parametrize(
    ("shown", "state", "officer", "button"),
    [
        ("saya", "diproses", "budi", "selesai"),
        ("baru", "diajukan", None, "ambil"),
        ("menunggu", "siap", "sari", "serahkan"),
        ("menunggu", "dikembalikan", "budi", ""),
        ("selesai", "diserahkan", "budi", ""),
    ],
)
def test_every_list_has_pages_and_costs_the_same_however_long(client, counter, shown, state, officer, button):
    signed_in(client, counter, "budi")
    numbers = {counter.request(state, officer=officer).tracking_code}

    def ask(page=1):
        with CaptureQueriesContext(connection) as queries:
            text = client.get(f"/layanan/permohonan/?daftar={shown}&halaman={page}").content.decode()
        return text, len(queries)

    first, few = ask()
    request = ServiceRequest.objects.get()
    if button:
        assert f'formaction="/layanan/permohonan/{request.pk}/{button}/" name="version" value="0"' in first
    numbers |= {counter.request(state, officer=officer).tracking_code for _ in range(120)}
    seen = set()
    for page in range(1, 6):
        text, many = ask(page)
        assert many == few
        seen |= {number for number in numbers if number in text}
    assert seen == numbers, "none is out of reach"


def test_the_queue_of_a_manager(client, counter):
    counter.request("diajukan", officer=None)
    counter.request("diproses", due_at=timezone.now() - timedelta(hours=1))
    counter.request("dikembalikan", officer="sari")
    counter.request("diserahkan")
    queue = queue_of(counter.viewer("dewi"))
    assert (queue.unassigned, queue.open, queue.overdue, queue.waiting) == (1, 1, 1, 1)
    assert (queue.received, queue.finished, queue.backlog) == (4, 1, 3)
    assert [(line.officer.name, line.overdue, line.waiting) for line in queue.officers] == [
        ("Budi", 1, 0),
        ("Sari", 0, 1),
    ]
    page = signed_in(client, counter, "dewi").get("/layanan/antrean/").content.decode()
    assert "antrean bertambah" in page
    assert signed_in(client, counter, "budi").get("/layanan/antrean/").status_code == 403


def test_the_queue_costs_the_same_however_many_officers(counter):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            queue_of(counter.viewer("dewi"))
        return len(queries)

    counter.request("diproses")
    few = cost()
    for number in range(20):
        person = counter.office.employee(f"Petugas {number}")
        counter.people[person.name] = person
        counter.request("diproses", officer=person.name)
    assert cost() == few


def test_what_requests_ask_of_a_person_today(counter):
    counter.request("diproses", due_at=timezone.now() - timedelta(hours=1))
    counter.request("diperiksa")
    counter.request("diajukan", officer=None)

    def titles(name):
        viewer = counter.viewer(name)
        with CaptureQueriesContext(connection) as queries:
            found = [duty.title for duty in request_duties.waiting_for(viewer)]
        assert len(queries) == 1
        return found

    assert titles("budi") == [
        "1 permohonan lewat janji",
        "1 berkas menunggu diperiksa",
        "1 permohonan belum diambil",
    ]
    assert titles("dewi") == ["1 permohonan di unit Anda lewat janji", "1 permohonan belum diambil"]
    assert titles("tono") == []


def test_what_an_applicant_completed_is_announced_to_the_officer(client, counter):
    request = counter.request("dikembalikan")
    paper = counter.standard.requirements.get(attachable=True)
    services.supply_missing(request=request, files={paper.pk: counter.file()})
    titles = [duty.title for duty in request_duties.waiting_for(counter.viewer("budi"))]
    assert titles == ["1 permohonan sudah dilengkapi"]
    assert request_duties.waiting_for(counter.viewer("sari")) == []
    page = signed_in(client, counter, "budi").get("/", follow=True).content.decode()
    assert "1 permohonan sudah dilengkapi" in page


def publish(counter, name="dewi", based_on=1, requirements=(), steps=(), **values):
    texts = counter.texts | {"valid_from": timezone.localdate(), "decree": "SK 2/2026"} | values
    return services.publish_standard(
        actor=counter.viewer(name),
        service=counter.service,
        based_on=based_on,
        values=texts,
        requirements=requirements,
        steps=steps,
    )


def test_a_new_version_ends_the_one_before_and_changes_nothing_in_it(counter):
    before = ServiceStandard.objects.filter(number=1).values().get()
    new = publish(counter, limit=3)
    after = ServiceStandard.objects.filter(number=1).values().get()
    assert (new.number, after.pop("valid_to")) == (2, new.valid_from)
    before.pop("valid_to")
    assert before == after


def test_a_version_written_from_an_older_one_is_refused(counter):
    publish(counter, limit=3)
    with pytest.raises(Stale):
        publish(counter, limit=2)
    assert ServiceStandard.objects.count() == 2


def test_what_does_not_fit_is_refused(counter):
    tomorrow = timezone.localdate() + timedelta(days=1)
    for wrong in (
        {"valid_from": timezone.localdate() - timedelta(days=1)},
        {"limit": 0},
        {"limit": 3, "limit_least": 3},
        {"steps": [services.StepText("Semua", "Operator", 450)]},
        {"requirements": [services.RequirementText("KK"), services.RequirementText("kk")]},
    ):
        with pytest.raises(ValidationError):
            publish(counter, **wrong)
    ahead = publish(counter, limit=3, valid_from=tomorrow)
    counter.service.refresh_from_db()
    assert (ahead.number, counter.service.standard_minutes) == (2, 2250), "not before its day"


def test_a_version_of_tomorrow_takes_effect_by_the_hourly_chore(counter, monkeypatch):
    publish(counter, limit=3, valid_from=timezone.localdate() + timedelta(days=1))
    moment = timezone.now() + timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: moment)
    every_hour()
    counter.service.refresh_from_db()
    assert counter.service.standard_minutes == 3 * 450


def test_only_managers_of_the_unit_write_standards(counter):
    for name in ("budi", "tono"):
        with pytest.raises(NotAllowed):
            publish(counter, name=name)
    other = counter.office.employee("Lain", unit=counter.office.root)
    counter.office.grant(other, Role.PERSONNEL)
    counter.people["lain"] = other
    with pytest.raises(NotAllowed):
        publish(counter, name="lain")


def standard_form(counter, **change):
    texts = {name: str(value) for name, value in counter.texts.items()} | {"valid_from": str(timezone.localdate())}
    lines = {
        "syarat-TOTAL_FORMS": "1",
        "syarat-INITIAL_FORMS": "0",
        "syarat-0-name": "Ijazah",
        "syarat-0-obligatory": "on",
        "langkah-TOTAL_FORMS": "1",
        "langkah-INITIAL_FORMS": "0",
        "langkah-0-name": "Semua",
        "langkah-0-who": "Operator",
        "langkah-0-amount": "4",
        "langkah-0-unit": "450",
    }
    return texts | lines | {"based_on": "1", "fee_idr": "0", "limit": "4", "tindakan": "periksa"} | change


def test_the_manager_sees_what_changes_before_publishing(client, counter):
    signed_in(client, counter, "dewi")
    url = f"/layanan/kelola/{counter.service.pk}/standar-baru/"
    assert "Kartu keluarga" in client.get(url).content.decode()
    shown = client.post(url, standard_form(counter)).content.decode()
    assert "<del>5 hari kerja</del>" in shown
    assert "<ins>4 hari kerja</ins>" in shown
    assert "<ins>Ijazah</ins>" in shown
    assert ServiceStandard.objects.count() == 1
    refused = client.post(url, standard_form(counter, limit="3"))
    assert (refused.status_code, "berjumlah 4 hari kerja" in refused.content.decode()) == (422, True)
    assert client.post(url, standard_form(counter, tindakan="terbitkan")).status_code == 302
    assert client.post(url, standard_form(counter, tindakan="terbitkan")).status_code == 409
    assert ServiceStandard.objects.count() == 2


def test_a_service_is_offered_once_it_has_a_standard(client, counter):
    signed_in(client, counter, "dewi")
    form = {"unit": counter.office.unit.pk, "code": "kk", "name": "Kartu keluarga baru"}
    assert client.post("/layanan/kelola/layanan-baru/", form).status_code == 302
    assert client.post("/layanan/kelola/layanan-baru/", form).status_code == 422
    service = type(counter.service).objects.get(code="kk")
    assert client.get(f"/layanan/{service.pk}/").status_code == 404
    with pytest.raises(ValidationError):
        services.change_service(
            actor=counter.viewer("dewi"), service=service, name="KK", monthly_norm=None, active=True, version=0
        )
    counter.service = service
    publish(counter, based_on=0)
    assert client.get(f"/layanan/{service.pk}/").status_code == 200


def test_pledges_follow_one_another(client, counter):
    signed_in(client, counter, "dewi")
    url = f"/layanan/kelola/maklumat/{counter.office.unit.pk}/"
    form = {"form_key": str(uuid4()), "text": "Kami sanggup", "signer": "Dewi", "signer_title": "Kepala"}
    form |= {"place": "Uji", "day": "2026-11-24"}
    assert [client.post(url, form).status_code for _ in range(2)] == [302, 422]
    assert ServicePledge.objects.get().day == date(2026, 11, 24)
    assert signed_in(client, counter, "budi").get(url).status_code == 403
