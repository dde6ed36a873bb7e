"""Whether a rated leader's own marks fell: a question about the group, to the two who may ask it, with nobody named."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from tests.cast import NOW, SINCE, ZONE

from terang.evidence.colleagues.models import ReviewGroup, ReviewRound
from terang.evidence.reports.models import Reading, Report, ReportState, ReportTerms, Seat
from terang.reporting.boards.after_rounds import question_of, questions_of
from terang.rules.reports.rubric import as_json, preset

RELEASED = date(2026, 7, 2)
EARLY, LATE = RELEASED - timedelta(days=30), RELEASED + timedelta(days=30)


@pytest.fixture(autouse=True)
def this_morning(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def group(cast):
    opening = ReviewRound.objects.create(
        agency=cast.agency,
        name="Putaran I",
        instrument="x",
        least={"superior": 1, "peer": 3, "subordinate": 3},
        opens_on=date(2026, 6, 1),
        closes_on=date(2026, 7, 1),
        released_on=RELEASED,
        form_key=uuid4(),
    )
    return ReviewGroup.objects.create(round=opening, subject=cast.hendra, kind="subordinate", enough=True)


def marks(*pairs):
    return dict(enumerate(pairs))


def test_a_sharp_fall_over_the_whole_group_is_asked_about(group):
    found = question_of(group, marks((9_000, 7_000), (8_000, 6_500), (7_000, 7_000)))
    assert (found.people, found.before_bp, found.after_bp) == (3, 8_000, 6_833)


@pytest.mark.parametrize(
    "own",
    [
        marks((9_000, 5_000), (8_000, 4_000)),
        marks((9_000, 9_000), (8_000, 7_500), (7_000, 7_000)),
        {},
    ],
    ids=["too few", "not sharp", "no marks"],
)
def test_nothing_is_asked(group, own):
    assert question_of(group, own) is None


def test_a_policy_that_wants_more_answers_wants_more_people(group):
    group.round.least["subordinate"] = 4
    assert question_of(group, marks((9_000, 5_000), (9_000, 5_000), (9_000, 5_000))) is None


@pytest.fixture
def fallen(cast, group):
    """Hendra read reports of three people before and after his subordinates rated him."""
    terms = ReportTerms.objects.create(
        agency=cast.agency, valid_from=SINCE, frequencies=["triwulan"], rubric=as_json(preset()), basis="Perwal 1"
    )
    for name in ("andi", "rina", "joko"):
        for day, mark in ((EARLY, 9_000), (LATE, 6_000)):
            start = date(2026, 1 if day == EARLY else 4, 1)
            report = Report.objects.create(
                employee=cast.people[name],
                kind="triwulan",
                period_start=start,
                period_end=start + timedelta(days=90),
                terms=terms,
                state=ReportState.RATED,
                due_on=day,
                opened_at=NOW,
            )
            moment = datetime(day.year, day.month, day.day, 9, tzinfo=ZONE)
            Reading.objects.create(
                report=report, seat=Seat.SUPERIOR, reader=cast.hendra, due_on=day, given_at=moment, rating_bp=mark
            )
    return cast.hendra


def test_the_page_names_the_leader_and_nobody_else(fallen, cast, sign_in):
    page = sign_in("agus").get(reverse("boards:after_rounds")).content.decode()
    assert "Hendra Saputra" in page
    assert "kepada 3 orang turun rata-rata 30" in page
    for name in ("andi", "rina", "joko"):
        assert cast.people[name].name not in page


@pytest.mark.parametrize(
    ("who", "status"), [("agus", 200), ("maya", 200), ("hendra", 403), ("andi", 403), ("sri", 403)]
)
def test_only_who_may_ask_opens_it(fallen, sign_in, who, status):
    assert sign_in(who).get(reverse("boards:after_rounds")).status_code == status


def test_without_a_question_the_page_says_so(cast, sign_in):
    assert "Tidak ada yang perlu ditanyakan" in sign_in("agus").get(reverse("boards:after_rounds")).content.decode()


def test_a_group_without_results_and_the_asker_are_left_out(fallen, cast, group):
    assert len(questions_of(cast.viewer("agus"))) == 1
    ReviewGroup.objects.update(enough=False)
    assert questions_of(cast.viewer("agus")) == []
    ReviewGroup.objects.update(enough=True, subject=cast.people["agus"])
    Reading.objects.update(reader=cast.people["agus"])
    assert questions_of(cast.viewer("agus")) == []
    assert len(questions_of(cast.viewer("maya"))) == 1


def test_the_queries_are_constant(fallen, cast, django_assert_max_num_queries):
    asker = cast.viewer("agus")
    with django_assert_max_num_queries(13):
        questions_of(asker)


@pytest.mark.parametrize("away", [timedelta(days=-400), timedelta(days=200)], ids=["too long ago", "nothing before"])
def test_who_has_no_mark_on_one_side_does_not_count(fallen, cast, away):
    assert len(questions_of(cast.viewer("agus"))) == 1
    early = Reading.objects.filter(given_at__date__lt=RELEASED).order_by("pk").first()
    Reading.objects.filter(pk=early.pk).update(given_at=early.given_at + away)
    assert questions_of(cast.viewer("agus")) == [], "two people are fewer than the least number"


def test_the_asker_s_own_line_is_another_s_question(fallen, cast, monkeypatch):
    assert len(questions_of(cast.viewer("agus"))) == 1
    own = {cast.hendra.pk}
    monkeypatch.setattr("terang.evidence.signals.access.direct_report_ids", lambda *_: own)
    assert questions_of(cast.viewer("agus")) == []
