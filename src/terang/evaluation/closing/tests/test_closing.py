"""Closing freezes for ever what everybody came to, and what it was made of."""

import hashlib
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from terang.audit.models import JournalEntry
from terang.evaluation.appraisals.models import Alignment, Appraisal, RatingWindow
from terang.evaluation.closing.models import Closing, ClosingState, FrozenInputs, FrozenScore
from terang.evaluation.closing.selectors import changed_by, counting_run
from terang.evaluation.closing.services import (
    ask_check,
    ask_closing,
    check_run,
    confirm_correction,
    continue_run,
    drop_correction,
    freeze,
    freezing,
    propose_correction,
    take_up,
)
from terang.evaluation.closing.tests.conftest import DAYS
from terang.evaluation.models import Period, Score
from terang.evaluation.services import recompute
from terang.web.errors import NotAllowed, NotNow


def total_of(city, closing, name="andi"):
    return FrozenScore.objects.get(closing=closing, employee=city.cast.people[name]).total_bp


# ---------------------------------------------------------------- freezing
def test_everybody_is_frozen_with_the_score_the_rules_give(city):
    """Andi: 4 of 5 days present (8,000), on time on all 4 (10,000): 0.6 · 8,000 + 0.4 · 10,000 = 8,800."""
    run = city.close()
    assert (run.state, total_of(city, run), total_of(city, run, "rina")) == (ClosingState.DONE, 8_800, 10_000)
    assert Score.objects.get(employee=city.cast.andi, period=city.period).total_bp == 8_800
    assert run.total == run.done == 13
    assert FrozenScore.objects.filter(closing=run).count() == 12, "the elected head is not evaluated"


def test_the_digest_of_a_run_is_that_of_its_lines(city):
    run = city.close()
    rows = FrozenScore.objects.filter(closing=run).values_list("employee__nip", "digest")
    lines = "".join(f"{nip} {digest}\n" for nip, digest in sorted(rows))
    assert run.digest == hashlib.sha256(lines.encode()).hexdigest()


def test_evaluated_again_from_what_was_kept_everybody_comes_out_the_same_whatever_happened_since(city):
    run = city.close()
    city.present("andi", DAYS)
    Score.objects.all().delete()
    assert check_run(run.pk) == (12, 12)
    assert Closing.objects.get(pk=run.pk).holds


@pytest.mark.parametrize("hand", ["inputs", "result", "nobody left out"])
def test_a_hand_on_what_is_frozen_is_found(city, hand):
    run = city.close()
    if hand == "inputs":
        part = FrozenInputs.objects.get(closing=run)
        FrozenInputs.objects.filter(pk=part.pk).update(body=bytes(part.body)[:-1] + b"x")
    elif hand == "result":
        FrozenScore.objects.filter(closing=run, employee=city.cast.andi).update(digest="0" * 64)
    else:
        FrozenScore.objects.filter(closing=run, employee=city.cast.andi).delete()
    same, people = check_run(run.pk)
    assert same == 0 < people
    assert not Closing.objects.get(pk=run.pk).holds


def test_after_closing_new_evidence_changes_nothing_until_it_is_corrected(city):
    run = city.close()
    city.present("andi", DAYS)
    assert recompute(employee_ids=[city.cast.andi.pk], period=city.period).changed == 0
    assert total_of(city, run) == 8_800


# ---------------------------------------------------------------- what stands before it
def test_a_period_is_closed_after_it_has_ended_by_personnel_and_once(city):
    for name in ("hendra", "mayor", "lina", "agus", "tono"):
        with pytest.raises(NotAllowed):
            city.ask(name)
    city.day = DAYS[-1]
    with pytest.raises(NotNow, match="30 November 2026"):
        city.ask()
    city.day = city.period.ends_on
    with pytest.raises(ValidationError) as refused:
        city.ask(basis=" ")
    assert list(refused.value.message_dict) == ["basis"]
    assert Period.objects.get(pk=city.period.pk).closed_at is None
    key = uuid4()
    first = city.ask(form_key=key)
    assert city.ask(form_key=key) == first
    with pytest.raises(NotNow):
        city.ask()
    assert Closing.objects.count() == 1


def test_unfinished_ratings_are_left_only_with_a_reason_and_counted(city):
    window = RatingWindow.objects.create(
        period=city.period, opens_on=DAYS[0], closes_on=DAYS[1], basis="SE", opened_by=city.cast.maya
    )
    unit = city.cast.units["register"]
    said = {"window": window, "home": unit, "unit": unit, "rater": city.cast.hendra}
    Appraisal.objects.create(employee=city.cast.andi, state="draf", **said)
    Appraisal.objects.create(employee=city.cast.rina, state="diterima", predicate="baik", **said)
    with pytest.raises(ValidationError) as refused:
        city.ask()
    assert list(refused.value.message_dict) == ["reason"]
    made = city.ask(reason="Penilai sakit; dinilai tahun depan.")
    assert made.left == {"draf": 1, "belum": 10}


