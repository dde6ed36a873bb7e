"""What follows payment: arrears after a predicate changed, and another rule tried on months that were paid."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from terang.audit.models import JournalEntry
from terang.evaluation.appraisals.models import Adjustment, Appraisal, Objection, RatingWindow
from terang.evaluation.models import Period
from terang.evidence.attendance.models import AttendanceDay
from terang.follow_up.allowance.models import Arrears, ArrearsState, Run, RunState, Slip, Trial, TrialState, TriedPay
from terang.follow_up.allowance.services import (
    approve_run,
    compute_run,
    decide_arrears,
    find_arrears,
    start_trial,
    trials,
    try_out,
)
from terang.follow_up.allowance.services.trials import retry_trial
from terang.follow_up.allowance.tests.conftest import OCTOBER, RULE
from terang.registry.organization.models import SignalZone
from terang.web.errors import NotAllowed, NotNow, Stale

SEPTEMBER = date(2026, 9, 1)
MARKS = {"work_result": "meets", "behaviour": "meets"}
STEP = """[[steps]]
code = "predikat"
kind = "cut"
label = "Predikat di bawah baik"
label_en = "Predicate below good"
of = "prestasi"
rate = 5000
when = [{ name = "predicate", in = ["butuh_perbaikan"] }]

"""
BY_PREDICATE = RULE.replace('[[steps]]\ncode = "hukuman_disiplin"', STEP + '[[steps]]\ncode = "hukuman_disiplin"')


class Later:
    """September is paid with the predicate of the second quarter; October is still to come."""

    def __init__(self, paying, predicate="butuh_perbaikan", text=BY_PREDICATE):
        self.paying, self.cast = paying, paying.cast
        AttendanceDay.objects.bulk_create(
            AttendanceDay(employee=person, day=SEPTEMBER + timedelta(days=n), status="hadir")
            for person in self.cast.people.values()
            for n in (0, 1, 2)
        )
        paying.rule(text)
        paying.salaries()
        day, unit = date(2026, 7, 20), self.cast.units["register"]
        period = Period.objects.create(
            agency=self.cast.agency,
            kind="quarter",
            name="TW II",
            starts_on=date(2026, 4, 1),
            ends_on=date(2026, 7, 1),
        )
        window = RatingWindow.objects.create(
            period=period, opens_on=day, closes_on=day, basis="SE", opened_by=self.cast.maya
        )
        self.appraisal = Appraisal.objects.create(
            window=window,
            employee=self.cast.andi,
            home=unit,
            unit=unit,
            rater=self.cast.hendra,
            state="selesai",
            predicate=predicate,
            decided_on=day,
            **MARKS,
        )
        run = paying.run(SEPTEMBER)
        self.september = approve_run(actor=paying.viewer("tono"), run=run, seen=run.version)

    def paid(self):
        return Slip.objects.get(run=self.september, employee=self.cast.andi, is_current=True)

    def object(self, predicate):
        day = date(2026, 10, 5)
        days = {"filed_on": day, "last_day": day, "decision_due": day}
        return Objection.objects.create(
            appraisal=self.appraisal,
            text="…",
            outcome="berubah",
            predicate=predicate,
            reason="Bukti lengkap.",
            form_key=uuid4(),
            decided_by=self.cast.sri,
            **days,
            **MARKS,
        )


@pytest.fixture
def later(paying):
    return Later(paying)


def test_what_was_underpaid_is_carried_by_the_next_month_and_opens_to_the_decision(later, sign_in):
    assert find_arrears(later.cast.agency) == []
    later.object("baik")
    (found,) = find_arrears(later.cast.agency)
    cut = next(each for each in later.paid().ledger["rows"] if each["step"] == "predikat")
    assert (found.gross_idr, found.state, found.run) == (-cut["amount"], ArrearsState.DUE, None)
    assert find_arrears(later.cast.agency) == []
    frozen = later.paid().digest
    october = later.paying.run()
    found.refresh_from_db()
    slip = Slip.objects.get(run=october, employee=later.cast.andi)
    (row,) = [each for each in slip.ledger["rows"] if each["step"] == "rapel"]
    assert (row["amount"], found.run) == (found.gross_idr, october)
    assert slip.sources["arrears_idr"] == found.get_absolute_url()
    assert later.paid().digest == frozen
    assert found.get_absolute_url() in sign_in("andi").get(slip.get_absolute_url()).content.decode()
    page = sign_in("andi").get(found.get_absolute_url()).content.decode()
    assert later.appraisal.get_absolute_url() in page
    assert "Bukti lengkap." in page
    assert "Predikat di bawah baik" in page
    again = later.paying.again() if Run.objects.count() == 1 else october
    assert Slip.objects.filter(run=again, employee=later.cast.andi).count() == 1


def test_it_is_carried_once_and_not_by_the_month_after(later):
    later.object("baik")
    find_arrears(later.cast.agency)
    later.paying.run()
    Run.objects.filter(month=OCTOBER).update(state=RunState.APPROVED)
    november = Run.objects.create(
        agency=later.cast.agency,
        month=date(2026, 11, 1),
        rule=later.september.rule,
        started_at=timezone.now(),
    )
    AttendanceDay.objects.create(employee=later.cast.andi, day=date(2026, 11, 2), status="hadir")
    compute_run(november.pk)
    slip = Slip.objects.get(run=november, employee=later.cast.andi)
    assert not slip.facts["arrears_idr"]
    assert find_arrears(later.cast.agency) == []


def test_what_was_overpaid_is_only_proposed_and_a_person_decides(paying):
    later = Later(paying, "baik")
    two = {"proposed_by": later.cast.sri, "confirmed_by": later.cast.maya}
    Adjustment.objects.create(
        appraisal=later.appraisal,
        predicate="butuh_perbaikan",
        reason="Setara",
        decided_on=date(2026, 10, 5),
        **two,
        **MARKS,
    )
    (found,) = find_arrears(later.cast.agency)
    assert (found.gross_idr < 0, found.state) == (True, ArrearsState.PROPOSED)
    october = paying.run()
    assert not Slip.objects.get(run=october, employee=later.cast.andi).facts["overpaid_idr"]
    decide = {"arrears": found, "collect": True}
    with pytest.raises(NotAllowed):
        decide_arrears(actor=paying.viewer("hendra"), reason="x", seen=0, **decide)
    with pytest.raises(ValidationError):
        decide_arrears(actor=paying.viewer("maya"), reason=" ", seen=0, **decide)
    with pytest.raises(Stale):
        decide_arrears(actor=paying.viewer("maya"), reason="x", seen=3, **decide)
    for _press in range(2):
        decide_arrears(actor=paying.viewer("maya"), reason="Disetujui pegawai.", seen=0, **decide)
    assert JournalEntry.objects.filter(verb="allowance.arrears_decided").count() == 1
    with pytest.raises(NotNow):
        decide_arrears(actor=paying.viewer("tono"), arrears=found, collect=False, reason="x", seen=1)
    october.refresh_from_db()
    Run.objects.filter(pk=october.pk).update(state=RunState.COMPUTING)
    compute_run(october.pk)
    slip = Slip.objects.get(run=october, employee=later.cast.andi, is_current=True)
    (row,) = [each for each in slip.ledger["rows"] if each["step"] == "kelebihan_bayar"]
    assert row["amount"] == found.gross_idr
    fresh = Run.objects.get(pk=october.pk)
    with pytest.raises(NotAllowed):
        approve_run(actor=paying.viewer("maya"), run=fresh, seen=fresh.version)


def test_a_predicate_that_merely_came_later_makes_no_arrears(later):
    Appraisal.objects.filter(pk=later.appraisal.pk).update(predicate="baik")
    assert find_arrears(later.cast.agency) == []


def test_a_rule_without_a_step_for_arrears_leaves_them_waiting(paying):
    start = BY_PREDICATE.index('[[steps]]\ncode = "rapel"')
    end = BY_PREDICATE.index("[[steps]]", start + 5)
    later = Later(paying, text=BY_PREDICATE[:start] + BY_PREDICATE[end:])
    later.object("baik")
    find_arrears(later.cast.agency)
    paying.run()
    assert Arrears.objects.get().run is None


# trials


def tried(later, text):
    version = later.paying.rule(text)
    made = start_trial(
        actor=later.paying.viewer("maya"), rule=version, first=SEPTEMBER, last=SEPTEMBER, form_key=uuid4()
    )
    return try_out(made.pk)


def test_the_same_rule_changes_nobody_and_no_slip(later):
    before = list(Slip.objects.values_list("pk", "digest"))
    done = tried(later, BY_PREDICATE)
    assert (done.state, done.done, done.total) == (TrialState.READY, 12, 12)
    assert set(TriedPay.objects.values_list("change_idr", flat=True)) == {0}
    assert list(Slip.objects.values_list("pk", "digest")) == before


def test_who_gains_and_loses_by_unit_with_remote_units_marked(later, sign_in):
    SignalZone.objects.create(
        agency=later.cast.agency, unit=later.cast.units["puskesmas"], valid_from=date(2026, 1, 1), basis="SK"
    )
    done = tried(later, RULE.replace('index = "0.45"', 'index = "0.50"'))
    andi = TriedPay.objects.get(employee=later.cast.andi)
    assert andi.before_idr == later.paid().gross_idr
    assert andi.change_idr == andi.after_idr - andi.before_idr > 0
    assert TriedPay.objects.get(employee=later.cast.siti).is_remote
    assert not andi.is_remote
    page = sign_in("maya").get(done.get_absolute_url()).content.decode()
    assert "wilayah tanpa sinyal" in page
    file = sign_in("lina").get(done.get_absolute_url(), {"ekspor": "csv"})
    text = b"".join(file.streaming_content).decode() if file.streaming else file.content.decode()
    assert "Puskesmas Melati" in text
    people = reverse("allowance:tried", args=[done.pk])
    file = sign_in("maya").get(people, {"ekspor": "csv"})
    text = b"".join(file.streaming_content).decode() if file.streaming else file.content.decode()
    assert str(andi.change_idr) in text
    client, counts = sign_in("maya"), []
    for narrowed in ({"q": "Andi"}, {}):
        with CaptureQueriesContext(connection) as asked:
            client.get(people, narrowed)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_trial_that_failed_says_why_and_is_asked_for_again(later, monkeypatch, sign_in):
    with monkeypatch.context() as broken:
        broken.setattr(trials, "_keep", lambda *_args: 1 // 0)
        done = tried(later, BY_PREDICATE)
    assert done.state == TrialState.FAILED
    page = sign_in("maya").get(done.get_absolute_url()).content.decode()
    assert "ZeroDivisionError" in page
    assert "Coba lagi" in page
    with pytest.raises(NotAllowed):
        retry_trial(actor=later.paying.viewer("hendra"), trial=done)
    assert retry_trial(actor=later.paying.viewer("maya"), trial=done).state == TrialState.WAITING
    assert try_out(done.pk).state == TrialState.READY


def test_only_approved_months_are_tried_and_the_same_form_once(later):
    version, key = later.september.rule, uuid4()
    told = {"actor": later.paying.viewer("maya"), "rule": version}
    with pytest.raises(ValidationError, match="disetujui"):
        start_trial(first=OCTOBER, last=OCTOBER, form_key=key, **told)
    made = [start_trial(first=SEPTEMBER, last=SEPTEMBER, form_key=key, **told) for _ in "12"]
    assert made[0] == made[1]
    assert Trial.objects.count() == 1
    with pytest.raises(NotAllowed):
        start_trial(
            actor=later.paying.viewer("hendra"), rule=version, first=SEPTEMBER, last=SEPTEMBER, form_key=uuid4()
        )


def test_pages_of_trials_when_there_is_none(paying, sign_in):
    assert "Belum ada simulasi" in sign_in("maya").get(reverse("allowance:trials")).content.decode()
    assert sign_in("andi").get(reverse("allowance:trials")).status_code == 403


def test_a_trial_is_begun_by_page(later, sign_in):
    version = later.paying.rule(BY_PREDICATE)
    address = reverse("allowance:begin_trial")
    assert "September 2026" in sign_in("maya").get(address).content.decode()
    body = {"rule": str(version.pk), "first": "2026-09", "last": "2026-09", "form_key": str(uuid4())}
    for _press in range(2):
        assert sign_in("maya").post(address, body).status_code == 302
    made = Trial.objects.get()
    page = sign_in("maya").get(made.get_absolute_url()).content.decode()
    assert page.count('hx-trigger="every 2s"') == 1 or made.state == TrialState.READY
