"""Publishing policies in versions, and opening the periods they ask for."""

from datetime import date

import pytest
from tests.cast import make_cast

from terang.audit.models import JournalEntry
from terang.evaluation.models import Period, PolicyVersion
from terang.evaluation.selectors import current_period, policy_on
from terang.evaluation.services import close_period, open_periods, publish_policy
from terang.rules.policies import PolicyError
from terang.web.errors import NotAllowed, NotNow


def second(text: str) -> str:
    return text.replace("version = 1", "version = 2").replace("2025-01-01", "2026-12-01")


def problems(city, text, actor=None):
    with pytest.raises(PolicyError) as refused:
        publish_policy(agency=city.cast.agency, text=text, actor=actor)
    return {problem.path: f"{problem.message} {problem.hint}" for problem in refused.value.problems}


def test_two_people_publish_a_new_version_and_it_is_told(city):
    maya, mayor = city.cast.viewer("maya"), city.cast.viewer("mayor")
    version = publish_policy(agency=city.cast.agency, text=second(city.version.text), actor=mayor, author=maya.employee)
    entry = JournalEntry.objects.filter(verb="evaluation.policy_published").latest("id")
    assert (version.version, version.written_by, version.published_by) == (2, city.cast.maya, city.cast.mayor)
    assert (entry.actor_id, entry.changes["version"]) == (mayor.user.pk, 2)
    assert entry.changes["written_by"] == city.cast.maya.pk


def test_others_may_not_publish(city):
    for name in ("andi", "hendra", "tono", "lina"):
        with pytest.raises(NotAllowed):
            publish_policy(
                agency=city.cast.agency,
                text=second(city.version.text),
                actor=city.cast.viewer(name),
                author=city.cast.maya,
            )
    assert PolicyVersion.objects.count() == 1


@pytest.mark.parametrize("author", ["maya", None])
def test_nobody_publishes_alone(city, author):
    writer = city.cast.people[author] if author else None
    with pytest.raises(NotAllowed, match="orang kedua"):
        publish_policy(
            agency=city.cast.agency, text=second(city.version.text), actor=city.cast.viewer("maya"), author=writer
        )


def test_the_same_text_again_is_the_same_version(city):
    again = publish_policy(agency=city.cast.agency, text=f"# komentar baru\n{city.version.text}")
    assert again == city.version
    assert JournalEntry.objects.filter(verb="evaluation.policy_published").count() == 1


def test_a_published_version_is_never_changed(city):
    told = problems(city, city.version.text.replace("standard_bp = 6500", "standard_bp = 7000"))
    assert "tidak lebih baru dari versi 1" in told["version"]
    assert "version = 2" in told["version"]


def test_another_governments_policy_is_refused(city):
    told = problems(city, second(city.version.text).replace("99.71", "73.71"))
    assert "73.71" in told["agency_code"]


def test_weights_that_do_not_add_up_are_refused_with_the_gap(city):
    told = problems(city, second(city.version.text).replace("weight_bp = 6000", "weight_bp = 5500"))
    assert "kurang 500" in told["aspects"]
    assert PolicyVersion.objects.count() == 1


def test_the_policy_of_a_day_is_the_newest_that_has_begun(city):
    later = publish_policy(agency=city.cast.agency, text=second(city.version.text))
    days = (date(2020, 1, 1), date(2026, 11, 30), date(2026, 12, 1))
    assert [policy_on(city.cast.agency.pk, day) for day in days] == [city.version, city.version, later]
    assert policy_on(city.cast.agency.pk + 1, days[0]) is None


def test_periods_open_once_and_bear_their_official_names(city):
    both = open_periods(agency=city.cast.agency, start=date(2026, 10, 15), end=date(2026, 12, 1))
    assert [period.name for period in both] == ["Oktober 2026", "November 2026"]
    assert both[1] == city.period
    assert open_periods(agency=city.cast.agency, start=date(2026, 10, 15), end=date(2026, 12, 1)) == both
    assert JournalEntry.objects.filter(verb="evaluation.periods_opened").count() == 2
    assert current_period(city.cast.agency.pk, date(2026, 10, 31)) == both[0]
    assert current_period(city.cast.agency.pk, date(2026, 12, 1)) is None


@pytest.mark.parametrize(
    ("kind", "name", "end"),
    [
        ("month", "Desember 2026", date(2027, 1, 1)),
        ("quarter", "Triwulan IV 2026", date(2027, 1, 1)),
        ("semester", "Semester II 2026", date(2027, 1, 1)),
        ("year", "Tahun 2026", date(2027, 1, 1)),
    ],
)
def test_every_kind_of_period_ends_with_the_year(city, kind, name, end):
    Period.objects.all().delete()
    text = (
        second(city.version.text).replace('period = "month"', f'period = "{kind}"').replace("2026-12-01", "2025-06-01")
    )
    publish_policy(agency=city.cast.agency, text=text)
    [period] = open_periods(agency=city.cast.agency, start=date(2026, 12, 31), end=date(2027, 1, 1))
    assert (period.name, period.ends_on) == (name, end)


def test_a_period_is_closed_once_and_by_personnel_only(city):
    with pytest.raises(NotAllowed):
        close_period(period=city.period, actor=city.cast.viewer("hendra"))
    assert close_period(period=city.period, actor=city.cast.viewer("maya")).closed_at is not None
    with pytest.raises(NotNow):
        close_period(period=city.period, actor=city.cast.viewer("maya"))


def test_nobody_publishes_or_closes_for_another_government(city):
    stranger = make_cast("99.72", "Pemerintah Kota Lain").viewer("maya")
    with pytest.raises(NotAllowed):
        publish_policy(agency=city.cast.agency, text=second(city.version.text), actor=stranger, author=city.cast.maya)
    with pytest.raises(NotAllowed):
        close_period(period=city.period, actor=stranger)
    assert Period.objects.get(pk=city.period.pk).closed_at is None
