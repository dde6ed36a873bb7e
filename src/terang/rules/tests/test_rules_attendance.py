"""Presence: one status a day, bands, the ladder of PP 94/2021, and leave."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terang.rules.attendance.bands import presets, read_bands
from terang.rules.attendance.day import PRECEDENCE, Day, Ground, Shift, day_result, punches_of
from terang.rules.errors import RuleInputError
from terang.rules.regulations.absence import days_from_minutes, standing
from terang.rules.regulations.leave import annual_balance, leave_kinds, letter_needed, refusal, service_months, too_long

OFFICE = Shift(450, 960)
NIGHT = Shift(21 * 60, 31 * 60)
"""21.00 to 07.00 of the next day."""


@pytest.mark.parametrize(
    ("punches", "late", "early", "missing"),
    [
        ((445, 965), 0, 0, ""),
        ((450, 960), 0, 0, ""),
        ((451, 960), 1, 0, ""),
        ((512, 930), 62, 30, ""),
        ((445,), 0, 0, "out"),
        ((961,), 0, 0, "in"),
        ((445, 500, 700, 965), 0, 0, ""),
        ((965, 445), 0, 0, ""),
    ],
)
def test_a_working_day_from_its_punches(punches, late, early, missing):
    result = day_result(Day(OFFICE, punches=punches))
    assert (result.status, result.required, result.late, result.early) == ("hadir", True, late, early)
    assert (result.missing_in, result.missing_out) == (missing == "in", missing == "out")


def test_a_shift_over_midnight_takes_the_next_mornings_punch():
    assert punches_of(NIGHT, [21 * 60 - 10, 31 * 60 + 5]) == (1250, 1865)
    assert day_result(Day(NIGHT, punches=[1265, 1855])).late == 5


def test_nothing_known_is_an_unexplained_absence_and_a_day_off_is_not():
    assert day_result(Day(OFFICE)).status == "tanpa_keterangan"
    assert day_result(Day(None, off="Hari Raya Nyepi")).reason == "Bukan hari kerja: Hari Raya Nyepi."
    assert not day_result(Day(None, punches=[450])).required


def test_an_outage_excuses_the_missing_punch_and_its_minutes_by_itself():
    """A power cut from 07.00 to 08.10: who could not punch is not absent, who punched after it is not late."""
    cut = [(420, 490)]
    assert day_result(Day(OFFICE, outages=cut)).status == "gangguan"
    only_out = day_result(Day(OFFICE, punches=[965], outages=cut))
    assert (only_out.status, only_out.missing_in) == ("hadir", False)
    after = day_result(Day(OFFICE, punches=[495, 965], outages=cut))
    assert after.late == 5
    assert day_result(Day(OFFICE, punches=[965], outages=[(700, 720)])).missing_in


def test_the_stronger_ground_wins_and_clashes_are_told():
    result = day_result(Day(OFFICE, punches=[445], grounds=[Ground("sakit"), Ground("dinas_luar", "SPT 12/2026")]))
    assert (result.status, result.required) == ("dinas_luar", False)
    assert result.reason == "Tercatat dinas luar (SPT 12/2026)."
    assert len(result.clashes) == 2
    with pytest.raises(RuleInputError):
        day_result(Day(OFFICE, grounds=[Ground("malas")]))


def test_dynamic_hours_know_no_late():
    result = day_result(Day(Shift(450, 960, "dynamic"), punches=[600, 800]))
    assert (result.status, result.late, result.early) == ("hadir", 0, 0)


shifts = st.builds(Shift, start=st.integers(300, 900), end=st.integers(901, 1500))
spans = st.tuples(st.integers(0, 1400), st.integers(1, 200)).map(lambda pair: (pair[0], pair[0] + pair[1]))
grounds = st.builds(Ground, kind=st.sampled_from(PRECEDENCE), document=st.sampled_from(["", "SK 1", "SK 2"]))


@given(
    st.none() | shifts,
    st.lists(st.integers(0, 1900), max_size=6),
    st.lists(grounds, max_size=3),
    st.lists(spans, max_size=3),
    st.randoms(use_true_random=False),
)
def test_every_day_has_exactly_one_status_whatever_the_order(shift, punches, given_grounds, outages, dice):
    first = day_result(Day(shift, punches=punches, grounds=given_grounds, outages=outages))
    assert first.status in {*PRECEDENCE, "libur", "hadir", "tanpa_keterangan", "gangguan"}
    shuffled = [dice.sample(rows, len(rows)) for rows in (punches, given_grounds, outages)]
    assert day_result(Day(shift, "", *shuffled)) == first


@given(shifts, st.lists(st.integers(0, 1900), max_size=5), st.lists(spans, max_size=3), spans)
def test_more_outage_never_costs_a_person(shift, punches, outages, another):
    before = day_result(Day(shift, punches=punches, outages=outages))
    after = day_result(Day(shift, punches=punches, outages=[*outages, another]))
    assert after.late <= before.late
    assert after.early <= before.early
    assert not (after.missing_in and not before.missing_in)
    assert not (after.status == "tanpa_keterangan" and before.status != "tanpa_keterangan")


@pytest.mark.parametrize(
    ("code", "minutes", "band", "cut"),
    [
        ("daerah", 0, None, 0),
        ("daerah", 1, "TL1", 50),
        ("daerah", 30, "TL1", 50),
        ("daerah", 31, "TL2", 100),
        ("daerah", 90, "TL3", 125),
        ("daerah", 91, "TL4", 150),
        ("pusat", 61, "TL3", 150),
        ("tulang_bawang", 120, "TL4", 60),
        ("babel", 15, "TL1", 100),
        ("babel", 31, "TL3", 250),
    ],
)
def test_bands_as_the_rules_in_use_say(code, minutes, band, cut):
    found = presets()[code].late_band(minutes)
    assert (found and found.code, found.cut_bp if found else 0) == (band, cut)


def test_a_missing_punch_is_the_worst_band_or_has_its_own():
    assert presets()["daerah"].late_band(0, missing=True).cut_bp == 150
    assert presets()["babel"].early_band(0, missing=True).cut_bp == 400
    assert presets()["daerah"].early_band(45).code == "PSW2"


@pytest.mark.parametrize("late", [[], [[0, 50]], [[31, 50], [1, 100]], [[1, 100], [31, 50]]])
def test_a_ladder_that_does_not_rise_is_refused(late):
    with pytest.raises(RuleInputError):
        read_bands({"code": "x", "label": "x", "source": "x", "late": late, "absent_bp": 1})


def days(count, start=date(2026, 1, 5)):
    found, day = [], start
    while len(found) < count:
        if day.weekday() < 5:
            found.append(day)
        day += timedelta(days=1)
    return found


@pytest.mark.parametrize(
    ("count", "level", "ahead"),
    [
        (0, None, 3),
        (2, None, 1),
        (3, "teguran lisan", 1),
        (4, "teguran tertulis", 3),
        (6, "teguran tertulis", 1),
        (7, "pernyataan tidak puas secara tertulis", 4),
        (11, "pemotongan tunjangan kinerja 25 % selama 6 bulan", 3),
        (16, "pemotongan tunjangan kinerja 25 % selama 9 bulan", 1),
        (20, "pemotongan tunjangan kinerja 25 % selama 12 bulan", 1),
        (24, "penurunan jabatan setingkat lebih rendah selama 12 bulan", 1),
        (27, "pembebasan dari jabatannya menjadi jabatan pelaksana selama 12 bulan", 1),
        (28, "pemberhentian dengan hormat tidak atas permintaan sendiri", None),
    ],
)
def test_the_ladder_of_absence(count, level, ahead):
    working = days(120)
    scattered = working[::3][:count]
    found = standing(scattered, working)
    assert (found.step and found.step.sanction, found.days_to_next) == (level, ahead)
    assert found.consecutive == (1 if count else 0)


def test_ten_days_in_a_row_reach_the_last_step_over_weekends():
    working = days(60)
    assert standing(working[5:14], working).step.sanction == "pernyataan tidak puas secara tertulis"
    last = standing(working[5:15], working)
    assert (last.consecutive, last.step.level, last.days_to_next, last.warn) == (10, "berat", None, True)


def test_the_count_starts_anew_each_year():
    with pytest.raises(RuleInputError):
        standing([date(2025, 12, 31), date(2026, 1, 2)], days(9))


def test_minutes_become_days_only_where_the_government_converts():
    assert days_from_minutes(60 + 95 + 120 + 180, 450) == (1, 5)
    assert days_from_minutes(899, 300) == (2, 299)
    assert days_from_minutes(899, None) == (0, 899)


@pytest.mark.parametrize(
    ("last", "before", "taken", "more", "left"),
    [
        (12, 12, 0, {}, 12),
        (9, 12, 0, {}, 15),
        (2, 5, 4, {}, 14),
        (0, 0, 0, {}, 24),
        (0, 3, 0, {}, 18),
        (None, None, 0, {}, 12),
        (12, 12, 0, {"postponed": 12}, 24),
        (0, 0, 3, {"long_leave": True}, 0),
        (0, 0, 0, {"service_months": 11}, 0),
        (12, 12, 20, {}, 0),
    ],
)
def test_the_annual_balance(last, before, taken, more, left):
    facts = {"service_months": 60, "taken": taken, "taken_last_year": last, "taken_year_before": before} | more
    assert annual_balance(**facts).left == left


def test_kinds_of_leave_know_who_may_take_them():
    assert list(leave_kinds())[:2] == ["tahunan", "besar"]
    assert refusal("besar", pppk=True, service_months=90).endswith("PPPK.")
    assert "5 tahun" in refusal("besar", pppk=False, service_months=59)
    assert refusal("sakit", pppk=True, service_months=0) == ""
    with pytest.raises(RuleInputError):
        refusal("liburan", pppk=False, service_months=0)


@pytest.mark.parametrize(
    ("kind", "length", "letter"),
    [("sakit", 1, "dokter."), ("sakit", 14, "dokter."), ("sakit", 15, "dokter pemerintah."), ("tahunan", 12, "")],
)
def test_sick_leave_needs_a_letter(kind, length, letter):
    assert letter_needed(kind, length).endswith(letter)
    assert bool(letter_needed(kind, length)) == bool(letter)


def test_leave_is_no_longer_than_its_kind_allows():
    start = date(2026, 1, 31)
    assert too_long("alasan_penting", start, date(2026, 3, 1)) == ""
    assert too_long("alasan_penting", start, date(2026, 3, 2)) == "Cuti karena alasan penting paling lama 1 bulan."
    assert too_long("besar", date(2026, 10, 1), date(2027, 1, 1)) == ""
    assert too_long("besar", date(2026, 10, 1), date(2027, 1, 2))
    assert too_long("tahunan", start, date(2030, 1, 1)) == ""


@pytest.mark.parametrize(
    ("joined", "on", "months"),
    [
        (date(2025, 11, 24), date(2026, 11, 23), 11),
        (date(2025, 11, 24), date(2026, 11, 24), 12),
        (date(2024, 2, 29), date(2025, 2, 28), 11),
        (date(2024, 2, 29), date(2025, 3, 1), 12),
        (date(2027, 1, 1), date(2026, 1, 1), 0),
    ],
)
def test_service_is_counted_in_whole_months(joined, on, months):
    assert service_months(joined, on) == months
