"""Survey periods: figures from answers, what is hidden, what is frozen, and what is repaired."""

import csv
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from terang.audit.models import JournalEntry
from terang.evidence.citizens.models import (
    FollowUp,
    Service,
    ServiceRequest,
    SurveyPeriod,
    SurveyResponse,
    SurveyResult,
)
from terang.evidence.citizens.models.survey_periods import ActionState
from terang.evidence.citizens.services.survey_periods import (
    move_action,
    open_period,
    period_end,
    plan_action,
    publish_result,
    set_population,
)
from terang.evidence.citizens.survey_figures import figures_of
from terang.evidence.citizens.survey_presenting import present
from terang.evidence.citizens.survey_selectors import is_intact, published_results
from terang.evidence.citizens.survey_states import ACTION_MOVES
from terang.registry.organization.models import Unit
from terang.registry.people.models import Role
from terang.rules.tables import ELEMENTS
from terang.web.errors import NotAllowed, NotNow, Stale

DAY = date(2026, 8, 12)
START, AFTER = date(2026, 7, 1), date(2026, 10, 1)
CASES = Path(__file__).parent / "cases"


@pytest.fixture
def manager(office):
    manager = office.employee("Hendra Kelola")
    office.grant(manager, Role.SERVICE_MANAGER, office.root)
    return office.viewer(manager)


@pytest.fixture
def ktp(office):
    return Service.objects.create(unit=office.unit, code="ktp", name="KTP elektronik", standard_minutes=2250)


@pytest.fixture
def period(office, manager):
    return open_period(actor=manager, unit=office.unit, kind="triwulan", start=START)


def answer(service, times=1, *, day=DAY, values=None, **fields):
    answers = dict.fromkeys(ELEMENTS, 3) if values is None else values
    rows = [SurveyResponse(service=service, day=day, **answers, **fields) for _ in range(times)]
    SurveyResponse.objects.bulk_create(rows)


def other_unit(office, name="Bagian Kedua", code="2"):
    unit = Unit.objects.create(
        agency=office.agency, parent=office.root, kind="bidang", code=code, name=name, valid_from=date(2020, 1, 1)
    )
    unit.path = f"{office.root.path}{unit.pk}/"
    unit.save()
    return unit


def test_a_period_ends_after_its_months():
    assert period_end("triwulan", date(2026, 10, 1)) == date(2027, 1, 1)
    assert period_end("semester", date(2026, 1, 1)) == date(2026, 7, 1)
    assert period_end("tahun", date(2026, 1, 1)) == date(2027, 1, 1)


def test_opening_twice_is_once_and_only_for_who_manages_the_unit(office, manager, period):
    assert open_period(actor=manager, unit=office.unit, kind="triwulan", start=START) == period
    assert JournalEntry.objects.filter(verb="citizens.survey_period_opened").count() == 1
    with pytest.raises(NotAllowed):
        open_period(actor=manager, unit=office.unit, kind="triwulan", start=date(2026, 8, 1))
    with pytest.raises(NotAllowed):
        open_period(actor=office.viewer(office.head), unit=office.unit, kind="tahun", start=date(2026, 1, 1))


def test_figures_count_only_the_period_and_the_unit(office, ktp, period, today):
    answer(ktp, 6)
    answer(ktp, 3, day=AFTER)
    answer(ktp, 3, day=START - timedelta(days=1))
    answer(Service.objects.create(unit=other_unit(office), code="x", name="Lain", standard_minutes=60), 9)
    figures = figures_of(period, today)
    assert figures["respondents"] == 6
    assert figures["index"] == {"skm": "3.000", "ikm": "75.00", "grade": "C"}
    assert [row["nrr"] for row in figures["elements"]] == ["3.000"] * 9


