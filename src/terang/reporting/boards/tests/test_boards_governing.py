"""What the head of the region answers for besides services: aims with an outlook, complaints with both truths, and
whether people are treated fairly."""

import html
import re
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from terang.evidence.dialogue.attention import silence_in
from terang.evidence.dialogue.models import Feedback, GiverKind
from terang.planning.goals.models import Goal, KeyIndicator, Reading, YearTarget
from terang.planning.goals.outlook import outlook_of
from terang.planning.measuring import Direction
from terang.reporting.boards.governing import governing

TODAY = date(2026, 11, 16)
ENDS = (date(2025, 12, 31), date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30))


def text_of(response):
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode()))).replace("\u00a0", " ")


@pytest.fixture(autouse=True)
def nothing_kept(db):
    cache.clear()


@pytest.fixture
def indicator(cast):
    """A share that was ten below its trajectory in each of the last four quarters."""
    goal = Goal.objects.create(
        agency=cast.agency, unit=cast.units["root"], kind="sasaran", code="S1", text="Warga sehat", year_start=2025,
        year_end=2029,
    )  # fmt: skip
    row = KeyIndicator.objects.create(
        goal=goal, number=1, text="Anak tidak tengkes", outcome=True, unit_label="persen", baseline_milli=60_000
    )
    for year, target in ((2025, 80_000), (2026, 90_000)):
        quarters = {f"quarter{number}_milli": target - 1_000 * (4 - number) for number in range(1, 5)}
        YearTarget.objects.create(indicator=row, year=year, target_milli=target, **quarters)
    for number, (day, expected) in enumerate(
        [
            (date(2025, 12, 31), 80_000),
            (date(2026, 3, 31), 87_000),
            (date(2026, 6, 30), 88_000),
            (date(2026, 9, 30), 89_000),
        ]
    ):
        Reading.objects.create(
            indicator=row, day=day, value_milli=expected - 10_000, source="Dinas", reported_at=timezone.now(),
            form_key=f"00000000-0000-0000-0000-00000000000{number}",
        )  # fmt: skip
    return row


def _outlook(indicator, on=TODAY):
    return outlook_of(indicator, list(indicator.targets.all()), list(indicator.readings.all()), on)


def test_the_distance_from_the_trajectory_goes_on(indicator):
    found = _outlook(indicator)
    assert (found.milli, found.low, found.high, found.reaches, found.quarters) == (80_000, 80_000, 80_000, False, 4)


def test_less_is_better_turns_the_verdict_round(indicator):
    KeyIndicator.objects.update(direction=Direction.LOWER)
    indicator.refresh_from_db()
    assert _outlook(indicator).reaches is True


def test_a_first_year_begins_at_the_baseline_and_falling_is_good_where_the_target_lies_below_it(indicator):
    indicator.readings.filter(day__year=2025).delete()
    assert _outlook(indicator) is None
    KeyIndicator.objects.update(direction=Direction.IMPACT, baseline_year=2025, baseline_milli=99_000)
    indicator.refresh_from_db()
    found = _outlook(indicator)
    assert (found.quarters, found.low < found.milli < found.high) == (4, True)
    assert found.reaches is True


@pytest.mark.parametrize(
    "change", [{"direction": Direction.YES_NO}, {"direction": Direction.RANGE}, {"measure": "work_done"}]
)
def test_what_is_no_figure_on_a_line_has_no_outlook(indicator, change):
    KeyIndicator.objects.update(**change)
    indicator.refresh_from_db()
    assert _outlook(indicator) is None


def test_a_forecast_is_told_no_more_finely_than_its_figures(indicator):
    indicator.readings.filter(day=ENDS[-1]).update(value_milli=79_900)
    found = _outlook(indicator)
    assert [each % 100 for each in (found.low, found.milli, found.high)] == [0, 0, 0]
    assert found.low < found.milli < found.high


def test_a_quarter_that_still_runs_says_nothing_yet(indicator):
    assert _outlook(indicator, date(2026, 9, 30)) is None
    indicator.readings.filter(day=date(2026, 9, 30)).delete()
    assert _outlook(indicator) is None


def test_the_page_tells_aims_silence_and_that_no_objection_is_no_proof(cast, sign_in, indicator):
    page = text_of(sign_in("mayor").get(reverse("boards:city")))
    assert "1 indikator dalam rencana" in page
    assert "Anak tidak tengkes" in page
    assert "Perkiraan akhir 2026: 80 persen (80 sampai 80)." in page
    assert "target di luar perkiraan" in page
    assert "Tidak ada keberatan dalam dua belas bulan." in page
    assert "tidak mendengar apa-apa" in page


def test_silence_counts_leaders_and_people_and_names_nobody(cast):
    before = silence_in(cast.agency.pk, TODAY)
    assert before.silent == before.leaders > 0
    assert before.unheard == before.people
    Feedback.objects.create(
        giver=cast.hendra, subject=cast.andi, giver_kind=GiverKind.LEADER, day=TODAY - timedelta(days=3),
        symbol="jempol", given_at=timezone.now(),
        form_key="00000000-0000-0000-0000-0000000000aa",
    )  # fmt: skip
    after = silence_in(cast.agency.pk, TODAY)
    assert (before.silent - after.silent, before.unheard - after.unheard) == (1, 1)


def test_it_costs_the_same_for_one_indicator_and_for_many(cast, indicator):
    def cost():
        cache.clear()
        with CaptureQueriesContext(connection) as seen:
            found = governing(cast.agency, TODAY)
        return len(seen), found

    one, _ = cost()
    for number in range(2, 20):
        row = KeyIndicator.objects.create(goal=indicator.goal, number=number, text=f"Indikator {number}", outcome=True)
        YearTarget.objects.create(indicator=row, year=2026, target_milli=1_000)
    many, found = cost()
    assert many == one <= 28
    assert found.aims.count == 19
    assert len(found.aims.community) == 6
