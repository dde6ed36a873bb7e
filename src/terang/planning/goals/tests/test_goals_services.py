"""Goals and indicators are shaped by who may, in their place in the cascade, and never lose what was there."""

import uuid
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from tests.cast import make_cast

from terang.audit.models import JournalEntry
from terang.planning.goals import services
from terang.planning.goals.models import Goal, KeyIndicator, Reading, YearTarget
from terang.planning.goals.selectors import standings_on
from terang.planning.goals.services.filling import GoalRow, IndicatorRow, ReadingRow, TargetRow
from terang.web.errors import NotAllowed, NotNow, Stale

TODAY = date(2026, 11, 24)


def add(office, actor, code="SR9", kind="sasaran_renstra", unit="health", parent="S1", **values):
    told = {"year_start": 2026, "year_end": 2026, "text": "Anak sehat", **values}
    cast = office.cast
    above = office.goals.get(parent)
    return services.add_goal(
        actor=cast.viewer(actor), unit=cast.units[unit], kind=kind, code=code, parent=above, **told
    )


def refused(error, field):
    return field in error.value.message_dict


def test_the_personnel_agency_shapes_everything_and_a_head_what_lies_below_in_the_own_subtree(office):
    assert add(office, "maya", "T9", "tujuan", "root", "").code == "T9"
    assert add(office, "maya", "S9", "sasaran", "dukcapil", "T1").code == "S9"
    assert add(office, "bambang", "SR9").unit == office.cast.units["health"]
    assert add(office, "bambang", "P9", "program", "puskesmas", "SR1").code == "P9"
    assert add(office, "mayor", "S8", "sasaran", "root", "T1").code == "S8"
    assert JournalEntry.objects.filter(verb="goals.goal_added").count() == 5
    for actor, kind, unit, parent in (
        ("bambang", "sasaran", "health", "T1"),  # what comes from above
        ("bambang", "sasaran_renstra", "dukcapil", "S1"),  # another subtree
        ("dewi", "sasaran_renstra", "health", "S1"),  # above the own unit
        ("siti", "program", "puskesmas", "SR1"),  # leads nothing
        ("lina", "sasaran_renstra", "health", "S1"),  # reads all, writes nothing
    ):
        with pytest.raises(NotAllowed):
            add(office, actor, "X1", kind, unit, parent)
    assert not Goal.objects.filter(code="X1").exists()


def test_the_same_form_twice_makes_one_goal(office):
    add(office, "maya")
    with pytest.raises(ValidationError) as error:
        add(office, "maya", "sr9 ")
    assert refused(error, "code")
    assert Goal.objects.filter(code="SR9").count() == 1


@pytest.mark.parametrize(
    ("kind", "parent"),
    [("sasaran", "S1"), ("program", "T1"), ("sasaran_renstra", ""), ("tujuan", "T1"), ("sasaran", "P1")],
)
def test_a_goal_hangs_where_the_cascade_allows(office, kind, parent):
    with pytest.raises(ValidationError) as error:
        add(office, "maya", kind=kind, parent=parent)
    assert refused(error, "parent")


def test_a_circle_is_refused_and_a_move_is_not(office):
    low = office.goal("SR2", "sasaran_renstra", "health", "SR1")
    lower = office.goal("SR3", "sasaran_renstra", "puskesmas", "SR2")
    top, maya = office.goals["SR1"], office.cast.viewer("maya")
    for parent in (lower, low, top):
        with pytest.raises(ValidationError) as error:
            services.change_goal(actor=maya, goal=top, version=1, parent=parent)
        assert refused(error, "parent")
    moved = services.change_goal(actor=maya, goal=lower, version=1, parent=top)
    assert (moved.parent, moved.version) == (top, 2)
    assert Goal.objects.get(code="SR1").parent == office.goals["S1"]


def test_a_kind_is_not_changed_away_from_what_hangs_below(office):
    with pytest.raises(ValidationError) as error:
        services.change_goal(
            actor=office.cast.viewer("maya"),
            goal=office.goals["SR1"],
            version=1,
            kind="sasaran",
            parent=office.goals["T1"],
        )
    assert refused(error, "kind")


def test_another_governments_goal_is_no_parent(office):
    far = make_cast("99.72", "Pemerintah Kota Seberang")
    abroad = Goal.objects.create(
        agency=far.agency, unit=far.units["root"], kind="sasaran", code="S1", text="X", year_start=2026, year_end=2026
    )
    with pytest.raises(ValidationError):
        services.change_goal(actor=office.cast.viewer("maya"), goal=office.goals["SR1"], version=1, parent=abroad)
    with pytest.raises(NotAllowed):
        services.change_goal(actor=office.cast.viewer("maya"), goal=abroad, version=1, text="Y")


