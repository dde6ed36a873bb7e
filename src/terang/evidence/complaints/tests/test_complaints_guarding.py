"""The road back from wrong routing: wherever a report lies, it goes to the oversight team and leaves nothing behind."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from terang.audit.models import JournalEntry
from terang.evidence.complaints import duties, evidence, wording
from terang.evidence.complaints.access import complaints_visible, may_guard
from terang.evidence.complaints.models import ClosedBy, Complaint, ComplaintState, Escalation, MessageKind
from terang.evidence.complaints.selectors import waiting_on
from terang.evidence.complaints.services import citizen, guarding, verifying, working
from terang.evidence.complaints.services import time as times
from terang.web.errors import NotAllowed, NotNow

S = ComplaintState
WHY = "Pelapor menyebut pungutan di loket."
TEAM = {"ines", "agus"}


def fresh(found):
    return Complaint.objects.get(pk=found.pk)


def guard(house, found, who="kokom", about=None):
    found = fresh(found)
    return guarding.guard_complaint(
        actor=house.viewer(who), complaint=found, version=found.version, about=about, reason=WHY
    )


def see(house, found):
    return {who for who in house.people if complaints_visible(house.viewer(who)).filter(pk=found.pk).exists()}


def late(house, **fields):
    """In hand, reminded of and passed up to everybody there is."""
    found = house.in_hand(**fields)
    for day in (found.first_answer_due_on, found.finish_due_on):
        house.go_to(day)
        times.settle(agency=house.office.agency)
        house.go_to(day + timedelta(days=1))
        times.settle(agency=house.office.agency)
    return fresh(found)


@pytest.mark.parametrize("who", ["kokom", "ines"])
@pytest.mark.parametrize("way", ["verifying", "routed", "in_hand", "answered", "reopened", "late"])
def test_from_wherever_it_lies_only_the_oversight_team_finds_it(house, way, who):
    found = late(house) if way == "late" else getattr(house, way)()
    assert {"kokom", "ines"} <= see(house, found)
    found = guard(house, found, who, house.units["service"])
    assert see(house, found) == TEAM
    assert (found.state, found.unit, found.handler) == (S.RECEIVED, None, None)
    assert found.about_unit == house.units["service"]
    assert not any(getattr(found, name) for name in guarding.BEGINS_ANEW)
    assert (found.reopened_count, found.is_published) == (0, False)
    assert found.due_on == found.verify_due_on > found.received_on
    for name in set(house.people) - TEAM:
        viewer = house.viewer(name)
        assert found not in waiting_on(viewer)
        assert not [duty for duty in duties.waiting_for(viewer) if found.tracking_code in duty.title], name


def test_the_unit_it_lay_in_is_the_one_it_is_about(house):
    assert guard(house, house.in_hand()).about_unit == house.units["service"]
    named = house.in_hand(about_unit=house.units["other"])
    assert guard(house, named).about_unit == house.units["other"]
    assert see(house, named) == TEAM


def test_the_oversight_team_goes_the_whole_way_from_there(house):
    found = guard(house, house.reopened())
    ines, agus = house.viewer("ines"), house.viewer("agus")
    found = verifying.start_verification(actor=ines, complaint=found, version=found.version)
    finding = verifying.Finding(found.complaint_class, None, None)
    found = verifying.route_complaint(actor=ines, complaint=found, version=found.version, finding=finding)
    found = working.take_complaint(actor=agus, complaint=found, version=found.version)
    found = working.answer_complaint(
        actor=agus, complaint=found, version=found.version, text="Kami periksa orangnya.", form_key=uuid4()
    )
    found = citizen.confirm_done(complaint=found)
    assert (found.state, found.closed_by, found.reopened_count) == (S.CLOSED, ClosedBy.CITIZEN, 0)


def test_who_is_concerned_or_has_no_part_cannot(house):
    found = house.in_hand()
    for who in ("head", "budi", "cici", "mayor", "dodi", "lala", "lina", "maya"):
        assert not may_guard(house.viewer(who), found)
        with pytest.raises(NotAllowed):
            guard(house, found, who)
    own = house.verifying()
    finding = verifying.Finding(own.complaint_class, own.category, house.units["secretariat"])
    own = verifying.route_complaint(actor=house.viewer("kokom"), complaint=own, version=own.version, finding=finding)
    with pytest.raises(NotAllowed):
        guard(house, own, "kokom")
    assert guard(house, own, "ines").is_misconduct


def test_it_needs_a_reason_and_is_done_once(house):
    found = house.in_hand()
    with pytest.raises(NotNow, match="tim pengawas"):
        guarding.guard_complaint(
            actor=house.viewer("kokom"), complaint=found, version=found.version, about=None, reason=" "
        )
    guard(house, found)
    with pytest.raises(NotAllowed):
        guard(house, found, "ines")


def test_joined_reports_go_along_and_stand_alone(house):
    main, kokom = house.in_hand(title="Utama"), house.viewer("kokom")
    open_one, done = house.verifying(), house.verifying()
    for each in (open_one, done):
        verifying.merge_duplicate(actor=kokom, complaint=each, version=each.version, main=fresh(main))
    house.answer(fresh(main))
    citizen.confirm_done(complaint=fresh(done))
    guard(house, main)
    open_one, done = fresh(open_one), fresh(done)
    assert (open_one.state, open_one.duplicate_of, open_one.is_misconduct) == (S.RECEIVED, None, True)
    assert (done.state, done.closed_by, done.is_misconduct) == (S.CLOSED, ClosedBy.CITIZEN, True)
    for each in (main, open_one, done):
        assert see(house, each) == TEAM
    assert open_one in waiting_on(house.viewer("ines"))


def test_a_joined_report_that_goes_alone_leaves_the_main_one(house):
    main = house.in_hand(title="Utama")
    twin = house.verifying()
    verifying.merge_duplicate(actor=house.viewer("kokom"), complaint=twin, version=twin.version, main=main)
    twin = guard(house, twin)
    assert (twin.duplicate_of, twin.is_misconduct) == (None, True)
    assert (fresh(main).state, fresh(main).is_misconduct) == (S.IN_HAND, False)


def test_it_is_no_evidence_for_the_people_it_is_about(house):
    found = house.reopened()
    budi, start, end = house.people["budi"].pk, found.received_on - timedelta(days=30), found.finish_due_on
    asked = ([budi], start, end + timedelta(days=60))
    assert evidence.facts(*asked, as_of=end)["complaints"]
    guard(house, found)
    assert not evidence.facts(*asked, as_of=end)["complaints"]
    assert not evidence.records("complaint_response", budi, start, end + timedelta(days=60), as_of=end)


def test_the_journal_tells_it_guarded_and_the_reason_is_a_note_for_the_team(house):
    found = guard(house, house.in_hand())
    entry = JournalEntry.objects.filter(object_id=found.pk).order_by("id").last()
    assert (entry.verb, entry.unit_id, entry.changes["act"]) == ("complaints.guarded_changed", None, "guarded")
    assert WHY not in str((entry.changes, entry.reason))
    assert found.messages.get(kind=MessageKind.NOTE).text == WHY
    assert WHY not in str(wording.timeline(found, for_staff=False))


def test_what_the_unit_said_stays_said_by_the_unit(house):
    found = guard(house, house.answered())
    told = {line.text: line.who for line in wording.timeline(found, for_staff=False)}
    assert told["Tiga loket dibuka."] == "Bagian Layanan"


def test_steps_once_passed_up_show_nothing_any_more(house):
    found = late(house)
    mayor = house.viewer("mayor")
    assert [duty for duty in duties.waiting_for(mayor) if found.tracking_code in duty.title]
    guard(house, found)
    assert Escalation.objects.filter(complaint=found, told=house.people["mayor"]).exists()
    assert not [duty for duty in duties.waiting_for(mayor) if found.tracking_code in duty.title]


def test_the_page_offers_it_and_afterwards_it_is_gone(house, client):
    found = house.in_hand()
    client.force_login(house.people["kokom"].user)
    page = client.get(found.get_absolute_url()).content.decode()
    assert "Serahkan kepada tim pengawas" in page
    address = reverse("complaints:act", args=[found.tracking_code, "serahkan"])
    told = {"version": found.version, "about_unit": house.units["service"].pk}
    assert client.post(address, told).status_code == 422
    answer = client.post(address, told | {"text": WHY})
    assert answer["Location"] == reverse("complaints:desk")
    assert client.get(found.get_absolute_url()).status_code == 404
    client.force_login(house.people["head"].user)
    assert client.get(found.get_absolute_url()).status_code == 404
    assert client.post(address, told | {"text": WHY}).status_code == 404
