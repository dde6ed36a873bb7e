"""Plans: written by the person, talked about, agreed by the appraiser; what was agreed becomes rows."""

import uuid
from dataclasses import replace
from datetime import date, datetime

import pytest
from tests.cast import TODAY, ZONE, make_cast

from terang.audit.models import JournalEntry
from terang.planning.plans.models import Plan, PlanState, VersionState
from terang.planning.plans.selectors import agreed_plan, version_in_force
from terang.planning.plans.services import (
    agree,
    close_plan,
    comment,
    discard_version,
    discuss,
    open_change,
    open_plan,
    submit,
    withdraw,
    write_document,
)
from terang.rules.plans import PlanDocument, PlannedIndicator, PlannedResult, as_json, from_json
from terang.web.errors import NotAllowed, NotNow, Stale

CARDS = PlannedIndicator("i1", "Jumlah KTP terbit", unit_label="dokumen", target_milli=960_000)
RESULT = PlannedResult("r1", "KTP terbit tepat waktu", indicators=(CARDS,))
DOCUMENT = PlanDocument(results=(RESULT,))
YEAR = {"period_start": date(2026, 1, 1), "period_end": date(2027, 1, 1)}


@pytest.fixture
def cast(db):
    return make_cast()


def begin(cast, document=DOCUMENT, name="andi"):
    return open_plan(actor=cast.viewer(name), employee=cast.people[name], document=document, **YEAR)


def submitted(cast, **change):
    version = begin(cast, **change)
    return submit(actor=cast.viewer("andi"), version=version, seen=version.version)


def agreed(cast):
    version = submitted(cast)
    return agree(actor=cast.viewer("hendra"), version=version, seen=version.version)


def test_a_plan_is_written_submitted_and_agreed(cast):
    version = submitted(cast)
    assert agreed_plan(cast.andi.pk, TODAY) is None
    assert version.answer_due == date(2026, 12, 1), "five working days after Tuesday"
    done = agree(actor=cast.viewer("hendra"), version=version, seen=version.version)
    assert (done.state, done.agreed_by, done.instead, len(done.digest)) == (VersionState.AGREED, cast.hendra, False, 64)
    found = agreed_plan(cast.andi.pk, TODAY)
    assert (found.state, found.agreed_on, found.unit) == (PlanState.AGREED, TODAY, cast.units["register"])
    assert [i.target_milli for result in found.results.all() for i in result.indicators.all()] == [960_000]
    told = [(entry.verb, entry.subject_employee_id) for entry in JournalEntry.objects.order_by("id")]
    assert told == [(f"plans.plan_{verb}", cast.andi.pk) for verb in ("created", "submitted", "agreed")]


def test_only_the_appraiser_agrees_once_and_to_what_was_read(cast):
    version = submitted(cast)
    for name in ("andi", "sri", "rina", "maya"):
        with pytest.raises(NotAllowed):
            agree(actor=cast.viewer(name), version=version, seen=version.version)
    with pytest.raises(Stale):
        agree(actor=cast.viewer("hendra"), version=version, seen=version.version - 1)
    agree(actor=cast.viewer("hendra"), version=version, seen=version.version)
    with pytest.raises(NotNow):
        agree(actor=cast.viewer("hendra"), version=version, seen=version.version + 1)


def test_a_silent_appraiser_blocks_nobody(cast):
    """Lampiran II.C.5 p. 65: the superior may answer once the days have passed, and not before."""
    version = submitted(cast)
    on_time = cast.viewer("sri", datetime(2026, 12, 1, 9, tzinfo=ZONE))
    with pytest.raises(NotAllowed, match="masih dalam waktu"):
        agree(actor=on_time, version=version, seen=version.version)
    late = cast.viewer("sri", datetime(2026, 12, 2, 9, tzinfo=ZONE))
    assert agree(actor=late, version=version, seen=version.version).instead


def test_what_the_appraiser_rewords_needs_both(cast):
    version = submitted(cast)
    other = replace(DOCUMENT, results=(replace(RESULT, main=True, text="KTP terbit dalam satu hari"),))
    version = write_document(actor=cast.viewer("hendra"), version=version, seen=version.version, document=other)
    assert version.state == VersionState.DISCUSSED
    with pytest.raises(NotNow):
        agree(actor=cast.viewer("hendra"), version=version, seen=version.version)
    version = submit(actor=cast.viewer("andi"), version=version, seen=version.version)
    done = agree(actor=cast.viewer("hendra"), version=version, seen=version.version)
    assert from_json(done.document).results[0].text == "KTP terbit dalam satu hari"


def test_a_plan_goes_back_only_with_a_comment(cast):
    version, hendra = submitted(cast), cast.viewer("hendra")
    with pytest.raises(NotNow, match="komentar"):
        discuss(actor=hendra, version=version, seen=version.version)
    key = uuid.uuid4()
    for _ in range(2):
        comment(actor=hendra, version=version, row_key="r1", text="Targetnya berapa per bulan?", form_key=key)
    assert version.comments.count() == 1
    version = discuss(actor=hendra, version=version, seen=version.version)
    assert version.state == VersionState.DISCUSSED
    with pytest.raises(NotAllowed):
        comment(actor=cast.viewer("rina"), version=version, row_key="", text="?", form_key=uuid.uuid4())


def test_a_submitted_plan_is_taken_back_to_be_written(cast):
    version, andi = submitted(cast), cast.viewer("andi")
    with pytest.raises(NotNow):
        write_document(actor=andi, version=version, seen=version.version, document=DOCUMENT)
    version = withdraw(actor=andi, version=version, seen=version.version)
    assert (version.state, version.answer_due) == (VersionState.DRAFT, None)
    write_document(actor=andi, version=version, seen=version.version, document=DOCUMENT)


