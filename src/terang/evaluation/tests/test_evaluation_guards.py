"""Guards beside the measures of daily work, presence and reports: counted from records, told with a way to them."""

import re
import uuid
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from html import unescape

import pytest
from tests.cast import ZONE, make_cast

from terang.custody.models import Resemblance, StoredFile
from terang.evaluation.guards import Place, guards, of_measure, signals
from terang.evaluation.models import Period, Score
from terang.evaluation.policies import measure_rules
from terang.evaluation.services import close_period, open_periods, publish_policy, recompute
from terang.evidence.work.guarding import CODES, entries_behind, guard_counts
from terang.evidence.work.hooks import WITHOUT_POLICY
from terang.evidence.work.models import Entry, EntryFile, EntryOpening, EntryState, Task
from terang.planning.plans.models import Indicator, Plan, PlanResult, PlanState
from terang.rules.policies import PRESETS, load_preset
from terang.rules.policies.loading import preset_text
from terang.web.errors import NotNow

OURS = {
    "task_completion",
    "reporting_regularity",
    "attendance_rate",
    "punctuality",
    "programme_contribution",
    "outcome_impact",
    "report_rating",
}
MONTH = (date(2026, 11, 1), date(2026, 12, 1))
LONG = "Memutakhirkan data penduduk pindah datang Kelurahan Melati bersama ketua lingkungan"


@pytest.mark.parametrize("code", PRESETS)
def test_every_guard_of_these_measures_is_counted_or_another_measure_of_the_policy(code):
    policy = load_preset(code)
    measured = {rule.code for rule in measure_rules(policy)}
    known = {*CODES, "stated_share", "reader_distance"}
    for rule in measure_rules(policy):
        if rule.code in OURS:
            assert set(rule.guards) <= known | measured, (rule.code, rule.guards)
            assert rule.guards


def test_readers_apart_and_stated_shares_come_from_the_evidence():
    rows = {
        "report_ratings": [(1, 10, "superior", 8000), (1, 11, "oversight", 6500), (2, 12, "superior", 9000)],
        "plan_results": [
            (1, 20, "impact", True, 100, 50, None, 70, 3000),
            (1, 21, "impact", True, 100, 50, None, 70, 2000),
            (1, 22, "higher", True, None, 50, None, 70, 10_000),
        ],
    }
    found = signals(rows)
    assert found[1] == {"reader_distance": [1500, 10_000], "stated_share": [5000, 20_000]}
    assert 2 not in found


def test_a_guard_of_one_measure_only_is_not_shown_beside_another():
    found = {"task_completion.quality_sample": [2, 5], "accepted_report": [4, 5]}
    assert of_measure(found, "task_completion", ["quality_sample"]) == {"quality_sample": [2, 5]}
    assert of_measure(found, "services_completed", ["quality_sample", "accepted_report"]) == {"accepted_report": [4, 5]}


@pytest.fixture
def cast(db):
    return make_cast()


@pytest.fixture
def write(cast):
    plan = Plan.objects.create(
        employee=cast.andi, period_start=date(2026, 1, 1), period_end=date(2027, 1, 1), state=PlanState.AGREED
    )
    result = PlanResult.objects.create(plan=plan, number=1, text="Dokumen terbit", programme="Layanan cepat")
    Indicator.objects.create(result=result, text="Dokumen", unit_label="dokumen", target_milli=120_000)
    Task.objects.create(employee=cast.andi, result=result, text="Rekap", due_on=date(2026, 11, 10))
    numbers = iter(range(1000))

    def write(day=date(2026, 11, 3), minute=None, **fields):
        number = next(numbers)
        at = datetime.combine(fields.pop("sent_on", day), time(8), ZONE) + timedelta(minutes=minute or 20 * number)
        values = {"text": f"Kegiatan {number}", "state": EntryState.ACCEPTED, "decided_by": cast.hendra}
        return Entry.objects.create(
            employee=cast.andi, day=day, result=result, submitted_at=at, form_key=uuid.uuid4(), **(values | fields)
        )

    return write


def counts(cast, *codes, reporting=WITHOUT_POLICY):
    return guard_counts([cast.andi.pk], *MONTH, codes=codes, reporting=reporting).get(cast.andi.pk, {})


def test_accepted_and_opened_before_are_counted_of_all_and_of_accepted(cast, write):
    first, *_others = [write() for _ in range(3)]
    write(state=EntryState.SUBMITTED, decided_by=None)
    write(day=date(2026, 10, 31))
    for person in (cast.hendra, cast.sri):
        EntryOpening.objects.create(entry=first, opened_by=person, opened_at=first.submitted_at)
    found = counts(cast)
    assert found == {"accepted_report": [3, 4], "task_completion.quality_sample": [1, 3]}


def test_bursts_and_what_says_the_same_again_are_counted_only_where_asked(cast, write):
    for minute in range(1, 7):
        write(minute=minute)
    write(day=date(2026, 11, 4), text=LONG)
    write(day=date(2026, 11, 5), text=LONG + " lagi")
    write(day=date(2026, 11, 6), text="Melayani loket")
    write(day=date(2026, 11, 9), text="Melayani loket")
    found = counts(cast, "entry_bursts", "lookalike_entries")
    assert found["entry_bursts"] == [6, 10]
    assert found["lookalike_entries"] == [1, 10]
    assert "entry_bursts" not in counts(cast, "lookalike_entries")