@pytest.mark.parametrize("row", list(csv.DictReader((CASES / "survey_counts.csv").open())), ids=lambda row: row["case"])
def test_published_results_come_out_of_their_counts(ktp, period, today, row):
    """Each row holds counts of a published result: `n4 n3 n2 n1` per element, its printed IKM and class."""
    columns = {each: _spread(row[each]) for each in ELEMENTS}
    people = int(row["respondents"])
    SurveyResponse.objects.bulk_create(
        SurveyResponse(service=ktp, day=DAY, **{each: columns[each][n] for each in ELEMENTS}) for n in range(people)
    )
    figures = figures_of(period, today)
    assert (figures["index"]["ikm"], figures["index"]["grade"]) == (row["ikm"], row["grade"])


def _spread(counts):
    return [value for value, number in zip((4, 3, 2, 1), map(int, counts.split()), strict=True) for _ in range(number)]


def test_blanks_are_counted_and_never_filled_in(ktp, period, today):
    answer(ktp, 5, values=dict.fromkeys(ELEMENTS, 4) | {"pengaduan": None})
    answer(ktp, 5, values=dict.fromkeys(ELEMENTS, 2))
    figures = figures_of(period, today)
    complaint = next(each for each in figures["elements"] if each["code"] == "pengaduan")
    assert (complaint["answered"], complaint["blank"], complaint["nrr"]) == (5, 5, "2.000")
    assert figures["blanks"] == 5
    # eight elements of 3 and one of 2: (8 × 3 + 2) / 9 × 25
    assert figures["index"]["ikm"] == "72.22"


def test_too_few_answers_have_no_figures_at_all(ktp, period, today):
    answer(ktp, 4)
    figures = figures_of(period, today)
    assert (figures["respondents"], figures["index"], figures["weakest"]) == (4, None, [])
    assert {row["nrr"] for row in figures["elements"]} == {None}
    assert figures["services"][0]["ikm"] is None
    answer(ktp, 1)
    assert figures_of(period, today)["index"]["ikm"] == "75.00"


def test_a_small_service_hides_the_one_it_could_be_worked_out_from(office, ktp, period, today):
    kk = Service.objects.create(unit=office.unit, code="kk", name="Kartu keluarga", standard_minutes=450)
    akta = Service.objects.create(unit=office.unit, code="akta", name="Akta lahir", standard_minutes=450)
    answer(ktp, 20)
    answer(kk, 8)
    answer(akta, 2)
    shown = {row["name"]: row["respondents"] for row in figures_of(period, today)["services"]}
    assert shown == {"KTP elektronik": 20, "Kartu keluarga": None, "Akta lahir": None}


def test_small_groups_of_respondents_have_no_number(ktp, period, today):
    answer(ktp, 20, sex="P")
    answer(ktp, 6, sex="L", education="s3")
    profile = figures_of(period, today)["profile"]
    assert profile["sex"] == {"": 0, "P": 20, "L": 6}
    answer(ktp, 1, sex="L", occupation="tni")
    assert figures_of(period, today)["profile"]["occupation"] == {
        "": None, "pns": 0, "tni": None, "polri": 0, "swasta": 0, "wirausaha": 0, "lainnya": 0
    }  # fmt: skip


def test_both_ways_to_sum_up_units_are_kept_and_the_headline_says_which(office, manager, ktp, today):
    kk = Service.objects.create(unit=other_unit(office), code="kk", name="Kartu keluarga", standard_minutes=450)
    answer(ktp, 30)
    answer(kk, 10, values=dict.fromkeys(ELEMENTS, 4))
    for kind, headline, ikm in (("triwulan", "gabungan", "81.25"), ("semester", "rata_unit", "87.50")):
        period = open_period(actor=manager, unit=office.root, kind=kind, start=START, headline=headline)
        figures = figures_of(period, today)
        assert (figures["pooled"]["ikm"], figures["mean_of_units"]["ikm"]) == ("81.25", "87.50")
        assert figures["index"]["ikm"] == ikm
        assert [chosen for _, _, chosen in present(figures).both] == [headline == "gabungan", headline == "rata_unit"]