def test_an_older_page_overwrites_nothing(office):
    maya, goal = office.cast.viewer("maya"), office.goals["SR1"]
    services.change_goal(actor=maya, goal=goal, version=1, text="Lebih sehat")
    with pytest.raises(Stale):
        services.change_goal(actor=maya, goal=goal, version=1, text="Lama")
    assert Goal.objects.get(pk=goal.pk).text == "Lebih sehat"


def test_a_head_does_not_move_a_goal_out_of_reach(office):
    with pytest.raises(NotAllowed):
        services.change_goal(
            actor=office.cast.viewer("bambang"), goal=office.goals["SR1"], version=1, unit=office.cast.units["dukcapil"]
        )
    assert Goal.objects.get(code="SR1").unit == office.cast.units["health"]


def test_a_goal_is_retired_from_below_and_with_a_reason(office):
    maya = office.cast.viewer("maya")
    with pytest.raises(NotNow):
        services.retire_goal(actor=maya, goal=office.goals["SR1"], version=1, on=TODAY, reason="Selesai")
    with pytest.raises(ValidationError):
        services.retire_goal(actor=maya, goal=office.goals["P1"], version=1, on=TODAY, reason=" ")
    services.retire_goal(actor=maya, goal=office.goals["P1"], version=1, on=TODAY, reason="Digabung")
    services.retire_goal(actor=maya, goal=office.goals["SR1"], version=1, on=TODAY, reason="Digabung")
    assert Goal.objects.filter(retired_on=TODAY).count() == 2
    with pytest.raises(NotNow):
        services.add_indicator(actor=maya, goal=Goal.objects.get(code="P1"), number=1, text="X", unit_label="%")


def test_indicators_keep_their_number_and_their_measure_is_known(office):
    maya, goal = office.cast.viewer("maya"), office.goals["SR1"]
    first = services.add_indicator(actor=maya, goal=goal, number=1, text="Imunisasi", unit_label="%")
    for values, field in (
        ({"number": 1}, "number"),
        ({"number": 2, "measure": "tidak_ada"}, "measure"),
        ({"number": 2, "baseline_milli": 1}, "baseline_year"),
        ({"number": 2, "direction": "impact"}, "baseline_milli"),
    ):
        with pytest.raises(ValidationError) as error:
            services.add_indicator(actor=maya, goal=goal, text="Lain", unit_label="%", **values)
        assert refused(error, field)
    services.add_indicator(actor=maya, goal=goal, number=2, text="Hadir", unit_label="%", measure="punctuality")
    changed = services.change_indicator(actor=maya, indicator=first, version=1, baseline_milli=5, baseline_year=2024)
    assert (changed.baseline_milli, changed.version) == (5, 2)
    with pytest.raises(Stale):
        services.retire_indicator(actor=maya, indicator=first, version=1, on=TODAY, reason="Ganti")
    services.retire_indicator(actor=maya, indicator=first, version=2, on=TODAY, reason="Ganti")
    with pytest.raises(NotNow):
        services.change_indicator(actor=maya, indicator=first, version=3, text="Lagi")
    assert KeyIndicator.objects.get(pk=first.pk).text == "Imunisasi"


def test_a_target_is_set_and_set_again_and_must_fit_the_indicator(office):
    bambang = office.cast.viewer("bambang")
    indicator = office.indicator("SR1", target=None)
    services.set_target(
        actor=bambang, indicator=indicator, version=1, year=2026, target_milli=80_000, quarter3_milli=60_000
    )
    services.set_target(actor=bambang, indicator=indicator, version=2, year=2026, target_milli=85_000)
    kept = YearTarget.objects.get(indicator=indicator)
    assert (kept.target_milli, kept.quarter3_milli) == (85_000, None)
    with pytest.raises(Stale):
        services.set_target(actor=bambang, indicator=indicator, version=2, year=2026, target_milli=1)
    with pytest.raises(NotAllowed):
        services.set_target(actor=office.cast.viewer("siti"), indicator=indicator, version=3, year=2026, target_milli=1)
    span = office.indicator("SR1", target=None, direction="range")
    fall = office.indicator("SR1", target=None, direction="impact", baseline_milli=10, baseline_year=2024)
    for row, version, values, field in (
        (indicator, 3, {"year": 2031, "target_milli": 1}, "target_milli"),
        (indicator, 3, {"year": 2026, "target_milli": 1, "target_max_milli": 2}, "target_max_milli"),
        (span, 1, {"year": 2026, "target_milli": 2_000, "target_max_milli": 1_999}, "target_max_milli"),
        (fall, 1, {"year": 2026, "target_milli": 10}, "target_milli"),
    ):
        with pytest.raises(ValidationError) as error:
            services.set_target(actor=bambang, indicator=row, version=version, **values)
        assert refused(error, field)


