"""What an allowance must not do in silence: pay without presence, pay once for ever, let one person decide alone."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from terang.audit.models import JournalEntry
from terang.evidence.attendance.models import AttendanceDay, Leave
from terang.follow_up.allowance.forms import VerdictForm
from terang.follow_up.allowance.gathering import gather
from terang.follow_up.allowance.models import Dispute, GivenFact, Run, RunState, Slip
from terang.follow_up.allowance.services import (
    Given,
    Verdict,
    approve_run,
    compute_or_tell,
    compute_run,
    decide_dispute,
    dispute_slip,
    give_facts,
    preview_dispute,
    recompute_run,
    runs,
    start_run,
    withdraw_fact,
)
from terang.follow_up.allowance.tests.conftest import OCTOBER, RULE
from terang.rules.allowance import load_rule
from terang.web.errors import NotAllowed, NotNow, Stale

SANCTIONS = 'sanctions = [{ code = "sedang_6", bp = 2500, months = 6, label = "Pemotongan 25 % selama 6 bulan" }]'
TWO = """sanctions = [
  { code = "sedang_6", bp = 2500, months = 6, label = "Dua puluh lima" },
  { code = "berat_12", bp = 8500, months = 12, label = "Delapan puluh lima" },
]"""


def give(paying, name, code, value, start=OCTOBER, end=None, actor="maya"):
    row = Given(paying.cast.people[name], code, value, start, "SK 1", end)
    viewer = paying.viewer(actor) if actor else None
    return give_facts(actor=viewer, agency_id=paying.cast.agency.pk, rows=[row])[0]


def facts_of(paying, name, month=OCTOBER, text=RULE):
    (found,) = gather(paying.cast.agency.pk, month, load_rule(text), only=paying.cast.people[name].pk)
    return found.facts


def cut_of(slip):
    return [each for each in slip.ledger["rows"] if each["step"] == "hukuman_disiplin"]


# presence


def test_nobody_is_present_because_nothing_is_known(paying):
    AttendanceDay.objects.filter(employee=paying.cast.andi).delete()
    paying.rule()
    paying.salaries()
    paying.run()
    slip = paying.slip("andi")
    assert (slip.net_idr, slip.ledger) == (None, None)
    assert "Tidak ada presensi" in slip.problem
    assert paying.slip("rina").net_idr > 0


def test_who_is_freed_from_presence_by_a_decision_is_paid(paying):
    AttendanceDay.objects.filter(employee=paying.cast.andi).delete()
    paying.rule()
    paying.salaries()
    give(paying, "andi", "attendance_waived", "ya", date(2026, 1, 1))
    paying.run()
    assert paying.slip("andi").net_idr > 0
    assert paying.slip("andi").sources["late_1"] == reverse("allowance:person", args=[paying.cast.andi.pk])


def test_a_rule_that_reads_no_presence_asks_for_none():
    text = (RULE[: RULE.index("[[values]]")] + RULE[RULE.index("[[steps]]") :]).replace("splits = [", "memo_splits = [")
    plain = text.replace("memo_splits", "splits")
    assert load_rule(RULE).uses_presence
    blocks = [each for each in plain.split("[[steps]]") if "splits" not in each]
    beban = '\ncode = "beban"\nkind = "pay"\nlabel = "Beban"\nlabel_en = "Workload"\nof = "basic"\nrate = 10000\n\n'
    kept = "[[steps]]".join([blocks[0], beban, *blocks[1:]]).replace('of = ["beban", "prestasi"]', 'of = "beban"')
    assert not load_rule(kept).uses_presence


# one month, or until it ends


def test_a_fact_of_one_month_is_paid_in_that_month_alone(paying):
    paying.rule()
    made = give(paying, "andi", "bonus_idr", "500000", date(2026, 10, 9))
    assert (made.starts_on, made.ends_on) == (OCTOBER, date(2026, 11, 1))
    assert facts_of(paying, "andi")["bonus_idr"] == 500_000
    assert not facts_of(paying, "andi", date(2026, 11, 1)).get("bonus_idr")
    GivenFact.objects.filter(pk=made.pk).update(ends_on=None)
    assert not facts_of(paying, "andi", date(2026, 11, 1)).get("bonus_idr")
    with pytest.raises(ValidationError, match="satu bulan"):
        give(paying, "andi", "bonus_idr", "500000", OCTOBER, date(2027, 1, 1))


def test_a_recurring_fact_holds_until_it_ends(paying):
    paying.rule()
    give(paying, "andi", "salary_idr", "4000000", date(2026, 1, 1), date(2026, 10, 1))
    assert facts_of(paying, "andi", date(2026, 9, 1))["salary_idr"] == 4_000_000
    assert facts_of(paying, "andi").get("salary_idr") is None


def test_the_form_asks_for_the_month_or_for_from_and_to(paying, sign_in):
    paying.rule()
    address = reverse("allowance:give", args=[paying.cast.andi.pk])
    once = sign_in("maya").get(address, {"fakta": "bonus_idr"}).content.decode()
    assert 'name="month"' in once
    assert 'name="ends_on"' not in once
    standing = sign_in("maya").get(address, {"fakta": "salary_idr"}).content.decode()
    assert 'name="ends_on"' in standing
    assert 'name="month"' not in standing
    key = str(uuid4())
    body = {"value": "500000", "month": "2026-10", "document": "SK 2", "form_key": key}
    for _press in range(2):
        assert sign_in("maya").post(f"{address}?fakta=bonus_idr", body).status_code == 302
    assert GivenFact.objects.filter(code="bonus_idr").count() == 1


def test_who_a_fact_is_about_reads_it_and_its_giver_but_changes_nothing(paying, sign_in):
    paying.rule()
    give(paying, "andi", "bonus_idr", "4000000")
    address = reverse("allowance:person", args=[paying.cast.andi.pk])
    own = sign_in("andi").get(address).content.decode()
    assert "4000000" in own
    assert paying.cast.maya.name in own
    assert reverse("allowance:desk") not in own
    for door in ("allowance:give", "allowance:withdraw"):
        assert reverse(door, args=[paying.cast.andi.pk])[:-3] not in own
    assert sign_in("rina").get(address).status_code == 403


# the facts of the rule in force


def test_what_the_rule_declares_can_be_given_and_nothing_else(paying, sign_in):
    own = '[[facts]]\ncode = "piket"\nunit = "count"\nlabel = "piket malam"\nblank = 0\n\n[[values]]'
    text = (
        RULE.replace("[[values]]", own, 1)
        .replace('code = "bonus"\nkind = "pay"', 'code = "piket_malam"\nkind = "pay"')
        .replace('of = "bonus_idr"', 'of = "bonus_idr"\ncount = "piket"')
    )
    paying.rule(text)
    page = sign_in("maya").get(reverse("allowance:person", args=[paying.cast.andi.pk])).content.decode()
    assert "piket malam" in page
    assert "status PTKP" not in page
    give(paying, "andi", "piket", "3")
    assert facts_of(paying, "andi", text=text)["piket"] == 3
    with pytest.raises(ValidationError, match="tidak membaca"):
        give(paying, "andi", "ptkp", "TK/0")
    with pytest.raises(ValidationError, match="tidak membaca"):
        give(paying, "andi", "late_1", "0")


def test_what_was_given_never_replaces_what_a_room_holds(paying):
    paying.rule()
    andi = paying.cast.andi
    GivenFact.objects.create(
        employee=andi, code="absent_days", value="0", starts_on=OCTOBER, document="-", given_at=timezone.now()
    )
    AttendanceDay.objects.filter(employee=andi, day=date(2026, 10, 7)).update(status="tanpa_keterangan")
    assert facts_of(paying, "andi")["absent_days"] == 1


# two people


def test_nobody_gives_or_withdraws_a_fact_about_themself(paying, sign_in):
    paying.rule()
    with pytest.raises(NotAllowed, match="orang lain"):
        give(paying, "maya", "salary_idr", "9000000")
    made = give(paying, "maya", "salary_idr", "4000000", actor="tono")
    with pytest.raises(NotAllowed, match="orang lain"):
        withdraw_fact(actor=paying.viewer("maya"), fact=made, reason="x")
    address = reverse("allowance:give", args=[paying.cast.maya.pk])
    assert sign_in("maya").get(address, {"fakta": "salary_idr"}).status_code == 403


def test_who_gave_a_fact_does_not_approve_though_the_worker_began(paying):
    paying.rule()
    paying.salaries()
    give(paying, "andi", "bonus_idr", "5000000")
    run = compute_run(start_run(actor=None, agency=paying.cast.agency, month=OCTOBER).pk)
    with pytest.raises(NotAllowed, match="mencatat data"):
        approve_run(actor=paying.viewer("maya"), run=run, seen=run.version)
    assert approve_run(actor=paying.viewer("tono"), run=run, seen=run.version).state == RunState.APPROVED


def test_who_set_a_fact_right_by_a_decision_does_not_approve(paid):
    made = raised(paid)
    paid.uphold(made, Verdict(True, "Benar.", "late_2", "0"), actor="sri")
    run = Run.objects.get()
    with pytest.raises(NotAllowed, match="memutus sanggahan"):
        approve_run(actor=paid.viewer("sri"), run=run, seen=run.version)
    assert approve_run(actor=paid.viewer("tono"), run=run, seen=run.version).approved_by == paid.cast.tono


def raised(paid, name="andi", row=0):
    slip = paid.slip(name)
    return dispute_slip(actor=paid.viewer(name), slip=slip, row=row, text="Surat tugas 12.", form_key=uuid4())


# slips that could not be computed


def test_a_month_with_a_slip_without_amount_is_not_approved_but_computed_again(paying, sign_in):
    AttendanceDay.objects.filter(employee=paying.cast.andi).delete()
    paying.rule()
    paying.salaries()
    run = paying.run()
    with pytest.raises(NotNow, match="Andi Pratama"):
        approve_run(actor=paying.viewer("tono"), run=run, seen=run.version)
    page = sign_in("tono").get(run.get_absolute_url()).content.decode()
    assert "Andi Pratama" in page
    assert reverse("allowance:recompute", args=[run.pk]) in page
    kept = paying.slip("rina")
    AttendanceDay.objects.create(employee=paying.cast.andi, day=OCTOBER, status="hadir")
    run = paying.again()
    assert (paying.slip("andi").number, paying.slip("andi").problem) == (2, "")
    assert paying.slip("rina") == kept
    assert approve_run(actor=paying.viewer("tono"), run=run, seen=run.version).state == RunState.APPROVED
    with pytest.raises(NotNow, match="sudah disetujui"):
        recompute_run(actor=paying.viewer("maya"), run=run, seen=run.version)


def test_computing_again_waits_for_disputes_and_keeps_decisions(paid):
    waiting, slip = raised(paid), paid.slip("andi")
    decided = raised(paid, "rina")
    paid.uphold(decided, Verdict(True, "Benar.", "late_2", "0"))
    AttendanceDay.objects.filter(day=date(2026, 10, 8)).update(status="tanpa_keterangan")
    before = Run.objects.get()
    with pytest.raises(Stale):
        recompute_run(actor=paid.viewer("maya"), run=before, seen=before.version + 4)
    with pytest.raises(NotAllowed):
        recompute_run(actor=paid.viewer("andi"), run=before, seen=before.version)
    for _press in range(2):
        recompute_run(actor=paid.viewer("maya"), run=before, seen=before.version)
    assert JournalEntry.objects.filter(verb="allowance.run_recomputed").count() == 1
    compute_run(before.pk)
    assert paid.slip("andi") == slip
    assert Dispute.objects.get(pk=waiting.pk).slip_id == slip.pk
    rina = paid.slip("rina")
    assert (rina.number, rina.facts["late_2"], rina.facts["absent_days"]) == (3, 0, 1)


def test_a_slip_without_amount_can_be_disputed_and_the_dispute_is_seen(paying, sign_in):
    paying.rule()
    paying.run()
    made, slip = raised(paying), paying.slip("andi")
    page = sign_in("andi").get(slip.get_absolute_url()).content.decode()
    assert "Surat tugas 12." in page
    assert "Belum dapat dihitung" in page
    decide_dispute(actor=paying.viewer("maya"), dispute=made, verdict=Verdict(False, "Gaji menyusul."), seen=0)
    page = sign_in("andi").get(slip.get_absolute_url()).content.decode()
    assert "Gaji menyusul." in page
    assert reverse("allowance:raise", args=[slip.pk]) in page


# leave over months


def leave(paying, kind, start, end):
    return Leave.objects.create(
        employee=paying.cast.andi,
        kind=kind,
        starts_on=start,
        ends_on=end,
        working_days=1,
        reason="-",
        state="disetujui",
        requested_at=timezone.now(),
        form_key=uuid4(),
    )


def test_long_leave_counts_from_its_first_day_over_months(paying):
    paying.rule()
    leave(paying, "besar", date(2026, 9, 20), date(2026, 10, 1))
    leave(paying, "besar", date(2026, 10, 1), date(2026, 11, 25))
    facts = facts_of(paying, "andi")
    assert (facts["long_leave_days"], facts["long_leave_months"]) == (42, 1)
    assert facts_of(paying, "andi", date(2026, 9, 1))["long_leave_days"] == 11
    november = facts_of(paying, "andi", date(2026, 11, 1))
    assert (november["long_leave_days"], november["long_leave_months"]) == (66, 2)
    assert facts_of(paying, "andi", date(2026, 12, 1))["long_leave_days"] == 0


def test_sickness_counts_in_whole_months_and_important_leave_within_the_month(paying):
    leave(paying, "sakit", date(2026, 7, 10), date(2026, 10, 20))
    leave(paying, "alasan_penting", date(2026, 9, 28), date(2026, 10, 3))
    facts = facts_of(paying, "andi")
    assert (facts["sick_months"], facts["important_leave_days"]) == (3, 2)


# what else a decision changes


def test_a_decision_takes_what_the_dispute_is_about_and_says_what_else_changed(paid):
    slip = paid.slip("andi")
    row = next(each["number"] for each in slip.ledger["rows"] if each["step"] == "discipline")
    made = raised(paid, row=row)
    AttendanceDay.objects.filter(employee=slip.employee, day=date(2026, 10, 6)).update(late_minutes=0)
    give(paid, "andi", "salary_idr", "5000000")
    verdict = Verdict(True, "Surat tugas benar.")
    told = {
        each.code: each.taken
        for each in preview_dispute(actor=paid.viewer("maya"), dispute=made, verdict=verdict).differences
    }
    assert told == {"late_2": True, "salary_idr": False}
    with pytest.raises(ValidationError, match="Akibatnya belum diperlihatkan"):
        decide_dispute(actor=paid.viewer("maya"), dispute=made, verdict=verdict, seen=0)
    done = paid.uphold(made, verdict)
    after = paid.slip("andi")
    assert (after.facts["late_2"], after.facts["salary_idr"]) == (0, 4_000_000)
    kept = {"code": "salary_idr", "before": 4_000_000, "after": 5_000_000, "taken": False}
    assert kept in done.changes
    assert kept in JournalEntry.objects.get(verb="allowance.dispute_decided").changes["facts"]


def test_taking_everything_is_a_choice_and_records_that_moved_are_shown_again(paid):
    made = raised(paid, row=2)
    give(paid, "andi", "salary_idr", "5000000")
    verdict = Verdict(True, "Ya.", whole=True)
    shown = preview_dispute(actor=paid.viewer("maya"), dispute=made, verdict=verdict).slip.digest
    AttendanceDay.objects.filter(employee=paid.cast.andi, day=date(2026, 10, 6)).update(late_minutes=0)
    late = Verdict(True, "Ya.", whole=True, shown=shown)
    with pytest.raises(ValidationError, match="Lihat dahulu"):
        decide_dispute(actor=paid.viewer("maya"), dispute=made, verdict=late, seen=0)
    paid.uphold(made, verdict)
    assert paid.slip("andi").facts["salary_idr"] == 5_000_000
    assert "sanctions" not in dict(VerdictForm(rule=load_rule(RULE)).fields["code"].choices)


# sanctions


@pytest.mark.parametrize(("several", "shares"), [("heaviest", [8500]), ("sum", [2500, 7500])])
def test_all_running_sanctions_count_as_the_rule_says(paying, several, shares):
    paying.rule(RULE.replace(SANCTIONS, f'several = "{several}"\n{TWO}'))
    paying.salaries()
    give(paying, "andi", "sanction", "sedang_6", date(2026, 8, 20))
    give(paying, "andi", "sanction", "berat_12", date(2026, 9, 2))
    paying.run()
    slip = paying.slip("andi")
    whole = sum(each["amount"] for each in slip.ledger["rows"] if each["kind"] == "pay")
    assert [each["amount"] for each in cut_of(slip)] == [-((2 * whole * bp + 10_000) // 20_000) for bp in shares]


def test_a_later_sanction_does_not_erase_an_earlier_one(paying):
    paying.rule(RULE.replace(SANCTIONS, TWO))
    paying.salaries()
    give(paying, "andi", "sanction", "berat_12", date(2026, 8, 2))
    later = give(paying, "andi", "sanction", "sedang_6", date(2026, 9, 20))
    paying.run()
    (cut,) = cut_of(paying.slip("andi"))
    assert "Delapan puluh lima" in str(cut["reason"])
    earlier = GivenFact.objects.exclude(pk=later.pk).get(code="sanction")
    with pytest.raises(ValidationError):
        withdraw_fact(actor=paying.viewer("maya"), fact=earlier, reason=" ")
    with pytest.raises(NotAllowed):
        withdraw_fact(actor=paying.viewer("hendra"), fact=earlier, reason="x")
    for _press in range(2):
        withdraw_fact(actor=paying.viewer("maya"), fact=earlier, reason="Banding diterima.")
    assert JournalEntry.objects.filter(verb="allowance.fact_withdrawn").count() == 1
    paying.again()
    (cut,) = cut_of(paying.slip("andi"))
    assert "Dua puluh lima" in str(cut["reason"])


def test_what_was_given_and_cannot_be_read_stops_the_slip(paying):
    paying.rule()
    paying.salaries()
    made = give(paying, "andi", "bonus_idr", "500000")
    GivenFact.objects.filter(pk=made.pk).update(value="banyak")
    paying.run()
    slip = paying.slip("andi")
    assert slip.ledger is None
    assert "banyak" in slip.problem
    with pytest.raises(ValidationError):
        give(paying, "andi", "sanction", "berat_99")


# a run that failed


def test_a_run_that_failed_says_why_and_is_tried_again(paying, monkeypatch, sign_in):
    paying.rule()
    paying.salaries()
    run = start_run(actor=paying.viewer("maya"), agency=paying.cast.agency, month=OCTOBER)
    with monkeypatch.context() as broken:
        broken.setattr(runs, "gather", lambda *_args: 1 // 0)
        compute_or_tell(run.pk)
    run.refresh_from_db()
    assert run.state == RunState.FAILED
    assert "ZeroDivisionError" in run.error
    assert not Slip.objects.exists()
    page = sign_in("maya").get(run.get_absolute_url()).content.decode()
    assert "Tidak ada slip yang berubah" in page
    assert "Hitung ulang" in page
    again = paying.again()
    assert (again.state, again.error) == (RunState.OPEN, "")


def test_a_run_that_the_worker_left_lying_is_asked_for_again(paying):
    paying.rule()
    run = start_run(actor=paying.viewer("maya"), agency=paying.cast.agency, month=OCTOBER)
    assert recompute_run(actor=paying.viewer("maya"), run=run, seen=run.version).version == run.version
    Run.objects.update(asked_at=timezone.now() - timedelta(minutes=11))
    assert recompute_run(actor=paying.viewer("maya"), run=run, seen=run.version).version == run.version + 1