def test_short_answers_count_for_what_they_were_asked(ktp, period, today):
    answer(ktp, 6)
    answer(ktp, 6, values={"waktu": 4, "perilaku": 4, "produk": 4}, short=True)
    figures = figures_of(period, today)
    answered = {row["code"]: row["answered"] for row in figures["elements"]}
    assert (answered["waktu"], answered["biaya"], figures["short"]) == (12, 6, 6)
    assert {row["code"]: row["nrr"] for row in figures["elements"]}["waktu"] == "3.500"


def test_straight_liners_are_told_and_kept(ktp, period, today):
    answer(ktp, 4)
    answer(ktp, 2, values=dict.fromkeys(ELEMENTS, 4) | {"waktu": 3})
    answer(ktp, 1, values=dict.fromkeys(ELEMENTS, 3) | {"waktu": None})
    figures = figures_of(period, today)
    assert (figures["respondents"], figures["straight"]) == (7, 4)
    assert any("separuh" in text for text in present(figures).cautions)


def test_population_is_what_was_finished_or_what_the_manager_knows(office, manager, ktp, period, today):
    for number in range(40):
        ServiceRequest.objects.create(
            service=ktp, tracking_code=f"K-{number}", received_at=office.moment(DAY), completed_at=office.moment(DAY)
        )
    answer(ktp, 10)
    method = figures_of(period, today)["method"]
    assert (method["population"], method["target"], method["population_given"]) == (40, 36, False)
    with pytest.raises(NotAllowed):
        set_population(actor=manager, period=period, population=2_940, note=" ", version=0)
    changed = set_population(actor=manager, period=period, population=2_940, note="Buku register", version=0)
    method = figures_of(changed, today)["method"]
    assert (method["population"], method["target"], method["population_note"]) == (2_940, 340, "Buku register")
    with pytest.raises(Stale):
        set_population(actor=manager, period=period, population=10, note="lama", version=0)


def test_the_cost_of_figures_does_not_grow(office, ktp, period, today, django_assert_num_queries):
    answer(ktp, 1)
    with django_assert_num_queries(6):
        figures_of(period, today)
    for number in range(50):
        other = Service.objects.create(unit=office.unit, code=f"s{number}", name=f"L {number}", standard_minutes=60)
        answer(other, 2)
    with django_assert_num_queries(6):
        figures_of(period, today)


def test_a_published_result_stays_while_answers_go_on(manager, ktp, period, today):
    answer(ktp, 10)
    result = publish_result(actor=manager, period=period, today=today)
    assert (result.number, result.ikm, result.grade, result.respondents) == (1, 7500, "C", 10)
    answer(ktp, 10, values=dict.fromkeys(ELEMENTS, 4))
    kept = SurveyResult.objects.get()
    assert (kept.figures["index"]["ikm"], is_intact(kept)) == ("75.00", True)
    kept.figures["index"]["ikm"] = "99.00"
    assert not is_intact(kept)


def test_a_revision_needs_a_reason_and_a_change(manager, ktp, period, today):
    answer(ktp, 10)
    first = publish_result(actor=manager, period=period, today=today)
    with pytest.raises(NotNow):
        publish_result(actor=manager, period=period, today=today, reason="Sekali lagi")
    answer(ktp, 10, values=dict.fromkeys(ELEMENTS, 4))
    with pytest.raises(NotAllowed):
        publish_result(actor=manager, period=period, today=today, reason=" ")
    second = publish_result(actor=manager, period=period, today=today, reason="Jawaban kios menyusul")
    first.refresh_from_db()
    assert (first.ikm, second.number, second.ikm, second.reason) == (7500, 2, 8750, "Jawaban kios menyusul")
    assert published_results(period.unit.agency) == [second]
    told = JournalEntry.objects.latest("id")
    assert (told.verb, told.reason) == ("citizens.survey_result_revised", "Jawaban kios menyusul")


def test_a_result_without_reason_for_its_revision_cannot_be_stored(manager, ktp, period, today):
    answer(ktp, 10)
    first = publish_result(actor=manager, period=period, today=today)
    first.pk, first.number = None, 2
    with pytest.raises(IntegrityError), transaction.atomic():
        first.save(force_insert=True)


