"""What the ladder tells somebody gives no more than it must: after reminders and steps of thirty days each of the
unit's people is asked again what they may see of a secret report."""

from datetime import date, timedelta

import pytest

from terang.evidence.complaints.access import complaints_visible, may_read_identity, may_verify
from terang.evidence.complaints.models import Escalation, EscalationStep
from terang.evidence.complaints.publication import public_words
from terang.evidence.complaints.services import citizen, verifying, working
from terang.evidence.complaints.services import time as times
from terang.registry.people.models import Role
from terang.web.errors import NotAllowed

TODAY = date(2026, 11, 24)
EVERYBODY = ("kokom", "sandi", "head", "budi", "cici", "dodi", "lala", "ines", "agus", "bupati")


def days_pass(house, number):
    for after in range(number):
        house.go_to(TODAY + timedelta(days=after))
        times.settle(agency=house.office.agency)


def see(house, found):
    return {who for who in house.people if complaints_visible(house.viewer(who)).filter(pk=found.pk).exists()}


def test_a_secret_report_about_the_coordinators_own_unit_goes_to_the_oversight_team(house):
    house.go_to(TODAY)
    found = house.report(is_secret=True, about_unit=house.units["secretariat"])
    assert see(house, found) == {"ines", "agus"}
    days_pass(house, 30)
    found.refresh_from_db()
    assert not {"kokom", "sandi"} & see(house, found)
    for who in ("kokom", "sandi"):
        assert not may_verify(house.viewer(who), found)
        assert not may_read_identity(house.viewer(who), found)
        with pytest.raises(NotAllowed):
            verifying.start_verification(actor=house.viewer(who), complaint=found, version=found.version)
    verifying.start_verification(actor=house.viewer("ines"), complaint=found, version=found.version)


def test_a_reminder_gives_no_right(house):
    house.go_to(TODAY)
    found = house.routed(is_secret=True)
    days_pass(house, 30)
    found.refresh_from_db()
    told = Escalation.objects.filter(complaint=found, told=house.people["head"])
    assert told.filter(step=EscalationStep.REMINDER).exists()
    assert not may_verify(house.viewer("head"), found)
    with pytest.raises(NotAllowed):
        verifying.refer_complaint(
            actor=house.viewer("head"), complaint=found, version=found.version, institution="PLN", reason="Bukan kami"
        )


def test_who_had_a_secret_report_in_hand_loses_it_with_the_unit(house):
    house.go_to(TODAY)
    found = house.in_hand(is_secret=True)
    days_pass(house, 12)
    found.refresh_from_db()
    assert "budi" in see(house, found)
    found = working.reroute_complaint(
        actor=house.viewer("budi"), complaint=found, version=found.version, unit=house.units["other"], reason="Salah"
    )
    assert not {"budi", "cici", "head"} & see(house, found)
    assert not may_read_identity(house.viewer("budi"), found)


def test_forgetting_takes_the_name_out_of_what_was_written(house):
    found = house.routed(body="Hanya satu loket. Hormat saya, Wati Warga, 0812 5500 1234.")
    citizen.forget_reporter(found)
    found = type(found).objects.get(pk=found.pk)
    assert "Wati" not in found.body
    assert "0812" not in found.body
    assert "Wati" not in public_words(found, found.body)


def test_without_any_coordinator_the_oversight_team_sees_secret_reports(house):
    house.people["kokom"].role_grants.filter(role=Role.COMPLAINT_COORDINATOR).delete()
    assert {"ines", "agus"} <= see(house, house.report(is_secret=True))


def test_what_is_referred_takes_the_joined_ones_along(house):
    house.go_to(TODAY)
    main, joined = house.routed(title="Utama"), house.verifying()
    kokom = house.viewer("kokom")
    verifying.merge_duplicate(actor=kokom, complaint=joined, version=joined.version, main=main)
    main.refresh_from_db()
    told = {"institution": "PLN", "reason": "Jaringan listrik milik PLN"}
    verifying.refer_complaint(actor=kokom, complaint=main, version=main.version, **told)
    joined.refresh_from_db()
    assert (joined.state, joined.referred_to) == (main.__class__.objects.get(pk=main.pk).state, "PLN")
    assert joined.messages.filter(text__contains="PLN").exists()
