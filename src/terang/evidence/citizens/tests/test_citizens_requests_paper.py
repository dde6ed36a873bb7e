"""Paper of an outage, typed in afterwards: believed only where an outage is recorded, and marked for ever."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from terang.audit.models import JournalEntry
from terang.evidence.citizens.models import RequestState, ServiceRequest
from terang.evidence.citizens.services import PaperSlip, complete_request, enter_from_paper
from terang.registry.organization.models import Outage
from terang.web.errors import NotAllowed

DAY = date(2026, 11, 23)


class Dark:
    """The counter had no current on Monday from 8 to 14."""

    def __init__(self, counter):
        self.counter, self.at = counter, counter.office.moment
        self.outage = Outage.objects.create(
            agency=counter.office.agency,
            unit=counter.office.unit,
            started_at=self.at(DAY, 8),
            ended_at=self.at(DAY, 14),
            cause="Listrik padam",
        )

    def enter(self, came=9, done=None, number="K-01", who="budi", key=None, **more):
        slip = PaperSlip(number, self.at(DAY, came), self.at(DAY, done) if done else None, **more)
        actor = self.counter.viewer(who)
        return enter_from_paper(actor=actor, service=self.counter.service, slip=slip, form_key=key or uuid4())


@pytest.fixture
def dark(counter):
    return Dark(counter)


def faults(call, *args, **more):
    with pytest.raises(ValidationError) as found:
        call(*args, **more)
    return found.value.message_dict


def test_what_was_handed_out_on_paper_counts_with_the_times_of_the_paper(dark):
    made = dark.enter(9, 10)
    assert (made.state, made.received_at, made.completed_at) == (
        RequestState.DELIVERED,
        dark.at(DAY, 9),
        dark.at(DAY, 10),
    )
    assert (made.actual_minutes, made.paper_number) == (60, "K-01")
    assert made.entered_at > made.completed_at
    (step,) = made.steps.all()
    assert (step.started_at, step.ended_at, step.finished, step.minutes) == (
        made.received_at,
        made.completed_at,
        True,
        60,
    )
    assert JournalEntry.objects.get(verb="citizens.request_completed").changes["day"] == DAY.isoformat()


def test_who_still_waits_goes_on_in_the_system_and_the_citizen_can_follow(dark):
    made = dark.enter(9, name="Ani")
    assert (made.state, made.started_at) == (RequestState.PROCESSING, dark.at(DAY, 9))
    assert made.applicant.name == "Ani"
    done = complete_request(actor=dark.counter.viewer("budi"), request=made, delivered=True).request
    assert done.actual_minutes > 60


@pytest.mark.parametrize(
    ("came", "done", "field"),
    [(7, None, "received_at"), (14, None, "received_at"), (10, 9, "completed_at"), (10, 15, "completed_at")],
)
def test_times_outside_the_outage_or_out_of_order_are_told_beside_their_field(dark, came, done, field):
    assert list(faults(dark.enter, came, done)) == [field]
    assert not ServiceRequest.objects.exists()


def test_without_a_recorded_outage_or_too_late_nothing_is_believed(dark):
    Outage.objects.update(
        ended_at=dark.at(DAY, 14) - timedelta(days=15), started_at=dark.at(DAY, 8) - timedelta(days=15)
    )
    assert "Tidak ada gangguan" in faults(dark.enter)["received_at"][0]
    slip = PaperSlip("K-01", dark.at(DAY, 9) - timedelta(days=15))
    told = faults(
        enter_from_paper,
        actor=dark.counter.viewer("budi"),
        service=dark.counter.service,
        slip=slip,
        form_key=uuid4(),
    )
    assert "14 hari" in told["received_at"][0]


def test_an_outage_of_the_whole_government_counts_and_one_that_goes_on_ends_now(dark):
    Outage.objects.update(unit=None, ended_at=None)
    assert dark.enter(9, 15).actual_minutes


def test_the_same_sheet_is_entered_once_however_it_is_sent(dark):
    key = uuid4()
    assert dark.enter(key=key) == dark.enter(key=key)
    assert list(faults(dark.enter, 10, number="k-01")) == ["number"]
    assert dark.enter(10, number="K-02").pk
    assert ServiceRequest.objects.count() == 2


def test_who_does_not_serve_there_enters_nothing(dark):
    with pytest.raises(NotAllowed):
        dark.enter(who="tono")


def test_the_page_asks_for_one_sheet_after_the_other_and_keeps_what_was_typed(dark, client):
    client.force_login(dark.counter.people["budi"].user)
    address = reverse("citizens:paper")
    assert "Listrik padam" in client.get(address).content.decode()
    body = {
        "service": dark.counter.service.pk,
        "number": "K-07",
        "received_at": "2026-11-23T15:30",
        "completed_at": "",
        "name": "Ani",
        "form_key": str(uuid4()),
    }
    refused = client.post(address, body)
    assert refused.status_code == 422
    assert "K-07" in refused.content.decode()
    done = client.post(address, {**body, "received_at": "2026-11-23T09:15", "completed_at": "2026-11-23T09:40"})
    assert done.status_code == 302
    made = ServiceRequest.objects.get()
    assert made.actual_minutes == 25
    page = client.get(made.get_absolute_url()).content.decode()
    assert "lembar K-07" in page
    Outage.objects.all().delete()
    assert "Tidak ada gangguan yang tercatat" in client.get(address).content.decode()