def test_publishing_waits_for_the_end_and_for_answers(office, manager, ktp, period):
    with pytest.raises(NotNow, match="belum cukup"):
        publish_result(actor=manager, period=period, today=AFTER)
    answer(ktp, 10)
    with pytest.raises(NotNow, match="masih berjalan"):
        publish_result(actor=manager, period=period, today=AFTER - timedelta(days=1))
    with pytest.raises(NotAllowed):
        publish_result(actor=office.viewer(office.head), period=period, today=AFTER)
    assert not SurveyResult.objects.exists()


def test_headline_and_class_always_agree_and_old_weights_say_so(manager, ktp, period, today):
    """Weight 0.11 turns 75.00 into 74.25; the class is that of the printed figure."""
    SurveyPeriod.objects.update(weights="0.11")
    answer(ktp, 10)
    result = publish_result(actor=manager, period=period, today=today)
    assert (result.ikm, result.grade, result.weights) == (7425, "C", "0.11")
    assert any("laporan lama" in text for text in present(result.figures).cautions)


def test_the_trend_tells_the_latest_result_of_each_period_before(office, manager, ktp, period, today):
    before = open_period(actor=manager, unit=office.unit, kind="triwulan", start=date(2026, 4, 1))
    answer(ktp, 5, day=date(2026, 5, 2), values=dict.fromkeys(ELEMENTS, 2))
    publish_result(actor=manager, period=before, today=today)
    answer(ktp, 10)
    figures = figures_of(period, today)
    assert figures["trend"] == [{"starts_on": "2026-04-01", "ikm": "50.00", "grade": "D", "respondents": 5}]
    assert "Naik 25,00 dari Triwulan II 2026." in present(figures).sentences


@pytest.fixture
def action(office, manager, period):
    return plan_action(
        actor=manager,
        period=period,
        element="waktu",
        component="limit",
        action="Buka loket kedua pada jam sibuk",
        owner=office.head,
        due_on=date(2026, 12, 31),
        form_key=uuid4(),
    )


def test_the_same_form_plans_one_action(office, manager, period, action):
    again = plan_action(
        actor=manager,
        period=period,
        element="waktu",
        component="limit",
        action="Buka loket kedua pada jam sibuk",
        owner=office.head,
        due_on=date(2026, 12, 31),
        form_key=action.form_key,
    )
    assert again == action
    with pytest.raises(NotAllowed):
        plan_action(
            actor=office.viewer(office.head),
            period=period,
            element="waktu",
            component="limit",
            action="x",
            owner=office.head,
            due_on=date(2026, 12, 31),
            form_key=uuid4(),
        )


@pytest.mark.parametrize("before", list(ActionState))
@pytest.mark.parametrize("after", list(ActionState))
def test_every_move_of_an_action_is_allowed_or_refused(office, action, today, before, after):
    FollowUp.objects.update(state=before)
    owner = office.viewer(office.head)
    move = {"actor": owner, "follow_up": action, "state": after, "proof": "Foto papan loket", "today": today}
    if after in ACTION_MOVES[before]:
        moved = move_action(**move, version=0)
        assert (moved.state, moved.done_on) == (after, today if after == ActionState.DONE else None)
    else:
        with pytest.raises(NotNow):
            move_action(**move, version=0)


def test_done_needs_proof_and_only_owner_and_manager_tell(office, manager, action, today):
    move = {"follow_up": action, "state": "selesai", "today": today, "version": 0}
    with pytest.raises(NotAllowed):
        move_action(actor=manager, proof="", **move)
    with pytest.raises(NotAllowed):
        move_action(actor=office.viewer(office.employee("Sari")), proof="ada", **move)
    assert move_action(actor=manager, proof="Loket kedua dibuka 3 November", **move).version == 1
    with pytest.raises(Stale):
        move_action(actor=manager, proof="ada", **move)
