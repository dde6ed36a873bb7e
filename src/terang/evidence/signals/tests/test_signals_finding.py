"""The worker finds: once a day, each source by itself, the same evidence never twice, and no score moves."""

from datetime import date, timedelta

import pytest
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from terang.audit.models import JournalEntry
from terang.evidence.oddities import Span
from terang.evidence.signals import services
from terang.evidence.signals.models import Signal, SignalState, SignalTerms, SignalTrace, Sweep
from terang.evidence.signals.services import finding
from terang.evidence.signals.sources import Terms, sources
from terang.evidence.signals.tests.signals_cast import DAY, odd

DAYS = [timedelta(days=number) for number in range(3)]


@pytest.fixture
def sweep(monkeypatch, office):
    """Looks over these sources on a day."""

    def sweep(*named, later=DAYS[0]):
        now = office.moment(date(2026, 11, 24)) + later
        monkeypatch.setattr(timezone, "now", lambda: now)
        monkeypatch.setattr(finding, "sources", lambda: named)
        services.sweep()

    return sweep


def test_what_is_found_becomes_one_question_with_its_records(sweep, source, office, budi):
    sweep(source(odd(budi, "a:1", "a:2")))
    row = Signal.objects.get()
    assert (row.employee, row.unit, row.state, row.asked_at) == (budi, office.unit, SignalState.NEW, None)
    assert list(row.traces.order_by("ref").values_list("ref", flat=True)) == ["a:1", "a:2"]
    entry = JournalEntry.objects.get(verb="signals.found")
    assert (entry.subject_employee_id, entry.unit_id) == (None, None), "until asked, only the team knows"


def test_a_source_is_looked_at_once_a_day(sweep, source, budi):
    one = source(odd(budi, "a:1"))
    sweep(one)
    sweep(one)
    assert len(one.spans) == 1
    sweep(one, later=DAYS[1])
    assert len(one.spans) == 2
    assert one.spans[1][0].known == {"a:1"}


def test_what_was_dismissed_never_comes_back_for_the_same_evidence(sweep, source, office, agus, budi):
    sweep(source(odd(budi, "a:1")))
    services.dismiss_signal(actor=office.viewer(agus), signal=Signal.objects.get(), reason="Sudah jelas", version=0)
    careless = source(odd(budi, "a:1"), odd(budi, "a:1", "a:2"))
    careless.__dict__["find"] = lambda _span, _limits: [odd(budi, "a:1"), odd(budi, "a:1", "a:2")]
    for later in DAYS[1:]:
        sweep(careless, later=later)
    assert Signal.objects.count() == 1, "not even where a source forgets to look"
    sweep(source(odd(budi, "a:3")), later=timedelta(days=5))
    assert Signal.objects.count() == 2, "new evidence is a new question"


def test_the_same_evidence_may_be_asked_about_for_another_kind(sweep, source, budi):
    sweep(source(odd(budi, "a:1"), kind="satu"), source(odd(budi, "a:1"), kind="dua"))
    assert Signal.objects.count() == 2


def test_a_source_that_fails_keeps_no_other_and_is_tried_again(sweep, source, budi):
    broken, whole = source(kind="rusak"), source(odd(budi, "a:1"), kind="utuh")
    broken.__dict__["find"] = lambda _span, _limits: 1 / 0
    sweep(broken, whole)
    assert [row.kind for row in Signal.objects.all()] == ["utuh"]
    assert [row.kind for row in Sweep.objects.all()] == ["utuh"]
    broken.__dict__["find"] = lambda _span, _limits: [odd(budi, "a:9")]
    sweep(broken, whole)
    assert Signal.objects.count() == 2


def refused(_span, _limits):
    """As a source whose query the database refuses."""
    SignalTrace.objects.create(signal_id=Signal.objects.values_list("pk", flat=True).get(), agency_id=None)


def test_a_query_the_database_refuses_keeps_no_other_source_from_being_asked(sweep, source, office, budi):
    broken, whole = source(kind="rusak"), source(odd(budi, "a:2"), kind="utuh")
    sweep(source(odd(budi, "a:1"), kind="lama"))
    broken.__dict__["find"] = refused
    sweep(broken, whole)
    assert set(Sweep.objects.values_list("kind", flat=True)) == {"lama", "utuh"}


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_a_connection_that_is_gone_ends_the_round(sweep, source, error):
    broken = source(kind="rusak")

    def gone(_span, _limits):
        raise error

    broken.__dict__["find"] = gone
    with pytest.raises(error):
        sweep(broken)