def test_who_reports_once_a_month_writes_its_days_at_once_without_a_burst(cast, write):
    for number, day in enumerate((2, 3, 4, 5, 6, 9)):
        write(day=date(2026, 11, day), sent_on=date(2026, 11, 9), minute=30 * number)
    assert counts(cast, "entry_bursts")["entry_bursts"] == [6, 6]
    monthly = replace(WITHOUT_POLICY, rhythm="monthly")
    assert counts(cast, "entry_bursts", reporting=monthly)["entry_bursts"] == [0, 6]


def test_a_picture_used_before_counts_once_the_person_had_their_say_unless_it_was_clear(cast, write):
    now, later = write(), write()
    files = [StoredFile.objects.create(sha256=str(n), name="foto.jpg", size_bytes=1) for n in range(2)]
    EntryFile.objects.create(entry=now, file=files[1])
    Resemblance.objects.create(
        agency=cast.agency,
        file=files[1],
        earlier=files[0],
        employee=cast.andi,
        day=now.day,
        earlier_employee=cast.andi,
        earlier_day=now.day,
        same_bytes=True,
        distance=0,
        found_at=now.submitted_at,
        due_on=date(2999, 1, 1),
    )
    assert counts(cast, "lookalike_entries")["lookalike_entries"] == [0, 2]
    Resemblance.objects.update(state="dijelaskan")
    assert counts(cast, "lookalike_entries")["lookalike_entries"] == [1, 2]
    assert list(entries_behind("lookalike_entries", cast.andi, *MONTH, WITHOUT_POLICY)) == [now]
    Resemblance.objects.update(state="selesai", verdict="jelas")
    assert counts(cast, "lookalike_entries")["lookalike_entries"] == [0, 2]
    assert later.files.count() == 0


def test_who_wrote_nothing_has_no_figure(cast):
    assert counts(cast, *CODES) == {}


def text_of(page):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page))).replace("\u00a0", " ")


def test_the_guards_stand_beside_the_measure_and_lead_to_their_entries(cast, write, client):
    text = preset_text("makassar").replace('"73.71"', f'"{cast.agency.code}"')
    publish_policy(agency=cast.agency, text=text)
    [period] = open_periods(agency=cast.agency, start=MONTH[0], end=MONTH[0] + timedelta(days=1))
    write(text=LONG)
    write(text=LONG)
    recompute(employee_ids=[cast.andi.pk], period=period, as_of=date(2026, 11, 20))
    score = Score.objects.get(employee=cast.andi)
    part = next(each for each in score.components.all() if "lookalike_entries" in each.signals)
    client.force_login(cast.andi.user)
    page = client.get(f"/nilai/{period.pk}/{cast.andi.pk}/{part.aspect}/{part.measure}/").content.decode()
    assert "1 dari 2 kegiatan mirip dengan yang sebelumnya (50 %)" in text_of(page)
    address = next(unescape(each) for each in re.findall(r'href="([^"]+)"', page) if "lookalike_entries" in each)
    behind = client.get(address).content.decode()
    assert behind.count(LONG) == 1
    assert "bukan kesalahan" in behind
    client.force_login(cast.joko.user)
    assert client.get(address).status_code == 403


def test_a_new_figure_of_a_guard_is_stored_and_the_same_again_changes_nothing(cast, write):
    text = preset_text("makassar").replace('"73.71"', f'"{cast.agency.code}"')
    publish_policy(agency=cast.agency, text=text)
    [period] = open_periods(agency=cast.agency, start=MONTH[0], end=MONTH[0] + timedelta(days=1))
    once = {"employee_ids": [cast.andi.pk], "period": period, "as_of": date(2026, 11, 20)}
    write(text=LONG)
    write(text="Lain sama sekali")
    assert recompute(**once).changed == 1
    assert recompute(**once).changed == 0
    Entry.objects.filter(text="Lain sama sekali").update(text=LONG)
    assert recompute(**once).changed == 1


def test_a_period_is_not_closed_over_work_that_still_waits_for_its_answer(cast, write):
    publish_policy(agency=cast.agency, text=preset_text("makassar").replace('"73.71"', f'"{cast.agency.code}"'))
    [period] = open_periods(agency=cast.agency, start=MONTH[0], end=MONTH[0] + timedelta(days=1))
    waiting = {"state": EntryState.SUBMITTED, "decided_by": None, "answer_due_on": date(2026, 12, 2)}
    write(day=date(2026, 11, 30), sent_on=date(2026, 12, 1), **waiting)  # sent after the period: does not hold it up
    entry = write(day=date(2026, 11, 30), **waiting)
    with pytest.raises(NotNow, match=r"1 kegiatan .* 2 Desember 2026"):
        close_period(period=period, actor=cast.viewer("maya"))
    assert Period.objects.get(pk=period.pk).closed_at is None
    Entry.objects.filter(pk=entry.pk).update(escalated_at=entry.submitted_at)
    assert close_period(period=period, actor=cast.viewer("maya")).closed_at is not None


def test_what_nobody_counts_is_said_to_be_unknown(cast, write):
    score = Score(employee=cast.andi, period_id=1)
    [spread, measure] = guards(
        ["rater_spread", "plan_achievement"],
        {},
        {"plan_achievement": None},
        Place(score, {"plan_achievement": "hasil"}),
    )
    assert (spread.text, spread.url) == ("belum diketahui", "")
    assert measure.text == "belum diketahui"
    assert measure.url.endswith("/hasil/plan_achievement/")