def test_a_change_keeps_rows_and_the_old_wording_until_it_is_agreed(cast):
    first = agreed(cast)
    andi, hendra = cast.viewer("andi"), cast.viewer("hendra")
    with pytest.raises(NotNow, match="alasan"):
        open_change(actor=andi, plan=first.plan, reason=" ")
    change = open_change(actor=andi, plan=first.plan, reason="Blangko berkurang")
    new = PlannedResult("r2", "Arsip tertata", main=False, indicators=(replace(CARDS, key="i2", target_milli=12_000),))
    lower = replace(RESULT, indicators=(replace(CARDS, target_milli=480_000),))
    change = write_document(
        actor=andi, version=change, seen=change.version, document=PlanDocument(results=(new, lower))
    )
    row = first.plan.results.get(key="r1")
    assert row.indicators.get().target_milli == 960_000
    change = submit(actor=andi, version=change, seen=change.version)
    change = agree(actor=hendra, version=change, seen=change.version)
    assert [(r.pk == row.pk, r.number, r.main) for r in first.plan.results.all()] == [
        (True, 1, True),
        (False, 2, False),
    ]
    assert row.indicators.get().target_milli == 480_000
    assert version_in_force(first.plan) == change
    first.refresh_from_db()
    assert from_json(first.document) == DOCUMENT, "what was agreed before is kept as it was"


def test_a_dropped_result_is_retired_and_no_longer_in_force(cast):
    first = agreed(cast)
    andi, hendra = cast.viewer("andi"), cast.viewer("hendra")
    change = open_change(actor=hendra, plan=first.plan, reason="Tugas pindah ke bidang lain")
    other = PlanDocument(results=(replace(RESULT, key="r9", text="Arsip tertata"),))
    change = write_document(actor=andi, version=change, seen=change.version, document=other)
    change = submit(actor=andi, version=change, seen=change.version)
    agree(actor=hendra, version=change, seen=change.version)
    assert first.plan.results.get(key="r1").retired_on == TODAY
    assert [r.key for r in agreed_plan(cast.andi.pk, TODAY).results.all()] == ["r9"]


def test_a_closed_plan_stays_evidence_of_its_time(cast):
    plan = close_plan(actor=None, plan=agreed(cast).plan, on=date(2026, 12, 1), reason="Mutasi")
    assert (plan.state, plan.period_end) == (PlanState.CLOSED, date(2026, 12, 1))
    assert agreed_plan(cast.andi.pk, TODAY) == plan
    assert agreed_plan(cast.andi.pk, date(2026, 12, 1)) is None
    with pytest.raises(NotNow):
        open_change(actor=cast.viewer("andi"), plan=plan, reason="x")


@pytest.mark.parametrize("wrong", [PlanDocument(), PlanDocument(results=(replace(RESULT, indicators=()),))])
def test_an_incomplete_plan_is_kept_but_not_submitted(cast, wrong):
    version = begin(cast, wrong)
    with pytest.raises(NotNow, match="belum lengkap"):
        submit(actor=cast.viewer("andi"), version=version, seen=version.version)


def test_one_plan_for_a_time_and_nobody_writes_anothers(cast):
    begin(cast)
    with pytest.raises(NotNow, match="sudah ada"):
        begin(cast)
    with pytest.raises(NotAllowed):
        open_plan(actor=cast.viewer("hendra"), employee=cast.rina, document=DOCUMENT, **YEAR)
    with pytest.raises(NotNow):
        open_plan(
            actor=cast.viewer("rina"), employee=cast.rina, document=DOCUMENT, period_start=TODAY, period_end=TODAY
        )
    assert Plan.objects.count() == 1


def test_work_from_another_leader_is_approved_by_the_appraiser_alone(cast):
    """A3 p. 46: the person cannot approve it, and rewording it asks anew."""
    work = replace(RESULT, assigner_id=cast.maya.pk, assigned_by="Kepala Badan", approved=True)
    version = begin(cast, PlanDocument(results=(work,)))
    assert from_json(version.document).results[0].approved is None
    version.document = as_json(PlanDocument(results=(work,)))
    version.save()
    andi = cast.viewer("andi")
    same = PlanDocument(
        results=(replace(work, main=False), replace(RESULT, key="r2", indicators=(replace(CARDS, key="i2"),)))
    )
    version = write_document(actor=andi, version=version, seen=version.version, document=same)
    assert from_json(version.document).results[0].approved is True, "only its priority changed"
    other = replace(same, results=(replace(same.results[0], text="Aplikasi kepegawaian berjalan"),))
    version = write_document(actor=andi, version=version, seen=version.version, document=other)
    assert from_json(version.document).results[0].approved is None


def test_a_first_draft_can_be_thrown_away_until_it_is_talked_about(cast):
    andi = cast.viewer("andi")
    version = begin(cast)
    discard_version(actor=andi, version=version, seen=version.version)
    assert not Plan.objects.exists()
    assert JournalEntry.objects.filter(verb="plans.plan_dropped", subject_employee_id=cast.andi.pk).count() == 1
    version = submitted(cast)
    with pytest.raises(NotNow):
        discard_version(actor=andi, version=version, seen=version.version)
    comment(actor=cast.viewer("hendra"), version=version, row_key="", text="Mari bicara", form_key=uuid.uuid4())
    version = withdraw(actor=andi, version=version, seen=version.version)
    with pytest.raises(NotNow, match="sudah dibahas"):
        discard_version(actor=andi, version=version, seen=version.version)