def test_who_has_left_is_nobody_to_ask(sweep, source, office, budi):
    budi.left_on = date(2026, 11, 1)
    budi.save()
    sweep(source(odd(budi, "a:1"), odd(None, "a:2", unit=office.unit.pk)))
    assert [row.employee for row in Signal.objects.all()] == [None]


def test_one_night_finds_no_more_than_a_team_can_look_at(sweep, source, budi, monkeypatch):
    monkeypatch.setattr(finding, "MOST_FOUND", 2)
    many = source(*(odd(budi, f"a:{number}") for number in range(5)))
    for later, known in zip(DAYS, (2, 4, 5), strict=True):
        sweep(many, later=later)
        assert Signal.objects.count() == known


def test_who_left_and_what_is_known_take_nobody_s_place(sweep, source, office, budi, monkeypatch, caplog):
    monkeypatch.setattr(finding, "MOST_FOUND", 2)
    monkeypatch.setattr(finding, "AT_ONCE", 2, raising=False)
    gone = office.employee("Pergi")
    gone.left_on = date(2026, 11, 1)
    gone.save()
    many = source(*(odd(gone, f"a:{n}") for n in range(3)), odd(budi, "b:1"), odd(budi, "b:1"), odd(budi, "b:2"))
    found = many.find(Span(office.agency, DAY, DAY), {})
    many.__dict__["find"] = lambda _span, _limits: found
    caplog.set_level("INFO")
    sweep(many)
    assert set(SignalTrace.objects.values_list("ref", flat=True)) == {"b:1", "b:2"}
    assert "tidak ada yang dapat ditanya" in caplog.text


def test_a_source_is_told_what_was_asked_about_within_its_days(sweep, source, office, budi):
    one = source(odd(budi, "a:1"))
    sweep(one)
    for later, known in ((timedelta(days=30), {"a:1"}), (timedelta(days=31), set())):
        sweep(one, later=later)
        assert one.spans[-1][0].known == known
    assert Signal.objects.count() == 1, "and never asks twice, however long ago"


def test_a_government_dates_its_thresholds_and_silences_a_kind(sweep, source, office, budi):
    one, silent = source(odd(budi, "a:1"), kind="satu"), source(odd(budi, "a:2"), kind="dua")
    SignalTerms.objects.create(
        agency=office.agency,
        valid_from=date(2026, 11, 25),
        answer_days=3,
        limits={"satu.banyak": 7, "gone.limit": 1},
        silent=["dua"],
    )
    sweep(one)
    sweep(one, silent, later=DAYS[1])
    assert [limits for _span, limits in one.spans] == [{"banyak": 3}, {"banyak": 7}]
    assert silent.spans == []


def test_no_score_moves_and_nothing_but_questions_is_written(sweep, source, office, agus, budi):
    from terang.evaluation.followers import EVIDENCE
    from terang.evaluation.models import Score

    sweep(source(odd(budi, "a:1")))
    row = services.ask_signal(
        actor=office.viewer(agus), signal=Signal.objects.get(), question="Apa?", days=2, version=0
    )
    row = services.explain_signal(actor=office.viewer(budi), signal=row, answer="Begini", version=1)
    services.refer_signal(actor=office.viewer(agus), signal=row, path="kunjungan", reason="Lihat", version=2)
    assert not Score.objects.exists()
    rooms = {entry.verb.partition(".")[0] for entry in JournalEntry.objects.all()}
    assert rooms == {"signals"}
    assert not rooms & EVIDENCE, "nobody is computed anew because of a question"


def test_looking_costs_the_same_for_one_and_many(source, office, budi, django_assert_max_num_queries, today):
    found = [odd(budi, f"a:{number}") for number in range(20)]
    services.look_over(agency=office.agency, source=source(*found), terms=Terms(), today=today)
    with django_assert_max_num_queries(7):
        services.look_over(agency=office.agency, source=source(*found), terms=Terms(), today=today)
    assert SignalTrace.objects.count() == 20


def test_every_source_of_every_room_looks_at_an_empty_government_in_silence(office, today):
    kinds = [each.kind for each in sources()]
    assert len(kinds) == len(set(kinds)) >= 9
    for each in sources():
        assert services.look_over(agency=office.agency, source=each, terms=Terms(), today=today) == 0
        assert all(limit.least <= limit.usual <= limit.most for limit in each.limits)
