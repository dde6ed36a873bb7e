"""A unit whose answers come back again and again; nothing of secret reports or misconduct is ever counted."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.apps import apps
from django.utils import timezone
from django.utils.module_loading import import_string

from terang.audit.models import JournalEntry
from terang.evidence.complaints.models import Complaint, ComplaintClass
from terang.evidence.complaints.services import guarding
from terang.evidence.complaints.signals import SOURCES
from terang.evidence.oddities import Span

(SOURCE,) = SOURCES
TODAY = date(2026, 11, 24)
LATER = date(2026, 11, 3)


def find(office, *known):
    span = Span(office.agency, TODAY - timedelta(days=SOURCE.days), TODAY, frozenset(known))
    return list(SOURCE.find(span, SOURCE.usual()))


@pytest.fixture
def came_back(office, db):
    def came_back(number, *, times=1, day=date(2026, 11, 2), **fields):
        at = office.moment(date(2026, 10, 1))
        due = {name: date(2026, 10, 20) for name in ("verify_due_on", "finish_due_on", "ombudsman_on", "complete_on")}
        keys = {"secret_hash": f"{number:064d}", "code_hash": "", "form_key": uuid4(), "title": "Uji", "body": "Uji"}
        return Complaint.objects.create(
            agency=office.agency,
            unit=office.unit,
            tracking_code=f"UJI-0000-{number:04d}",
            received_at=at,
            received_on=date(2026, 10, 1),
            updated_at=at,
            reopened_count=times,
            reopened_on=day,
            **(due | keys | fields),
        )

    return came_back


def test_a_unit_to_which_reports_come_back(office, came_back):
    one, two = came_back(1), came_back(2, times=2)
    (odd,) = find(office)
    assert (odd.employee_id, odd.unit_id) == (None, office.unit.pk)
    assert "Warga 3 kali membuka kembali 2 pengaduan" in odd.sentence
    assert {trace.ref for trace in odd.traces} == {
        f"complaints.complaint:{one.pk}:1",
        f"complaints.complaint:{two.pk}:1",
        f"complaints.complaint:{two.pk}:2",
    }
    assert find(office, f"complaints.complaint:{one.pk}:1") == []


def test_only_reopenings_since_the_latest_one_asked_about_count(office, came_back):
    row = came_back(1, times=4)
    assert find(office, f"complaints.complaint:{row.pk}:3") == [], "three were dismissed; the fourth alone is too few"
    row.reopened_count = 6
    row.save()
    (odd,) = find(office, f"complaints.complaint:{row.pk}:3")
    assert "Warga 3 kali membuka kembali 1 pengaduan" in odd.sentence
    assert [trace.ref for trace in odd.traces] == [f"complaints.complaint:{row.pk}:{number}" for number in (4, 5, 6)]


def test_secret_ones_misconduct_and_old_ones_are_not_counted(office, came_back):
    came_back(1, times=9, is_secret=True)
    came_back(2, times=9, complaint_class=ComplaintClass.MISCONDUCT)
    came_back(3, times=9, day=date(2026, 1, 5))
    came_back(4, times=2)
    assert find(office) == []


def look_over(house):
    """As the oversight team's room does, whose name no test of this room may import."""
    terms = import_string("terang.evidence.signals.sources.Terms")(limits={f"{SOURCE.kind}.kali": 2})
    look = import_string("terang.evidence.signals.services.look_over")
    look(agency=house.office.agency, source=SOURCE, terms=terms, today=LATER)
    return apps.get_model("signals", "Signal").objects.get()


def guard(house, found):
    guarding.guard_complaint(
        actor=house.viewer("kokom"), complaint=found, version=found.version, about=None, reason="Pungutan."
    )


def seen(client, house, signal):
    client.force_login(house.people["head"].user)
    page = client.get(signal.get_absolute_url())
    assert page.status_code == 200
    return page.content.decode()


@pytest.fixture
def asked(house):
    """A question about two reports that came back, put to the head of their unit; and the reports."""
    house.go_to(date(2026, 11, 2))
    reports = [house.reopened(), house.reopened()]
    house.go_to(LATER)
    signal = look_over(house)
    fields = {"state": "ditanyakan", "asked_at": timezone.now(), "due_on": LATER, "question": "Apa yang terjadi?"}
    type(signal).objects.filter(pk=signal.pk).update(**fields)
    return signal, reports


def test_a_guarded_report_stands_behind_no_question_any_more(house, client, asked):
    signal, (kept, guarded) = asked
    page = seen(client, house, signal)
    assert kept.tracking_code in page
    assert guarded.tracking_code in page
    guard(house, guarded)
    page = seen(client, house, signal)
    assert kept.tracking_code in page
    assert guarded.tracking_code not in page
    assert "Warga 1 kali membuka kembali 1 pengaduan" in page
    entry = JournalEntry.objects.get(verb="signals.recounted")
    assert (entry.subject_employee_id, entry.unit_id, entry.actor_id) == (None, None, None)


def test_a_question_with_nothing_left_is_closed(house, client, asked):
    signal, reports = asked
    for each in reports:
        guard(house, each)
    signal.refresh_from_db()
    assert (signal.state, signal.decided_by, signal.traces.count()) == ("ditutup", None, 0)
    page = seen(client, house, signal)
    assert not [each for each in reports if each.tracking_code in page]
    assert "tidak berlaku lagi" in page
    assert "kali membuka kembali" not in page


def test_what_is_known_keeps_nothing_fresh_out(office, came_back, monkeypatch):
    monkeypatch.setattr("terang.evidence.complaints.signals.MOST_ROWS", 1)
    fresh, known = came_back(1, times=3), came_back(2, times=3)
    (odd,) = find(office, *(f"complaints.complaint:{known.pk}:{number}" for number in (1, 2, 3)))
    assert {trace.ref for trace in odd.traces} == {f"complaints.complaint:{fresh.pk}:{number}" for number in (1, 2, 3)}