def test_a_period_is_not_closed_over_a_calibration_that_is_open(city, sign_in):
    window = RatingWindow.objects.create(
        period=city.period, opens_on=DAYS[0], closes_on=DAYS[1], basis="SE", opened_by=city.cast.maya
    )
    unit = city.cast.units["register"]
    said = {"window": window, "home": unit, "unit": unit, "rater": city.cast.hendra}
    row = Appraisal.objects.create(
        employee=city.cast.andi, state="ditetapkan", predicate="baik", alignment=Alignment.OPEN, **said
    )
    with pytest.raises(NotNow, match="penyelarasan"):
        city.ask(reason="Tahun habis")
    assert (
        "Penyelarasan masih berjalan"
        in sign_in("maya").get(reverse("closing:period", args=[city.period.pk])).content.decode()
    )
    Appraisal.objects.filter(pk=row.pk).update(alignment=Alignment.CLOSED)
    assert city.ask(reason="Tahun habis").left == {"ditetapkan": 1, "belum": 11}


# ---------------------------------------------------------------- killed workers
def test_a_worker_killed_at_any_moment_loses_and_doubles_nobody(city, monkeypatch):
    monkeypatch.setattr(freezing, "BATCH", 2)
    whole = city.ask()
    real, calls = freezing.pack, []

    def dies(evidence):
        calls.append(1)
        if len(calls) in (1, 3, 4):
            raise SystemExit
        return real(evidence)

    monkeypatch.setattr(freezing, "pack", dies)
    for _again in range(3):
        with pytest.raises(SystemExit):
            freeze(whole.pk)
    assert Closing.objects.get(pk=whole.pk).state == ClosingState.RUNNING
    assert take_up() == 1
    run = Closing.objects.get(pk=whole.pk)
    assert (run.state, FrozenScore.objects.filter(closing=run).count()) == (ClosingState.DONE, 12)
    assert run.done == run.total == 13
    assert [part.number for part in run.inputs.all()] == list(range(1, run.inputs.count() + 1))
    assert check_run(run.pk) == (12, 12)


def test_batches_of_any_size_give_the_same_digest(city, monkeypatch):
    one = city.close().digest
    Closing.objects.all().delete()
    Period.objects.update(closed_at=None)
    monkeypatch.setattr(freezing, "BATCH", 3)
    assert city.close().digest == one


def test_a_second_worker_leaves_a_batch_to_the_first(city):
    run = city.close()
    Closing.objects.filter(pk=run.pk).update(state=ClosingState.RUNNING)
    assert freezing._freeze_batch(run.pk, [city.cast.andi.pk], 1) is False
    assert FrozenScore.objects.filter(closing=run).count() == 12


def test_only_a_stalled_run_is_asked_for_again(city):
    run = city.ask()
    with pytest.raises(NotNow):
        continue_run(actor=city.viewer("maya"), closing=run)
    city.day = city.day.replace(day=16)
    continue_run(actor=city.viewer("maya"), closing=run)
    with pytest.raises(NotAllowed):
        continue_run(actor=city.viewer("lina"), closing=run)


# ---------------------------------------------------------------- corrections
def test_a_correction_is_new_evidence_and_a_new_run_and_the_first_stays(city):
    first = city.close()
    city.present("andi", DAYS)
    second = city.correct()
    assert (total_of(city, first), total_of(city, second)) == (8_800, 10_000)
    assert counting_run(city.period) == second
    [(row, before)] = changed_by(second)
    assert (row.employee, before.total_bp) == (city.cast.andi, 8_800)
    assert Score.objects.get(employee=city.cast.andi, period=city.period).total_bp == 10_000
    told = JournalEntry.objects.filter(verb="evaluation.score_changed", subject_employee_id=city.cast.andi.pk)
    assert told.last().changes["total_bp"] == [8_800, 10_000]
    assert check_run(first.pk) == check_run(second.pk) == (12, 12)


