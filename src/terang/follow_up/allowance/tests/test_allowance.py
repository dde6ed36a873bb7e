"""The allowance of a government: two people for a rule, slips that say why, disputes before payment, then frozen."""

import re
from datetime import date
from importlib.resources import files
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from terang.audit.models import JournalEntry
from terang.evaluation.appraisals.models import Adjustment, Appraisal, Objection, RatingWindow
from terang.evaluation.models import Period
from terang.evidence.attendance.models import AttendanceDay
from terang.follow_up.allowance.gathering import gather
from terang.follow_up.allowance.models import Dispute, RuleState, Run, RunState, Slip
from terang.follow_up.allowance.page import page_of
from terang.follow_up.allowance.services import (
    Given,
    Verdict,
    approve_run,
    compute_run,
    decide_dispute,
    decide_rule,
    dispute_slip,
    give_facts,
    hourly,
    propose_rule,
    start_run,
)
from terang.follow_up.allowance.services.hourly import _begin_due
from terang.follow_up.allowance.tests.conftest import OCTOBER, RULE
from terang.rules.allowance import compute, load_rule
from terang.web.errors import NotAllowed, NotNow, Stale

BASIC = 3_385_350
"""7,523,000 of class 8 times 0.45."""


def dispute(paid, name="andi", text="Surat tugas 12.", key=None, row=0):
    slip = paid.slip(name)
    return dispute_slip(actor=paid.viewer(name), slip=slip, row=row, text=text, form_key=key or uuid4())


# rules


def test_a_second_person_approves_a_rule(paying):
    made = paying.rule(actor="maya")
    assert (made.state, made.number) == (RuleState.PROPOSED, 1)
    with pytest.raises(NotAllowed, match="Orang kedua"):
        decide_rule(actor=paying.viewer("maya"), rule=made, approve=True, reason="", seen=0)
    with pytest.raises(NotAllowed):
        decide_rule(actor=paying.viewer("hendra"), rule=made, approve=True, reason="", seen=0)
    with pytest.raises(Stale):
        decide_rule(actor=paying.viewer("tono"), rule=made, approve=True, reason="", seen=7)
    decided = decide_rule(actor=paying.viewer("tono"), rule=made, approve=True, reason="", seen=0)
    assert decided.state == RuleState.APPROVED
    decide_rule(actor=paying.viewer("tono"), rule=made, approve=True, reason="", seen=0)
    assert JournalEntry.objects.filter(verb="allowance.rule_approved").count() == 1
    with pytest.raises(NotNow):
        decide_rule(actor=paying.viewer("sri"), rule=made, approve=False, reason="x", seen=1)


def test_sent_back_only_with_a_reason(paying):
    made = paying.rule(actor="maya")
    with pytest.raises(ValidationError):
        decide_rule(actor=paying.viewer("tono"), rule=made, approve=False, reason=" ", seen=0)
    assert (
        decide_rule(actor=paying.viewer("tono"), rule=made, approve=False, reason="Dasar?", seen=0).reason == "Dasar?"
    )
    with pytest.raises(NotNow, match="Belum ada aturan"):
        paying.run()


def test_a_faulty_rule_is_refused_with_every_problem(paying):
    with pytest.raises(ValidationError) as refused:
        paying.rule(RULE.replace('of = "basic"', 'of = "basik"'), actor="maya")
    assert any("basik" in each for each in refused.value.message_dict["text"])


def test_the_same_form_proposes_once(paying):
    key = uuid4()
    made = [propose_rule(actor=paying.viewer("maya"), agency=paying.cast.agency, text=RULE, form_key=key) for _ in "12"]
    assert made[0] == made[1]


@pytest.mark.parametrize(("name", "paid"), [("pola_40_60", 3_283_790), ("jenjang", BASIC)])
def test_the_rules_of_the_demo_hold(name, paid):
    text = (files("terang.demo") / "allowance_rules" / f"{name}.toml").read_text(encoding="utf-8")
    facts = {"employment": "pns", "rank": "III/b", "class": 8, "salary_idr": 0, "salary_insurance_idr": 0}
    days = {f"{kind}_{n}": 0 for kind in ("late", "early") for n in (1, 2, 3, 4)} | {"absent_days": 0}
    assert compute(load_rule(text), facts | days | {"score_bp": 9500}, OCTOBER).gross_idr == paid


# runs and slips


