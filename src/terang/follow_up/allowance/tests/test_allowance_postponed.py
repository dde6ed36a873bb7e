"""A slip that cannot be computed does not keep the others from being paid, and is paid itself once it can be."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from terang.audit.models import JournalEntry
from terang.follow_up.allowance.models import Arrears, ArrearsState, Slip
from terang.follow_up.allowance.services import (
    Given,
    approve_run,
    every_hour,
    find_late_pay,
    give_facts,
    postpone_slip,
)
from terang.follow_up.allowance.tests.conftest import OCTOBER
from terang.web.errors import NotAllowed, NotNow, Stale

REASON = "Surat pindahnya belum diterima."


class Lacking:
    """October is computed; Andi's salary is not known."""

    def __init__(self, paying):
        self.paying, self.cast = paying, paying.cast
        paying.rule()
        self.give(*(name for name in self.cast.people if name != "andi"))
        self.run = paying.run()

    def give(self, *names):
        rows = [
            Given(self.cast.people[name], code, value, date(2026, 1, 1), "Daftar gaji")
            for name in names
            for code, value in (("salary_idr", "4000000"), ("salary_insurance_idr", "40000"))
        ]
        give_facts(actor=None, agency_id=self.cast.agency.pk, rows=rows)

    def postpone(self, name="andi", by="maya", reason=REASON, seen=None):
        self.run.refresh_from_db()
        seen = self.run.version if seen is None else seen
        return postpone_slip(actor=self.paying.viewer(by), slip=self.paying.slip(name), reason=reason, seen=seen)

    def approve(self, by="tono"):
        self.run.refresh_from_db()
        return approve_run(actor=self.paying.viewer(by), run=self.run, seen=self.run.version)


@pytest.fixture
def lacking(paying):
    return Lacking(paying)


def test_a_month_is_approved_without_who_was_postponed_and_they_read_why(lacking, sign_in):
    assert lacking.paying.slip("andi").problem
    with pytest.raises(NotNow, match="tunda"):
        lacking.approve()
    lacking.postpone(by="sri")
    own = sign_in("andi").get(lacking.paying.slip("andi").get_absolute_url()).content.decode()
    assert REASON in own
    assert lacking.cast.sri.name in own
    assert reverse("allowance:postpone", args=[lacking.paying.slip("andi").pk]) not in own
    page = sign_in("tono").get(lacking.run.get_absolute_url()).content.decode()
    assert "ditunda" in page
    with pytest.raises(NotAllowed, match="menunda slip"):
        lacking.approve(by="sri")
    lacking.approve()
    entry = JournalEntry.objects.get(verb="allowance.slip_postponed")
    assert (entry.subject_employee_id, entry.reason) == (lacking.cast.andi.pk, REASON)


def test_what_was_postponed_is_paid_whole_by_the_next_month_once_it_can_be_computed(lacking, sign_in):
    lacking.postpone()
    lacking.approve()
    assert find_late_pay(lacking.cast.agency) == []
    lacking.give("andi")
    every_hour()
    every_hour()
    found = Arrears.objects.get()
    rina = lacking.paying.slip("rina")
    assert (found.gross_idr, found.state, found.run) == (rina.gross_idr, ArrearsState.DUE, None)
    assert sum(row["amount"] for row in found.ledger["rows"] if row["step"] == "rapel") == 0
    page = sign_in("andi").get(found.get_absolute_url()).content.decode()
    assert REASON in page
    assert "Predikat" not in page
    assert Slip.objects.filter(employee=lacking.cast.andi).count() == 1


def test_data_that_come_before_the_approval_need_no_arrears(lacking):
    lacking.postpone()
    lacking.give("andi")
    lacking.paying.again()
    slip = lacking.paying.slip("andi")
    assert (slip.problem, slip.postponed_by) == ("", None)
    lacking.approve(by="tono")
    assert find_late_pay(lacking.cast.agency) == []


def test_only_a_slip_without_amount_is_postponed_by_a_keeper_with_a_reason_and_never_ones_own(lacking, sign_in):
    with pytest.raises(NotAllowed):
        lacking.postpone(by="andi")
    with pytest.raises(NotNow, match="belum dapat dihitung"):
        lacking.postpone(name="rina")
    with pytest.raises(ValidationError, match="alasannya"):
        lacking.postpone(reason=" ")
    with pytest.raises(Stale):
        lacking.postpone(seen=0)
    address = reverse("allowance:postpone", args=[lacking.paying.slip("andi").pk])
    assert sign_in("andi").get(address).status_code == 403
    assert sign_in("lina").get(address).status_code == 403
    lacking.run.refresh_from_db()
    body = {"reason": REASON, "version": lacking.run.version}
    for _press in range(2):
        assert sign_in("maya").post(address, body).status_code == 302
    assert JournalEntry.objects.filter(verb="allowance.slip_postponed").count() == 1
    with pytest.raises(NotNow):
        lacking.postpone(by="sri")
    lacking.approve()
    assert lacking.paying.slip("andi").run.month == OCTOBER