def test_a_correction_needs_a_second_person_and_waits_for_no_other(city):
    said = {"period": city.period, "basis": "BA 2", "reason": "Bukti baru"}
    with pytest.raises(NotNow):
        propose_correction(actor=city.viewer("maya"), form_key=uuid4(), **said)
    city.close()
    for name in ("hendra", "lina", "mayor"):
        with pytest.raises(NotAllowed):
            propose_correction(actor=city.viewer(name), form_key=uuid4(), **said)
    made = propose_correction(actor=city.viewer("maya"), form_key=uuid4(), **said)
    freeze(made.pk)
    assert not FrozenScore.objects.filter(closing=made).exists(), "nothing before it is confirmed"
    for name in ("maya", "lina", "hendra"):
        with pytest.raises(NotAllowed):
            confirm_correction(actor=city.viewer(name), closing=made)
    with pytest.raises(NotNow):
        propose_correction(actor=city.viewer("joko"), form_key=uuid4(), **said)
    assert confirm_correction(actor=city.viewer("joko"), closing=made).confirmed_by == city.cast.joko
    with pytest.raises(NotNow):
        drop_correction(actor=city.viewer("maya"), closing=made)


def test_a_dropped_correction_changes_nothing_and_the_next_one_has_another_number(city):
    first = city.close()
    said = {"period": city.period, "basis": "BA 2", "reason": "Bukti baru"}
    made = propose_correction(actor=city.viewer("maya"), form_key=uuid4(), **said)
    drop_correction(actor=city.viewer("maya"), closing=made)
    with pytest.raises(NotNow):
        confirm_correction(actor=city.viewer("joko"), closing=made)
    assert counting_run(city.period) == first
    assert propose_correction(actor=city.viewer("maya"), form_key=uuid4(), **said).number == 3


# ---------------------------------------------------------------- pages
def test_the_road_on_the_screen_from_an_ended_period_to_a_checked_run(city, sign_in):
    client = sign_in("maya")
    page = client.get(reverse("closing:period", args=[city.period.pk])).content.decode()
    assert "Tutup periode" in page
    form = client.get(reverse("closing:close", args=[city.period.pk])).context["form"]
    told = {"basis": "BA 1/2026", "form_key": str(form["form_key"].value())}
    page = client.post(reverse("closing:close", args=[city.period.pk]), told, follow=True).content.decode()
    assert "sedang dibekukan" in page
    run = Closing.objects.get()
    assert "0 dari 0 pegawai dibekukan" in client.get(run.get_absolute_url()).content.decode()
    freeze(run.pk)
    assert client.get(reverse("closing:progress", args=[run.pk]))["HX-Refresh"] == "true"
    page = client.get(run.get_absolute_url()).content.decode()
    assert "Andi Pratama" in page
    assert "88,0" in page
    ask_check(actor=city.viewer("lina"), closing=run)
    check_run(run.pk)
    assert "semua 12 pegawai mendapat hasil yang sama" in client.get(run.get_absolute_url()).content.decode()


def test_a_person_reads_the_own_frozen_results_and_nobody_elses(city, sign_in):
    city.close()
    city.present("andi", DAYS)
    city.correct("Libur daerah terlewat")
    address = reverse("closing:person", args=[city.period.pk, city.cast.andi.pk])
    page = sign_in("andi").get(address).content.decode()
    assert page.index("100,0") < page.index("88,0")
    assert "Libur daerah terlewat" in page
    for name in ("rina", "tono"):
        assert sign_in(name).get(address).status_code == 403
    assert sign_in("andi").get(reverse("closing:periods")).status_code == 403
    score = sign_in("andi").get(reverse("evaluation:score", args=[city.period.pk, city.cast.andi.pk])).content.decode()
    assert "Periode ini ditutup" in score


def test_the_pages_ask_a_fixed_number_of_questions(city, sign_in):
    run = city.close()
    client = sign_in("maya")
    counts = []
    for _round in range(2):
        for address in (
            run.get_absolute_url(),
            reverse("closing:periods"),
            reverse("closing:period", args=[city.period.pk]),
        ):
            client.get(address)
            with CaptureQueriesContext(connection) as asked:
                client.get(address)
            counts.append(len(asked))
        template = FrozenScore.objects.filter(closing=run).first()
        people = [city.cast.people["mayor"]]
        FrozenScore.objects.bulk_create(
            FrozenScore(
                closing=run, employee=each, unit=template.unit, result=template.result, input_digest="", digest="d"
            )
            for each in people
            if not FrozenScore.objects.filter(closing=run, employee=each).exists()
        )
        for month in range(1, 10):
            Period.objects.get_or_create(
                agency=city.cast.agency,
                kind="month",
                starts_on=city.period.starts_on.replace(year=2025, month=month),
                defaults={"name": str(month), "ends_on": city.period.starts_on.replace(year=2025, month=month + 1)},
            )
    assert counts[:3] == counts[3:]


def test_closing_for_another_government_is_refused(city):
    from tests.cast import make_cast

    stranger = make_cast("99.72", "Pemerintah Kota Lain").viewer("maya")
    with pytest.raises(NotAllowed):
        ask_closing(actor=stranger, period=city.period, basis="x", reason="", form_key=uuid4())
