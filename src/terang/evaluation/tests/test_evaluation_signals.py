"""A total far from the unit's others is a question, once for a period, and leaves every score as it was."""

from datetime import date

import pytest
from django.utils import timezone

from terang.evaluation.models import Period, PolicyVersion, Score
from terang.evaluation.signals import SOURCES
from terang.evidence.oddities import Span
from terang.evidence.signals import services
from terang.evidence.signals.models import Signal
from terang.evidence.signals.sources import Terms

(SOURCE,) = SOURCES
TODAY = date(2026, 11, 24)


@pytest.fixture
def cast(db):
    from tests.cast import make_cast

    return make_cast()


@pytest.fixture
def score(cast):
    policy = PolicyVersion.objects.create(
        agency=cast.agency, version=1, title="Uji", valid_from=date(2026, 1, 1), text="", digest=""
    )
    period = Period.objects.create(
        agency=cast.agency, kind="bulan", name="November 2026", starts_on=date(2026, 11, 1), ends_on=date(2026, 12, 1)
    )

    def score(name, total_bp, unit="register"):
        return Score.objects.create(
            employee=cast.people[name],
            period=period,
            unit=cast.units[unit],
            policy=policy,
            total_bp=total_bp,
            coverage_bp=10_000,
            computed_at=timezone.now(),
        )

    return score


def find(cast, *known, **limits):
    return list(SOURCE.find(Span(cast.agency, date(2026, 10, 10), TODAY, frozenset(known)), SOURCE.usual() | limits))


def fill(score, low=6100):
    totals = {"hendra": 8100, "andi": low, "rina": 8200, "joko": 8300, "sri": 8400, "maya": None}
    return {name: score(name, total) for name, total in totals.items()}


def test_far_from_the_others_of_the_unit(cast, score):
    fill(score)
    score("siti", 9900, "puskesmas")
    (odd,) = find(cast)
    assert (odd.employee_id, odd.first, odd.last) == (cast.andi.pk, date(2026, 11, 1), date(2026, 11, 23))
    assert str(odd.sentence) == (
        "Nilainya 61,00, sedangkan nilai tengah 4 orang lain di unit itu 82,50. Apa yang berbeda?"
    )
    assert find(cast, odd.traces[0].ref) == []


def test_a_period_that_has_hardly_begun_is_left_alone(cast, score):
    fill(score)
    assert find(cast, hari=24) == []


def test_a_total_that_is_missing_or_near_is_no_question(cast, score):
    fill(score, low=7900)
    assert find(cast) == []


def test_asking_moves_no_score_and_a_moved_score_is_the_same_question(cast, score):
    rows = fill(score)
    before = list(Score.objects.order_by("pk").values())
    assert services.look_over(agency=cast.agency, source=SOURCE, terms=Terms(), today=TODAY) == 1
    services.dismiss_signal(actor=cast.viewer("agus"), signal=Signal.objects.get(), reason="Sakit lama", version=0)
    assert list(Score.objects.order_by("pk").values()) == before
    Score.objects.filter(pk=rows["andi"].pk).update(total_bp=5000)
    assert services.look_over(agency=cast.agency, source=SOURCE, terms=Terms(), today=TODAY) == 0


def test_it_costs_two_queries_however_many_people(cast, score, django_assert_num_queries):
    fill(score)
    with django_assert_num_queries(2):
        find(cast)
