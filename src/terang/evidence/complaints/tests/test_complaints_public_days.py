"""No public day moves with what a citizen writes, but with what was opened again; staff read why there is a new day."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.cache import caches
from django.urls import reverse

from terang.evidence.complaints.models import Complaint, TakenBack
from terang.evidence.complaints.services import citizen, publishing, verifying, working
from terang.reporting.boards.public.open_data import TABLES
from terang.web.numbers import longdate

DAY = date(2026, 11, 2)
ONE = timedelta(days=1)


@pytest.fixture
def days(house, client, settings):
    settings.CACHES |= dict.fromkeys(("near", "counts"), settings.CACHES["default"])

    def read(found):
        """The due day by every public road: page, table, Open311."""
        for name in settings.CACHES:
            caches[name].clear()
        agency = house.office.agency
        page = client.get(reverse("public:report", args=[agency.code, found.tracking_code])).content.decode()
        [row] = [each for each in TABLES["laporan-warga"].rows(agency) if each["nomor"] == found.tracking_code]
        address = reverse("open311:request", args=[found.tracking_code, "json"])
        [told] = client.get(address, {"jurisdiction_id": agency.code}).json()
        return page, row["batas_jawaban"], told["expected_datetime"][:10]

    return read


def test_a_reply_moves_no_public_day(house, days):
    found = house.answered()
    before = days(found)
    house.go_to(found.answered_on + timedelta(days=1))
    found = citizen.reply_to(complaint=found, text="Loket mana?", form_key=uuid4())
    assert found.again_due_on not in (None, found.finish_due_on)
    page, table, standard = days(found)
    assert longdate(found.finish_due_on) in page
    assert longdate(found.again_due_on) not in page
    assert (table, standard) == before[1:] == (found.finish_due_on.isoformat(),) * 2


def test_what_was_opened_again_has_its_new_day_until_it_is_answered(house, days):
    found = house.reopened()
    assert days(found)[1:] == (found.again_due_on.isoformat(),) * 2
    assert longdate(found.again_due_on) in days(found)[0]
    found = house.answer(working.take_complaint(actor=house.viewer("budi"), complaint=found, version=found.version))
    house.go_to(found.response_due_on - timedelta(days=1))
    found = citizen.reply_to(complaint=found, text="Loket mana?", form_key=uuid4())
    assert days(found)[1:] == (found.finish_due_on.isoformat(),) * 2


def test_staff_read_why_there_is_a_new_day(house, client):
    client.force_login(house.people["budi"].user)

    def page(found):
        return client.get(found.get_absolute_url()).content.decode()

    opened = house.reopened()
    assert f"setelah dibuka kembali {longdate(opened.again_due_on)}" in page(opened)
    replied = citizen.reply_to(complaint=house.answered(), text="Loket mana?", form_key=uuid4())
    shown = page(replied)
    assert f"balasan warga dijawab paling lambat {longdate(replied.again_due_on)}" in shown
    assert "setelah dibuka kembali" not in shown
    house.answer(Complaint.objects.get(pk=replied.pk))
    assert "setelah dibuka kembali" not in page(replied)


@pytest.fixture
def updated(house, client, settings):
    settings.CACHES |= dict.fromkeys(("near", "counts"), settings.CACHES["default"])

    def read(found):
        """The day of the latest change as Open311 tells it; its filters must agree."""
        for name in settings.CACHES:
            caches[name].clear()
        asked = {"jurisdiction_id": house.office.agency.code}
        [told] = client.get(reverse("open311:request", args=[found.tracking_code, "json"]), asked).json()
        day = date.fromisoformat(told["updated_datetime"][:10])

        def listed(**more):
            rows = client.get(reverse("open311:requests", args=["json"]), asked | more).json()
            return found.tracking_code in [each["service_request_id"] for each in rows]

        for name, inside, outside in (("updated_after", day, day + ONE), ("updated_before", day, day - ONE)):
            assert listed(**{name: f"{inside}T12:00:00+08:00"})
            assert not listed(**{name: f"{outside}T12:00:00+08:00"})
        return day

    return read


def test_an_answer_moves_the_public_day_and_what_the_citizen_writes_does_not(house, updated):
    house.go_to(DAY)
    found = house.in_hand()
    assert updated(found) == DAY
    house.go_to(DAY + ONE)
    found = house.answer(found)
    assert updated(found) == DAY + ONE
    house.go_to(DAY + 2 * ONE)
    citizen.reply_to(complaint=found, text="Loket mana?", form_key=uuid4())
    verifying.note_privately(actor=house.viewer("kokom"), complaint=found, text="Catatan.")
    assert updated(found) == DAY + ONE
    house.go_to(DAY + 3 * ONE)
    citizen.reopen(complaint=found, text="Belum.", form_key=uuid4())
    assert updated(found) == DAY + ONE


def test_the_end_moves_it_and_neither_rating_nor_forgetting(house, updated):
    house.go_to(DAY)
    found = house.answered()
    house.go_to(DAY + ONE)
    citizen.confirm_done(complaint=found)
    house.go_to(DAY + 2 * ONE)
    citizen.rate(complaint=found, rating=2, reason="Lama")
    house.go_to(DAY + 3 * ONE)
    citizen.forget_reporter(found)
    assert updated(found) == DAY + ONE


def test_what_is_taken_back_and_published_again_moves_it(house, updated):
    house.go_to(DAY)
    found = house.in_hand()
    house.go_to(DAY + ONE)
    told = {"actor": house.viewer("kokom"), "complaint": found}
    found = publishing.take_back(**told, version=found.version, why=TakenBack.WRONG)
    assert found.moved_on == DAY + ONE
    house.go_to(DAY + 2 * ONE)
    publishing.publish_complaint(**told, version=found.version, photos=())
    assert updated(found) == DAY + 2 * ONE
