"""No public day moves with what a citizen writes, but with what was opened again; staff read why there is a new day."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import caches
from django.urls import reverse

from terang.evidence.complaints.models import Complaint
from terang.evidence.complaints.services import citizen, working
from terang.reporting.boards.public.open_data import TABLES
from terang.web.numbers import longdate


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
