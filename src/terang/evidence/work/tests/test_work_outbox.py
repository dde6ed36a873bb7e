"""The door for entries written without a network: each arrives once, or says what is wrong; receipts; device clocks."""

import re
import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import settings as django_settings
from django.contrib.staticfiles import finders
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from terang.audit.models import JournalEntry
from terang.evidence.clocks import drift_seconds, is_doubtful
from terang.evidence.receipts import SIGNS, id_of, receipt_of
from terang.evidence.work import receiving
from terang.evidence.work.models import Entry, EntryState, Favourite
from terang.registry.people.models import Role

DOOR = "/kegiatan/luring/terima/"
PDF = b"%PDF-1.4\n%%EOF\n"


def told(employee, indicator, today, **fields):
    values = {
        "person": str(employee.pk),
        "form_key": str(uuid.uuid4()),
        "purpose": f"i{indicator.pk}",
        "text": "Mendata warga",
        "quantity": "2,5",
        "minutes": "",
        "day": (today - timedelta(days=1)).isoformat(),
    }
    return values | fields


def knock(client, data):
    return client.post(DOOR, data, headers={"Accept": "application/json"})


# Arriving


def test_an_entry_arrives_with_a_receipt_and_both_times(office, today, budi, indicator, as_):
    written = office.moment(today - timedelta(days=1), 9)
    files = [SimpleUploadedFile("a.pdf", PDF), SimpleUploadedFile("b.pdf", PDF + b"2")]
    data = told(budi, indicator, today, written_at=written.isoformat(), sent_at=office.moment(today, 12).isoformat())
    response = knock(as_(budi), data | {"proof": files})
    assert response.status_code == 201, response.content
    entry = Entry.objects.get()
    said = response.json()
    assert said["receipt"] == entry.receipt == receipt_of(entry.pk)
    assert said["same"] is True
    assert datetime.fromisoformat(said["received_at"]) == entry.submitted_at
    assert (entry.written_at, entry.clock_drift_s, entry.clock_is_doubtful) == (written, 0, False)
    assert (entry.employee, entry.quantity_milli, entry.files.count()) == (budi, 2500, 2)
    assert response.headers["Cache-Control"].count("no-store") == 1
    assert [row.verb for row in JournalEntry.objects.all()] == ["work.entry_submitted"]


