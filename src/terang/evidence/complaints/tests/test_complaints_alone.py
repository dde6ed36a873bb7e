"""What time settles: no report, no chore and no government that fails stops another; a lost database stops all."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, OperationalError

from terang.evidence.complaints.models import AnswerDue, Complaint, ComplaintState
from terang.evidence.complaints.services import time as times
from terang.registry.organization.models import Agency

DAY = date(2026, 11, 2)


@pytest.fixture(autouse=True)
def early(house):
    house.go_to(DAY)


@pytest.fixture
def first(house):
    """A government that is looked at before the others."""
    Agency.objects.filter(pk=house.office.agency.pk).update(name="Kota Ujung")
    return Agency.objects.create(code="awal", name="Awal", kind=house.office.agency.kind, time_zone="Asia/Jakarta")


def failing(error, when=lambda *asked: True, real=lambda *asked, **more: None):
    def fails(*asked, **more):
        if when(*asked):
            raise error
        return real(*asked, **more)

    return fails


def test_one_report_that_fails_keeps_no_other_from_closing_nor_the_ladder(house, monkeypatch):
    broken, silent, late = house.answered(), house.answered(), house.in_hand()
    closes = failing(IntegrityError(), lambda complaint, verb: complaint.pk == broken.pk, times.move)
    monkeypatch.setattr(times, "move", closes)
    house.go_to(max(silent.response_due_on, late.finish_due_on) + timedelta(days=1))
    times.sweep()
    states = [Complaint.objects.get(pk=each.pk).state for each in (broken, silent)]
    assert states == [ComplaintState.ANSWERED, ComplaintState.CLOSED]
    assert AnswerDue.objects.filter(complaint=late, answered_on=None).exists()
    assert late.escalations.exists()


@pytest.mark.parametrize("chore", ["close_silent", "lapse_incomplete", "charge_late", "escalate", "forget_old"])
def test_one_chore_that_fails_stops_no_other(house, monkeypatch, chore, caplog):
    chores, done = ("close_silent", "lapse_incomplete", "charge_late", "escalate", "forget_old"), []
    for name in chores:
        monkeypatch.setattr(times, name, lambda *about, name=name: done.append(name))
    monkeypatch.setattr(times, chore, failing(IntegrityError()))
    times.sweep()
    assert done == [name for name in chores if name != chore]
    assert [line for line in caplog.records if line.exc_info]


@pytest.mark.parametrize("error", [IntegrityError(), RuntimeError()])
def test_one_government_that_fails_stops_no_other(house, first, monkeypatch, error):
    late = house.in_hand()
    house.go_to(late.finish_due_on + timedelta(days=1))
    monkeypatch.setattr(
        times, "terms_in_force", failing(error, lambda agency, day: agency == first, times.terms_in_force)
    )
    times.sweep()
    assert late.escalations.exists()


def test_a_lost_database_stops_all(house, monkeypatch):
    monkeypatch.setattr(times, "close_silent", failing(OperationalError()))
    with pytest.raises(OperationalError):
        times.sweep()