def report(office, actor, indicator, **values):
    told = {"day": TODAY, "value_milli": 50_000, "source": "Laporan", "form_key": uuid.uuid4(), **values}
    return services.report_reading(actor=office.cast.viewer(actor), indicator=indicator, **told)


def test_values_are_reported_by_the_holder_the_heads_and_the_personnel_agency(office):
    indicator = office.indicator("P1", responsible=office.cast.posts["nurse"])
    for actor in ("siti", "dewi", "bambang", "mayor", "maya"):
        report(office, actor, indicator)
    for actor in ("andi", "sri", "lina", "tono"):
        with pytest.raises(NotAllowed):
            report(office, actor, indicator)
    assert indicator.readings.count() == 5


def test_a_value_reported_twice_is_one_and_a_wrong_one_none(office):
    indicator, key = office.indicator("SR1"), uuid.uuid4()
    assert report(office, "maya", indicator, form_key=key) == report(office, "maya", indicator, form_key=key)
    yes_no = office.indicator("SR1", direction="yes_no")
    for row, values, field in (
        (indicator, {"day": date(2026, 11, 25)}, "day"),
        (indicator, {"day": date(2024, 1, 1)}, "day"),
        (indicator, {"source": " "}, "source"),
        (yes_no, {"value_milli": 500}, "value_milli"),
    ):
        with pytest.raises(ValidationError) as error:
            report(office, "maya", row, **values)
        assert refused(error, field)
    with pytest.raises(NotNow):
        report(office, "maya", office.indicator("SR1", measure="punctuality"))
    assert Reading.objects.count() == 1


def test_a_correction_names_what_it_replaces_and_is_corrected_in_its_turn(office):
    indicator = office.indicator("SR1")
    first = report(office, "maya", indicator, value_milli=90_000)
    with pytest.raises(ValidationError) as error:
        report(office, "maya", indicator, corrects=first)
    assert refused(error, "reason")
    second = report(office, "maya", indicator, corrects=first, reason="Salah ketik", value_milli=9_000)
    with pytest.raises(Stale):
        report(office, "maya", indicator, corrects=first, reason="Sekali lagi")
    third = report(office, "maya", indicator, corrects=second, reason="Belum lengkap", value_milli=9_500)
    [standing] = standings_on(office.cast.agency.pk, TODAY)
    assert standing.milli == third.value_milli
    assert list(Reading.objects.order_by("pk").values_list("value_milli", flat=True)) == [90_000, 9_000, 9_500]
    entry = JournalEntry.objects.filter(verb="goals.reading_corrected").first()
    assert (entry.changes["value_milli"], entry.reason) == ([90_000, 9_000], "Salah ketik")


def test_a_correction_belongs_to_the_same_indicator(office):
    other = report(office, "maya", office.indicator("SR1"))
    with pytest.raises(ValidationError):
        report(office, "maya", office.indicator("SR1"), corrects=other, reason="Salah")


ROWS = [
    GoalRow(
        "P2",
        "program",
        "Program gizi",
        0,
        2026,
        2026,
        "SR2",
        indicators=[
            IndicatorRow(
                "Balita ditimbang",
                "%",
                targets={2026: TargetRow(90_000, (None, 40_000, None, None))},
                readings=[ReadingRow(TODAY, 50_000, "e-PPGBM")],
            )
        ],
    ),
    GoalRow("SR2", "sasaran_renstra", "Gizi baik", 0, 2026, 2026, "S1"),
]


def test_a_whole_government_is_filled_at_once_and_only_once(office):
    unit_id = office.cast.units["health"].pk
    rows = [GoalRow(**{**row.__dict__, "unit_id": unit_id}) for row in ROWS]
    found = services.fill_goals(agency=office.cast.agency, rows=rows)
    assert found["P2"].parent == found["SR2"]
    services.fill_goals(agency=office.cast.agency, rows=rows)
    assert (Goal.objects.filter(code="P2").count(), YearTarget.objects.count(), Reading.objects.count()) == (1, 1, 1)
    with pytest.raises(ValidationError):
        services.fill_goals(agency=office.cast.agency, rows=[GoalRow("P3", "program", "X", unit_id, 2026, 2026, "T1")])