def test_the_same_entry_again_gives_the_receipt_of_the_first_time(office, today, budi, indicator, as_):
    data = told(budi, indicator, today)
    first, second = (knock(as_(budi), data) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json()["receipt"] == second.json()["receipt"]
    assert second.json()["same"] is True
    assert Entry.objects.count() == JournalEntry.objects.count() == 1


def test_the_same_entry_again_is_found_even_where_the_plan_has_changed_since(office, today, budi, indicator, as_):
    data = told(budi, indicator, today)
    first = knock(as_(budi), data)
    Entry.objects.update(indicator=None)
    indicator.delete()
    assert knock(as_(budi), data).json()["receipt"] == first.json()["receipt"]


@pytest.mark.parametrize(
    "change", [{"text": "Lain"}, {"day": "2026-11-20"}, {"proof": SimpleUploadedFile("a.pdf", PDF)}]
)
def test_a_changed_text_under_a_number_that_has_arrived_is_told_and_overwrites_nothing(
    office, today, budi, indicator, as_, change
):
    data = told(budi, indicator, today)
    knock(as_(budi), data)
    again = knock(as_(budi), data | change)
    assert (again.status_code, again.json()["same"]) == (200, False)
    assert Entry.objects.get().text == "Mendata warga"
    Entry.objects.update(version=2, state=EntryState.RETURNED)
    assert knock(as_(budi), data | change).json()["same"] is True, "what was decided here is not the device's any more"


def test_a_favourite_named_in_the_form_is_kept_and_a_name_taken_is_told(office, today, budi, indicator, as_):
    answers = [knock(as_(budi), told(budi, indicator, today, favourite="Rutin")).json() for _ in range(2)]
    assert Favourite.objects.get().name == "Rutin"
    assert (answers[0]["note"], bool(answers[1]["note"])) == ("", True)
    assert Entry.objects.count() == 2


# Refusals, each by field and with nothing written


@pytest.mark.parametrize(
    ("change", "status", "field", "words"),
    [
        ({"purpose": "i999999"}, 409, "purpose", "tidak ada lagi dalam rencana"),
        ({"purpose": ""}, 409, "purpose", "tidak ada lagi dalam rencana"),
        ({"day": "2026-11-25"}, 409, "day", "belum tiba"),
        ({"day": "2026-08-01"}, 409, "day", "ke belakang"),
        ({"day": "2025-08-01"}, 409, "day", "tidak mempunyai rencana"),
        ({"day": ""}, 422, "day", "tanggal"),
        ({"day": "²"}, 422, "day", "tanggal"),
        ({"text": " "}, 422, "text", "."),
        ({"text": "x" * 501}, 422, "text", "500"),
        ({"quantity": "banyak"}, 422, "quantity", "."),
        ({"form_key": "bukan kunci"}, 422, "", "nomornya"),
        ({"proof": SimpleUploadedFile("palsu.jpg", b"bukan foto")}, 422, "proof", "bukan PDF"),
        ({"proof": SimpleUploadedFile("a.exe", b"MZ")}, 422, "proof", "Jenis berkas"),
        ({"proof": [SimpleUploadedFile(f"{n}.pdf", PDF) for n in range(6)]}, 422, "proof", "Paling banyak 5"),
    ],
)
def test_what_cannot_be_taken_says_why_at_its_field(office, today, budi, indicator, as_, change, status, field, words):
    response = knock(as_(budi), told(budi, indicator, today) | change)
    assert response.status_code == status, response.content
    assert words in " ".join(response.json()["reasons"][field])
    assert not Entry.objects.exists()
    assert not JournalEntry.objects.exists()


def test_a_file_too_big_is_refused_by_its_size(office, today, budi, indicator, as_):
    big = SimpleUploadedFile("besar.pdf", PDF + b"0" * (10 * 1024 * 1024))
    response = knock(as_(budi), told(budi, indicator, today) | {"proof": big})
    assert response.status_code == 422
    assert "MB" in response.json()["reasons"]["proof"][0]


def test_only_the_one_who_wrote_it_sends_it(office, today, budi, indicator, as_):
    sari = office.employee("Sari")
    office.indicator(office.plan(sari))
    response = knock(as_(sari), told(budi, indicator, today))
    assert (response.status_code, response.json()["kind"]) == (409, "OtherPerson")
    response = knock(as_(sari), told(sari, indicator, today))
    assert (response.status_code, list(response.json()["reasons"])) == (409, ["purpose"])
    assert not Entry.objects.exists()


def test_a_number_that_somebody_else_used_is_refused_and_shows_nothing(office, today, budi, indicator, as_):
    sari = office.employee("Sari")
    own = office.indicator(office.plan(sari))
    data = told(budi, indicator, today)
    knock(as_(budi), data)
    response = knock(as_(sari), told(sari, own, today, form_key=data["form_key"]))
    assert (response.status_code, response.json()["kind"]) == (409, "NotNow")
    assert Entry.objects.get().employee == budi


@pytest.mark.parametrize("name", ["offline_desk", "sender", "receive"])
def test_without_a_session_scripts_get_401_and_no_page(client, db, name):
    method = client.post if name == "receive" else client.get
    response = method(reverse(f"work:{name}"))
    assert (response.status_code, response.json()["kind"]) == (401, "SignedOut")
    assert "no-store" in response.headers["Cache-Control"]


def test_the_door_asks_for_the_token_that_the_sender_gets(office, today, budi, indicator):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(budi.user)
    data = told(budi, indicator, today)
    refused = knock(strict, data)
    assert (refused.status_code, refused.json()["kind"]) == (403, "Refusal")
    said = strict.get(reverse("work:sender")).json()
    assert said["person"] == budi.pk
    taken = strict.post(DOOR, data, headers={"X-CSRFToken": said["token"]})
    assert taken.status_code == 201


def test_a_device_in_a_loop_is_slowed_down(office, today, budi, indicator, as_, monkeypatch):
    monkeypatch.setattr(receiving, "MOST_AN_HOUR", 2)
    answers = [knock(as_(budi), told(budi, indicator, today)) for _ in range(3)]
    assert [each.status_code for each in answers] == [201, 201, 429]
    assert Entry.objects.count() == 2


# Clocks


@pytest.mark.parametrize(
    ("drift", "ahead", "doubtful"),
    [(0, -60, False), (900, -60, False), (901, -60, True), (-901, -60, True), (None, -60, False), (0, 901, True)],
)
def test_a_clock_that_is_off_is_doubtful(drift, ahead, doubtful):
    received = datetime(2026, 11, 24, 4, tzinfo=UTC)
    assert is_doubtful(received + timedelta(seconds=ahead), received, drift) is doubtful


def test_a_drift_has_a_sign_and_an_end():
    now = datetime(2026, 11, 24, 4, tzinfo=UTC)
    assert drift_seconds(now + timedelta(hours=1), now) == 3600
    assert drift_seconds(now - timedelta(hours=1), now) == -3600
    assert drift_seconds(datetime(2099, 1, 1, tzinfo=UTC), now) == 10 * 365 * 86_400


def test_a_doubtful_time_is_kept_and_marked_on_the_page(office, today, budi, indicator, as_):
    noon = office.moment(today, 12)
    clock = {"written_at": (noon - timedelta(days=1)).isoformat(), "sent_at": (noon + timedelta(hours=3)).isoformat()}
    assert knock(as_(budi), told(budi, indicator, today, **clock)).json()["clock_doubtful"] is True
    page = as_(budi).get(Entry.objects.get().get_absolute_url()).content.decode()
    assert "Jam diragukan" in page
    assert Entry.objects.get().receipt in page


@pytest.mark.parametrize("clock", [{"written_at": "kemarin"}, {"written_at": "2026-11-24T10:00"}, {}])
def test_an_unreadable_time_is_missing(office, today, budi, indicator, as_, clock):
    assert knock(as_(budi), told(budi, indicator, today, **clock)).status_code == 201
    entry = Entry.objects.get()
    assert (entry.written_at, entry.clock_drift_s) == (None, None)


# The desk


def test_the_desk_holds_ones_own_results_and_favourites_and_nobody_elses(office, today, budi, indicator, as_):
    sari = office.employee("Sari")
    other = office.indicator(office.plan(sari), text="Milik Sari")
    for person, counted in ((budi, indicator), (sari, other)):
        Favourite.objects.create(
            employee=person, name=f"Rutin {person.name}", result=counted.result, indicator=counted, text="Rutin",
            quantity_milli=1500,
        )  # fmt: skip
    response = as_(budi).get(reverse("work:offline_desk"))
    desk = response.json()
    assert desk["person"]["id"] == budi.pk
    assert [each["key"] for each in desk["choices"]] == [f"i{indicator.pk}"]
    assert [(each["name"], each["quantity"], each["purpose"]) for each in desk["favourites"]] == [
        ("Rutin Budi", "1,5", f"i{indicator.pk}")
    ]
    assert "Sari" not in response.content.decode()
    assert "no-store" in response.headers["Cache-Control"]


def test_without_a_plan_the_desk_is_empty_and_says_so(office, budi, as_):
    desk = as_(budi).get(reverse("work:offline_desk")).json()
    assert (desk["plan"], desk["choices"]) == (None, [])


def test_the_desk_costs_the_same_for_one_favourite_and_for_thirty(office, budi, indicator, as_):
    browser = as_(budi)

    def queries():
        with CaptureQueriesContext(connection) as asked:
            browser.get(reverse("work:offline_desk"))
        return len(asked)

    def add(number):
        Favourite.objects.create(
            employee=budi, name=f"Rutin {number}", result=indicator.result, indicator=indicator, text="Rutin"
        )

    add(0)
    few = queries()
    for number in range(1, 31):
        add(number)
    assert queries() == few


@pytest.mark.parametrize("name", ["offline", "work:offline", "work:outbox"])
def test_the_pages_a_device_keeps_are_the_same_for_everybody(office, budi, indicator, as_, client, name):
    for_nobody = client.get(reverse(name)).content
    assert as_(budi).get(reverse(name)).content == for_nobody
    for secret in (b"Budi", b"csrf", b"nonce", indicator.text.encode()):
        assert secret not in for_nobody


def test_the_worker_keeps_each_page_and_script_and_changes_with_them(client, db):
    script = client.get(reverse("service_worker")).content.decode()
    for name in ("offline", "work:offline", "work:outbox"):
        assert reverse(name).replace("-", "\\u002D") in script
    for name in django_settings.TERANG_OUTBOX["files"]:
        assert name.rpartition(".")[0].replace("-", "\\u002D") in script
    client.cookies["django_language"] = "en"
    version = re.compile(r"terang-\d+")
    english = client.get(reverse("service_worker")).content.decode()
    assert version.search(english).group() != version.search(script).group()


def test_the_app_can_be_installed_with_shortcuts_and_icons_that_exist(client, db):
    told_ = client.get(reverse("manifest")).json()
    assert [each["url"] for each in told_["shortcuts"]] == [reverse("work:offline"), reverse("work:outbox")]
    assert {each["purpose"] for each in told_["icons"]} == {"any", "maskable"}
    for icon in told_["icons"]:
        assert finders.find(icon["src"].removeprefix("/static/"))


# Receipts


@given(st.integers(min_value=1, max_value=2**40))
def test_a_receipt_leads_back_to_its_entry_however_it_is_typed(number):
    receipt = receipt_of(number)
    assert id_of(receipt) == number
    assert id_of(receipt.lower().replace("-", " ")) == number
    assert id_of(receipt.removeprefix("K-")) == number


@given(st.integers(min_value=1, max_value=2**30), st.data())
def test_one_wrong_sign_and_two_swapped_ones_are_noticed(number, data):
    signs = receipt_of(number).removeprefix("K").replace("-", "")
    place = data.draw(st.integers(0, len(signs) - 1))
    other = data.draw(st.sampled_from([sign for sign in SIGNS if sign != signs[place]]))
    assert id_of(f"K-{signs[:place]}{other}{signs[place + 1 :]}") is None
    at = data.draw(st.integers(0, len(signs) - 2))
    swapped = signs[:at] + signs[at + 1] + signs[at] + signs[at + 2 :]
    assert swapped == signs or id_of(f"K-{swapped}") is None


def test_receipts_look_so():
    assert [receipt_of(number) for number in (1, 12345, 31**5)] == ["K-000-01Y", "K-00C-V7F", "K-1-000-00T"]


@pytest.mark.parametrize("typed", ["", "K-", "K-000-000", "K-000-01X", "OOO-01Y", "²", "K" * 40])
def test_what_is_no_receipt_leads_nowhere(typed):
    assert id_of(typed) is None


def test_a_receipt_opens_the_entry_for_who_may_see_it_and_for_nobody_else(office, today, budi, indicator, as_):
    knock(as_(budi), told(budi, indicator, today))
    entry = Entry.objects.get()
    sari, auditor = office.employee("Sari"), office.employee("Auditor")
    office.grant(auditor, Role.AUDITOR)
    address = reverse("work:receipt") + f"?nomor={entry.receipt}"
    assert as_(budi).get(address).headers["Location"] == entry.get_absolute_url()
    assert as_(auditor).get(address).status_code == 302
    for nobody in (as_(sari).get(address), as_(budi).get(reverse("work:receipt") + "?nomor=K-000-02W")):
        assert nobody.status_code == 200
        assert "Tidak ada kegiatan dengan nomor" in nobody.content.decode()


def test_a_day_of_the_person_s_own_time_zone_is_meant(office, today, budi, indicator, as_):
    assert date.fromisoformat(told(budi, indicator, today)["day"]) == today - timedelta(days=1)
    assert knock(as_(budi), told(budi, indicator, today, day=today.isoformat())).status_code == 201
    assert Entry.objects.get().day == today
