"""What feeding Terang takes: counted from the journal, told of groups, and one's own to oneself alone."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.cast import TODAY, ZONE

from terang.audit.sealing import seal_all
from terang.audit.services import record
from terang.follow_up.burden import services
from terang.follow_up.burden.models import CountedWeek, FormWeek, GroupWeek
from terang.follow_up.burden.selectors import burden_of, own_cost, weeks_of
from terang.registry.people.models import Employee

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 9)


@pytest.fixture
def entered(cast, monkeypatch):
    """`entered("andi", day, verb, times)`: entries in the journal, sealed as they come."""

    def write(name, day, verb="work.entry_submitted", times=1):
        at = datetime(day.year, day.month, day.day, 9, tzinfo=ZONE)
        monkeypatch.setattr(timezone, "now", lambda: at)
        with transaction.atomic():
            for _ in range(times):
                actor = cast.people[name].user if name else None
                record(verb, actor=actor, agency_id=cast.agency.pk)
        seal_all()

    return write


def test_a_week_counts_its_own_entries_and_no_others(cast, entered):
    entered("andi", MONDAY - timedelta(days=1), times=50)
    entered("andi", MONDAY, times=30)
    entered("andi", MONDAY, "accounts.signed_in", 9)
    entered("rina", MONDAY + timedelta(days=6), "work.entry_accepted", 8)
    entered("", MONDAY, "pulse.answered", 2)
    entered("rina", MONDAY + timedelta(days=7), times=50)
    week = services.count_week(agency=cast.agency, monday=MONDAY)
    told = {row.kind: (row.entries, row.minutes) for row in FormWeek.objects.filter(week=week)}
    assert told == {"kegiatan": (30, 30), "periksa_kegiatan": (8, 2), "denyut": (2, 2)}
    [everybody] = GroupWeek.objects.filter(week=week)
    assert (everybody.group, everybody.people) == ("", 12), "smaller groups are not told, elected heads not counted"
    assert (everybody.median, everybody.ninetieth) == (0, 2), "who entered nothing counts with zero"
    assert services.count_week(agency=cast.agency, monday=MONDAY) == week
    assert FormWeek.objects.count() == 3


def test_the_worker_counts_weeks_once_they_are_over(cast, monkeypatch):
    at = datetime(2026, 11, 23, 1, tzinfo=ZONE)
    monkeypatch.setattr(timezone, "now", lambda: at)
    services.every_hour()
    known = list(CountedWeek.objects.values_list("monday", flat=True))
    assert known[-1] == MONDAY, "the week that ended yesterday settles first"
    monkeypatch.setattr(timezone, "now", lambda: at + timedelta(days=1))
    services.every_hour()
    assert CountedWeek.objects.latest("monday").monday == MONDAY + timedelta(days=7)
    with CaptureQueriesContext(connection) as asked:
        services.every_hour()
    assert len(asked) == 2, "the governments, and what is counted of the one"


def test_no_row_names_anybody():
    for model in (CountedWeek, GroupWeek, FormWeek):
        assert Employee not in {field.related_model for field in model._meta.get_fields()}


def test_the_costliest_first_with_where_the_number_is_from(cast, entered, sign_in):
    entered("andi", MONDAY, times=3)
    entered("maya", MONDAY, "reports.report_rated")
    services.count_week(agency=cast.agency, monday=MONDAY)
    found = burden_of(weeks_of(cast.agency.pk))
    assert [(each.kind.code, each.minutes) for each in found.forms] == [("laporan", 25), ("kegiatan", 3)]
    page = sign_in("andi").get(reverse("burden:forms")).content.decode()
    assert "anggapan" in page
    assert "diukur pada uji peramban" in page
    assert "Yang dapat ditiadakan" in page
    assert cast.maya.name not in page


def test_ones_own_is_seen_by_oneself_alone(cast, entered, sign_in):
    entered("andi", MONDAY, times=3)
    services.count_week(agency=cast.agency, monday=MONDAY)
    weeks = weeks_of(cast.agency.pk)
    assert [(each.kind.code, each.entries) for each in own_cost(cast.viewer("andi"), weeks)] == [("kegiatan", 3)]
    assert own_cost(cast.viewer("hendra"), weeks) == []
    assert own_cost(cast.viewer("andi"), []) == []
    assert "Tidak ada isian yang tercatat" in sign_in("hendra").get(reverse("burden:forms")).content.decode()


def test_nothing_yet_is_said(cast, sign_in):
    assert burden_of([]) is None
    assert "Belum ada minggu yang dihitung" in sign_in("andi").get(reverse("burden:forms")).content.decode()


def test_asks_the_same_with_many_weeks(cast, entered, sign_in):
    entered("andi", MONDAY)
    client, counted = sign_in("andi"), []
    for back in range(3):
        services.count_week(agency=cast.agency, monday=MONDAY - timedelta(days=7 * back))
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("burden:forms"))
        counted.append(len(asked))
    assert len(set(counted)) == 1
    assert TODAY > MONDAY