def test_a_slip_says_how_each_rupiah_came_about(paid):
    slip = paid.slip("andi")
    steps = {row["step"]: row for row in slip.ledger["rows"]}
    assert (steps["basic"]["value"], steps["discipline"]["value"], steps["productivity"]["value"]) == (
        BASIC,
        9900,
        10000,
    )
    beban, prestasi = BASIC * 4 // 10, BASIC * 6 // 10
    parts = [part * portion * bp for part in (beban, prestasi) for portion, bp in ((4, 9900), (6, 10000))]
    gross = sum((2 * part + 100_000) // 200_000 for part in parts)
    assert slip.gross_idr == gross
    insurance = ((4_000_000 + gross) + 50) // 100 - 40_000
    assert slip.net_idr == gross - insurance - (gross * 5 + 50) // 100
    late = [row["number"] for row in slip.ledger["rows"] if "late_2" in row["facts"]]
    assert steps["discipline"]["number"] in late


def test_the_slip_page_leads_to_the_day(paid, sign_in):
    slip = paid.slip("andi")
    page = sign_in("andi").get(slip.get_absolute_url())
    text = page.content.decode()
    assert f"pegawai={slip.employee_id}&amp;bulan=2026-10" in text
    assert "terlambat jenjang 2" in text
    assert "1 × −1\u00a0%" in text
    told = page_of(slip)
    assert told.ledger.net_idr == slip.net_idr
    assert [line.number for line in told.workings] == [1, 2, 3]


def test_what_is_missing_is_said_and_never_zero(paying):
    paying.rule()
    paying.run()
    slip = paying.slip("andi")
    assert (slip.net_idr, slip.ledger) == (None, None)
    assert "gaji" in slip.problem


def test_a_month_that_runs_or_is_begun_already(paid):
    with pytest.raises(NotNow, match="belum berakhir"):
        paid.run(date(2026, 11, 1))
    first = Run.objects.get()
    assert start_run(actor=paid.viewer("tono"), agency=paid.cast.agency, month=date(2026, 10, 17)) == first
    before = list(Slip.objects.values_list("pk", "digest"))
    compute_run(first.pk)
    assert list(Slip.objects.values_list("pk", "digest")) == before
    assert JournalEntry.objects.filter(verb="allowance.run_computed").count() == 1


def test_an_old_month_keeps_its_rule_and_its_slips(paid):
    kept = paid.slip("andi")
    newer = RULE.replace("valid_from = 2026-01-01\nlegal", "valid_from = 2026-11-01\nlegal").replace("0.45", "0.30")
    paid.rule(newer)
    AttendanceDay.objects.filter(employee=kept.employee).update(status="tanpa_keterangan")
    assert paid.slip("andi").digest == kept.digest
    rule = load_rule(kept.run.rule.text)
    assert rule.version == 1


def test_the_worker_begins_last_month_once_the_day_has_come(paying, monkeypatch):
    paying.rule()
    for day, runs in ((2, 0), (3, 1), (4, 1)):
        monkeypatch.setattr(hourly, "local_today", lambda _, day=day: date(2026, 11, day))
        _begin_due(paying.cast.agency)
        assert Run.objects.count() == runs


def test_a_sanction_given_by_hand_cuts_from_the_month_after(paying):
    paying.rule()
    paying.salaries()
    row = Given(paying.cast.people["rina"], "sanction", "sedang_6", date(2026, 9, 20), "SK 9/2026")
    give_facts(actor=paying.viewer("maya"), agency_id=paying.cast.agency.pk, rows=[row])
    paying.run()
    (cut,) = [each for each in paying.slip("rina").ledger["rows"] if each["step"] == "hukuman_disiplin"]
    whole = sum(each["amount"] for each in paying.slip("rina").ledger["rows"] if each["kind"] == "pay")
    assert cut["amount"] == -((2 * whole * 2500 + 10_000) // 20_000)
    with pytest.raises(NotAllowed):
        give_facts(actor=paying.viewer("rina"), agency_id=paying.cast.agency.pk, rows=[row])
    wrong = Given(paying.cast.people["rina"], "salary_idr", "banyak", date(2026, 9, 20), "SK")
    with pytest.raises(ValidationError):
        give_facts(actor=paying.viewer("maya"), agency_id=paying.cast.agency.pk, rows=[wrong])


def test_gathering_asks_as_much_for_one_as_for_all(paid):
    rule = load_rule(RULE)
    counts = []
    for only in (paid.cast.people["andi"].pk, None):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            gather(paid.cast.agency.pk, OCTOBER, rule, only=only)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 8


# disputes


def test_an_upheld_dispute_makes_a_new_slip_with_its_reason(paid):
    before = paid.slip("andi")
    made = dispute(paid, row=2)
    digest = Run.objects.get().digest
    verdict = Verdict(True, "Surat tugas 12 benar.", "late_2", "0")
    done = paid.uphold(made, verdict)
    after = paid.slip("andi")
    assert (after.number, after.pk) == (2, done.outcome_id)
    assert after.net_idr > before.net_idr
    assert after.corrected == {"late_2": 0}
    assert not Slip.objects.get(pk=before.pk).is_current
    assert Run.objects.get().digest != digest
    entry = JournalEntry.objects.get(verb="allowance.dispute_decided")
    assert entry.subject_employee_id == before.employee_id
    again = decide_dispute(actor=paid.viewer("maya"), dispute=made, verdict=verdict, seen=0)
    assert again.outcome_id == done.outcome_id
    assert Slip.objects.filter(employee=before.employee).count() == 2


def test_an_upheld_dispute_takes_mended_records(paid):
    made = dispute(paid)
    with pytest.raises(ValidationError, match="Tidak ada yang berubah"):
        decide_dispute(actor=paid.viewer("maya"), dispute=made, verdict=Verdict(True, "Ya."), seen=0)
    AttendanceDay.objects.filter(employee=made.slip.employee).update(late_minutes=0)
    done = paid.uphold(made, Verdict(True, "Ya."))
    assert done.outcome.gross_idr == BASIC


def test_refused_it_stays_and_the_reason_is_read(paid, sign_in):
    made = dispute(paid)
    before = paid.slip("andi")
    with pytest.raises(ValidationError):
        decide_dispute(actor=paid.viewer("maya"), dispute=made, verdict=Verdict(False, " "), seen=0)
    with pytest.raises(Stale):
        decide_dispute(actor=paid.viewer("maya"), dispute=made, verdict=Verdict(False, "Tidak ada surat."), seen=9)
    decide_dispute(actor=paid.viewer("maya"), dispute=made, verdict=Verdict(False, "Tidak ada surat."), seen=0)
    assert paid.slip("andi") == before
    assert "Tidak ada surat." in sign_in("andi").get(before.get_absolute_url()).content.decode()
    with pytest.raises(NotNow):
        decide_dispute(actor=paid.viewer("tono"), dispute=made, verdict=Verdict(True, "Ada."), seen=1)


def test_only_the_owner_disputes_once_at_a_time_and_before_payment(paid):
    key = uuid4()
    first = dispute(paid, key=key)
    assert dispute(paid, key=key) == first
    with pytest.raises(NotNow, match="masih menunggu"):
        dispute(paid)
    with pytest.raises(NotAllowed):
        dispute_slip(actor=paid.viewer("rina"), slip=paid.slip("andi"), row=0, text="x", form_key=uuid4())
    with pytest.raises(ValidationError):
        dispute(paid, "rina", " ")
    with pytest.raises(NotAllowed):
        decide_dispute(actor=paid.viewer("hendra"), dispute=first, verdict=Verdict(False, "x"), seen=0)


def test_nobody_decides_about_the_own_slip(paid):
    made = dispute(paid, "maya")
    with pytest.raises(NotAllowed, match="orang lain"):
        decide_dispute(actor=paid.viewer("maya"), dispute=made, verdict=Verdict(False, "x"), seen=0)


def test_a_second_person_approves_and_then_nothing_changes(paid):
    run = Run.objects.get()
    made = dispute(paid)
    with pytest.raises(NotAllowed, match="Anda yang memulai"):
        approve_run(actor=paid.viewer("maya"), run=run, seen=run.version)
    with pytest.raises(NotNow, match="sanggahan"):
        approve_run(actor=paid.viewer("tono"), run=run, seen=run.version)
    decide_dispute(actor=paid.viewer("maya"), dispute=made, verdict=Verdict(False, "Tidak ada surat."), seen=0)
    with pytest.raises(Stale):
        approve_run(actor=paid.viewer("tono"), run=run, seen=run.version + 5)
    approved = approve_run(actor=paid.viewer("tono"), run=run, seen=run.version)
    assert (approved.state, approved.approved_by.name) == (RunState.APPROVED, "Tono Wijaya")
    assert approve_run(actor=paid.viewer("tono"), run=run, seen=run.version).version == approved.version
    with pytest.raises(NotNow, match="disetujui untuk dibayar"):
        dispute(paid, "rina")


# pages


def test_who_reads_a_slip(paid, sign_in):
    slip = paid.slip("andi")
    for name, status in (("andi", 200), ("maya", 200), ("lina", 200), ("rina", 403), ("hendra", 403)):
        assert sign_in(name).get(slip.get_absolute_url()).status_code == status, name


def test_a_dispute_by_page_and_its_decision(paid, sign_in):
    slip = paid.slip("andi")
    body = {"row": "2", "text": "Surat tugas 12.", "form_key": str(uuid4())}
    for _press in range(2):
        assert sign_in("andi").post(reverse("allowance:raise", args=[slip.pk]), body).status_code == 302
    made = Dispute.objects.get()
    told = {"decision": "terima", "code": "late_2", "value": "x", "reason": "Benar.", "version": "0"}
    address = reverse("allowance:dispute", args=[made.pk])
    page = sign_in("maya").post(address, told)
    assert page.status_code == 422
    assert "Tulis angka" in page.content.decode()
    page = sign_in("maya").post(address, told | {"value": "0"})
    assert page.status_code == 200
    assert "Periksa, lalu tekan sekali lagi" in page.content.decode()
    assert Dispute.objects.get().state == "menunggu"
    shown = re.search(r'name="shown" value="(\w{64})"', page.content.decode()).group(1)
    assert sign_in("maya").post(address, told | {"value": "0", "shown": shown}).status_code == 302
    assert "diperbaiki putusan" in sign_in("andi").get(paid.slip("andi").get_absolute_url()).content.decode()


def test_the_payment_file_only_once_the_month_is_approved(paid, sign_in):
    run = Run.objects.get()
    address = reverse("allowance:run", args=[run.pk])
    draft = sign_in("maya").get(address, {"ekspor": "csv"})
    assert draft["Content-Type"].startswith("text/html")
    assert "Draf: belum disetujui" in draft.content.decode()
    assert "ekspor=csv" not in sign_in("maya").get(address).content.decode()
    approve_run(actor=paid.viewer("tono"), run=run, seen=run.version)
    page = sign_in("maya").get(address, {"ekspor": "csv"})
    text = b"".join(page.streaming_content).decode() if page.streaming else page.content.decode()
    row = next(line for line in text.splitlines() if "Andi Pratama" in line)
    assert "199203172019031004" in row
    assert str(paid.slip("andi").net_idr) in row


def test_the_list_asks_as_much_for_few_as_for_many(paid, sign_in):
    address = reverse("allowance:run", args=[Run.objects.get().pk])
    client = sign_in("maya")
    counts = []
    for narrowed in ({"q": "Andi"}, {}):
        with CaptureQueriesContext(connection) as asked:
            client.get(address, narrowed)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_empty_pages_say_what_to_do(paying, sign_in):
    assert "Belum ada slip" in sign_in("andi").get(reverse("allowance:mine")).content.decode()
    assert "Belum ada bulan yang dihitung" in sign_in("maya").get(reverse("allowance:desk")).content.decode()
    assert sign_in("andi").get(reverse("allowance:desk")).status_code == 403


def test_the_predicate_is_the_one_that_counts_after_calibration_and_objection(paying):
    cast, day = paying.cast, date(2026, 9, 30)
    unit = cast.units["register"]
    period = Period.objects.create(
        agency=cast.agency, kind="quarter", name="TW III", starts_on=date(2026, 7, 1), ends_on=date(2026, 10, 1)
    )
    window = RatingWindow.objects.create(period=period, opens_on=day, closes_on=day, basis="SE", opened_by=cast.maya)
    marks = {"work_result": "meets", "behaviour": "meets"}
    row = Appraisal.objects.create(
        window=window,
        employee=cast.andi,
        home=unit,
        unit=unit,
        rater=cast.hendra,
        state="selesai",
        predicate="butuh_perbaikan",
        decided_on=day,
        **marks,
    )

    def counted() -> object:
        (found,) = gather(cast.agency.pk, OCTOBER, load_rule(RULE), only=cast.andi.pk)
        return found.facts["predicate"]

    assert counted() == "butuh_perbaikan"
    two = {"proposed_by": cast.sri, "confirmed_by": cast.maya}
    Adjustment.objects.create(appraisal=row, predicate="baik", reason="Setara", decided_on=day, **two, **marks)
    assert counted() == "baik"
    days = {"filed_on": day, "last_day": day, "decision_due": day}
    Objection.objects.create(
        appraisal=row, text="…", outcome="berubah", predicate="sangat_baik", form_key=uuid4(), **days, **marks
    )
    assert counted() == "sangat_baik"
