"""From a call to an award: conditions, conflicts, secret votes, ties, the announcement, the certificate, the bonus."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from tests.cast import NOW, TODAY

from terang.audit.models import JournalEntry
from terang.follow_up.allowance.models import GivenFact, Run, RunState
from terang.follow_up.allowance.services import withdraw_fact
from terang.follow_up.awards.models import Award, Call, Conflict, Member, Nomination, Vote
from terang.follow_up.awards.selectors import award_for
from terang.follow_up.awards.services import (
    break_tie,
    cancel_call,
    declare_conflict,
    leave_out,
    name_committee,
    withdraw_nomination,
)
from terang.follow_up.awards.tests.conftest import fresh
from terang.follow_up.career.services import contest
from terang.registry.people.models import Assignment
from terang.reporting.documents.selectors import check_code
from terang.reporting.documents.services import bytes_of, issue_award
from terang.web.errors import NotAllowed, NotNow, Stale


class TestOpening:
    def test_the_personnel_agency_opens_once(self, giving):
        key = uuid4()
        assert giving.call(form_key=key) == giving.call(form_key=key)
        assert Call.objects.count() == 1
        with pytest.raises(NotAllowed):
            giving.call(by="dewi")

    @pytest.mark.parametrize(
        ("others", "field"),
        [
            ({"title": " "}, "title"),
            ({"period_end": date(2026, 7, 1)}, "period_end"),
            ({"nominate_until": TODAY - timedelta(days=1)}, "nominate_until"),
            ({"vote_until": TODAY}, "vote_until"),
            ({"bonus_idr": 0}, "bonus_idr"),
            ({"committee": ("sri", "hendra")}, "others"),
            ({"committee": ("sri", "hendra", "sri")}, "others"),
        ],
    )
    def test_what_cannot_be_is_told_by_field(self, giving, others, field):
        with pytest.raises(ValidationError) as told:
            giving.call(**others)
        assert field in told.value.message_dict


class TestNominating:
    def test_who_sees_the_work_nominates_and_a_second_person_admits(self, giving):
        giving.complete()
        row = giving.propose(giving.call())
        assert giving.admit(row).state == "diterima"
        checked = fresh(row).checked[0]
        assert checked["employee"] == giving.cast.siti.pk
        assert {each["state"] for each in checked["conditions"]} == {"met"}
        assert JournalEntry.objects.get(verb="awards.nominated").subject_employee_id == giving.cast.siti.pk

    @pytest.mark.parametrize(("by", "who"), [("siti", "siti"), ("andi", "siti"), ("dewi", "andi")])
    def test_others_do_not(self, giving, by, who):
        with pytest.raises(NotAllowed):
            giving.propose(giving.call(), who, by=by)

    def test_the_personnel_agency_does_not_admit_its_own_nomination(self, giving):
        giving.complete()
        row = giving.propose(giving.call(), by="tono")
        with pytest.raises(NotAllowed):
            giving.admit(row)
        assert giving.admit(row, by="maya").state == "diterima"

    def test_what_is_not_known_keeps_a_nomination_from_being_admitted(self, giving):
        row = giving.propose(giving.call())
        with pytest.raises(NotNow, match="Siti Rahma"):
            giving.admit(row)
        assert fresh(row).state == "diajukan"
        giving.complete()
        giving.admit(row)

    def test_a_sanction_within_the_years_is_shown_and_refused(self, giving):
        giving.complete()
        giving.fact("disiplin", "medium", date(2026, 2, 1), until=date(2026, 8, 1))
        giving.fact("disiplin", "none", date(2026, 8, 2))
        row = giving.propose(giving.call())
        with pytest.raises(NotNow):
            giving.admit(row)
        left = leave_out(actor=giving.viewer("tono"), row=row, reason="Hukuman sampai Agustus.", version=0)
        assert left.word == "Hukuman sampai Agustus."

    def test_a_contested_fact_counts_on(self, giving):
        giving.complete()
        row = giving.fact("disiplin", "none", date(2026, 3, 1))
        contest(actor=giving.viewer("siti"), row=row, reason="Keliru.", version=row.version)
        assert giving.admit(giving.propose(giving.call())).state == "diterima"

    def test_nobody_is_nominated_twice_nor_after_the_last_day(self, giving):
        call, key = giving.call(), uuid4()
        row = giving.propose(call, form_key=key)
        assert giving.propose(call, form_key=key) == row
        with pytest.raises(NotNow):
            giving.propose(call, by="bambang")
        withdraw_nomination(actor=giving.viewer("dewi"), row=row, version=0)
        giving.propose(call, by="bambang")
        giving.day = TODAY + timedelta(days=8)
        with pytest.raises(NotNow, match="ditutup"):
            giving.propose(call)

    def test_a_proof_and_a_reason_are_asked_and_a_team_has_a_name(self, giving):
        with pytest.raises(ValidationError):
            giving.propose(giving.call(), documents=[])
        with pytest.raises(ValidationError):
            giving.propose(giving.call(), "siti", "dewi", by="bambang")
        with pytest.raises(ValidationError):
            giving.propose(giving.call(category="tim"), "siti", "dewi", by="bambang")
        row = giving.propose(giving.call(category="tim"), "siti", "dewi", by="bambang", team="Tim Imunisasi")
        assert "Tim Imunisasi (" in Nomination.objects.prefetch_related("people").get(pk=row.pk).names


class TestVoting:
    def test_it_starts_once_everything_is_checked(self, giving):
        giving.complete()
        call = giving.call(committee=("agus", "lina", "joko"))
        with pytest.raises(NotNow, match="memenuhi syarat"):
            giving.start(call)
        row = giving.propose(call)
        with pytest.raises(NotNow, match="belum diperiksa"):
            giving.start(call)
        giving.admit(row)
        assert giving.start(call).state == "pemungutan"
        assert giving.start(call).state == "pemungutan"

    def test_one_vote_each_and_nobody_reads_it_before_the_end(self, giving, sign_in):
        call, first, second = giving.voting()
        giving.vote(call, "agus", first)
        with pytest.raises(NotNow, match="tidak dapat diubah"):
            giving.vote(call, "agus", second)
        entry = JournalEntry.objects.get(verb="awards.voted")
        assert str(first.pk) not in str(entry.changes)
        assert (entry.object_type, entry.object_id) == ("awards.call", call.pk)
        for name in ("agus", "lina", "maya"):
            page = sign_in(name).get(call.get_absolute_url()).content.decode()
            assert "Alasan agus" not in page
            assert "sudah memberi suara" in page
        giving.vote(call, "lina", first)
        with pytest.raises(NotNow, match="belum memberi suara"):
            giving.close(call, by="agus")
        giving.vote(call, "joko", second)
        assert giving.close(call, by="agus").winner == first
        assert "Alasan agus" in sign_in("lina").get(call.get_absolute_url()).content.decode()
        assert "Alasan agus" not in sign_in("rina").get(call.get_absolute_url()).content.decode()

    def test_who_is_not_of_the_committee_does_not_vote(self, giving):
        call, first, _second = giving.voting()
        with pytest.raises(NotAllowed):
            giving.vote(call, "maya", first)
        with pytest.raises(NotAllowed):
            giving.close(call, by="lina")

    def test_a_nomination_of_another_call_is_none_to_choose(self, giving):
        call, _first, _second = giving.voting()
        other = giving.call()
        row = giving.propose(other)
        with pytest.raises(ValidationError):
            giving.vote(call, "agus", row)

    @pytest.mark.parametrize(
        ("member", "conflict"),
        [
            ("siti", Conflict.SELF),
            ("sri", Conflict.NOMINATOR),
            ("dewi", Conflict.NOMINATOR),
            ("hendra", Conflict.APPRAISER),
            ("bambang", Conflict.LEADER),
        ],
    )
    def test_who_is_too_close_is_marked_and_does_not_vote(self, giving, member, conflict):
        call, first, _second = giving.voting(committee=("agus", "lina", "joko", member))
        seat = Member.objects.get(call=call, employee=giving.person(member))
        assert seat.conflict == conflict
        with pytest.raises(NotAllowed, match="benturan"):
            giving.vote(call, member, first)
        for name in ("agus", "lina", "joko"):
            giving.vote(call, name, first)
        assert giving.close(call, by="agus").state == "diputus"

    def test_who_leads_the_whole_government_has_no_conflict(self, giving):
        call, first, _second = giving.voting(committee=("mayor", "lina", "joko"))
        assert Member.objects.get(call=call, chairs=True).conflict == ""
        giving.vote(call, "mayor", first)

    def test_somebody_who_came_close_since_does_not_vote_either(self, giving):
        call, first, _second = giving.voting()
        post = giving.cast.posts["puskesmas_head"]
        Assignment.objects.create(employee=giving.cast.joko, post=post, kind="plt", starts_on=TODAY)
        with pytest.raises(NotAllowed, match="benturan"):
            giving.vote(call, "joko", first)

    def test_the_chair_must_be_free_and_enough_must_be_left(self, giving):
        with pytest.raises(NotNow, match="ketua lain"):
            giving.voting(committee=("bambang", "agus", "lina"))

    def test_kin_is_declared_and_a_substitute_named(self, giving):
        call, first, _second = giving.voting()
        seat = declare_conflict(actor=giving.viewer("agus"), call=call, reason="Siti keponakan saya.")
        assert seat.conflict == Conflict.DECLARED
        with pytest.raises(NotAllowed):
            giving.vote(call, "agus", first)
        with pytest.raises(NotAllowed):
            giving.close(call, by="agus")
        giving.vote(call, "lina", first)
        people = [giving.person(name) for name in ("rina", "joko")]
        told = {"actor": giving.viewer("maya"), "call": call}
        with pytest.raises(NotNow, match="tetap dalam panitia"):
            name_committee(**told, chair=giving.cast.mayor, others=people, version=fresh(call).version)
        people.append(giving.cast.lina)
        name_committee(**told, chair=giving.cast.mayor, others=people, version=fresh(call).version)
        with pytest.raises(Stale):
            name_committee(**told, chair=giving.cast.mayor, others=people, version=0)
        assert not Member.objects.filter(call=call, employee=giving.cast.agus).exists()

    def test_a_tie_is_broken_by_the_chair_with_a_reason(self, giving):
        call, first, second = giving.voting(committee=("agus", "lina", "joko", "mayor"))
        for name, row in (("agus", first), ("lina", second), ("joko", first), ("mayor", second)):
            giving.vote(call, name, row)
        assert giving.close(call, by="agus").state == "seri"
        told = {"call": call, "version": fresh(call).version}
        with pytest.raises(NotAllowed):
            break_tie(actor=giving.viewer("lina"), nomination=second, reason="Ya.", **told)
        with pytest.raises(ValidationError):
            break_tie(actor=giving.viewer("agus"), nomination=second, reason=" ", **told)
        decided = break_tie(actor=giving.viewer("agus"), nomination=second, reason="Antrean terpanjang.", **told)
        assert (decided.winner, decided.decision) == (second, "Antrean terpanjang.")

    def test_after_the_last_day_enough_votes_are_enough(self, giving):
        call, first, _second = giving.voting()
        giving.vote(call, "agus", first)
        giving.day = TODAY + timedelta(days=15)
        with pytest.raises(NotNow, match="2 suara"):
            giving.close(call, by="agus")
        giving.vote(call, "lina", first)
        assert giving.close(call, by="agus").winner == first

    def test_a_call_is_cancelled_with_a_reason_until_it_is_announced(self, giving):
        call, _first, _second = giving.voting()
        told = {"actor": giving.viewer("maya"), "call": call}
        with pytest.raises(ValidationError):
            cancel_call(**told, reason="", version=fresh(call).version)
        assert cancel_call(**told, reason="Keputusan dicabut.", version=fresh(call).version).state == "batal"

    def test_the_database_keeps_one_vote_each(self, giving):
        call, first, _second = giving.voting()
        made = giving.vote(call, "agus", first)
        with pytest.raises(IntegrityError), transaction.atomic():
            Vote.objects.create(member=made.member, nomination=first, reason="x", cast_at=timezone.now())


class TestAnnouncing:
    def test_who_won_has_an_award_is_told_and_everybody_reads_why(self, giving, sign_in):
        call = giving.announced()
        giving.announce(call, by="agus")
        award = Award.objects.get()
        assert award.employee == giving.cast.siti
        assert JournalEntry.objects.get(verb="awards.awarded").subject_employee_id == giving.cast.siti.pk
        page = sign_in("rina").get(reverse("awards:winners")).content.decode()
        assert "Siti Rahma" in page
        assert "Imunisasi naik paling banyak." in page
        assert "Andi Pratama" not in page
        assert award.number in sign_in("siti").get(reverse("awards:mine")).content.decode()
        with pytest.raises(NotNow):
            cancel_call(actor=giving.viewer("maya"), call=call, reason="x", version=fresh(call).version)

    def test_only_the_chair_announces(self, giving):
        call, first, _second = giving.voting()
        for name in ("agus", "lina", "joko"):
            giving.vote(call, name, first)
        giving.close(call, by="agus")
        with pytest.raises(NotAllowed):
            giving.announce(call, by="maya")

    def test_the_certificate_has_a_code_anybody_checks(self, giving):
        giving.announced()
        award = award_for(giving.viewer("siti"), Award.objects.get().pk)
        document = issue_award(award=award)
        assert issue_award(award=award) == document
        assert bytes_of(document).startswith(b"%PDF")
        found = check_code(document.code)
        assert found is not None
        assert (found.kind, found.latest) == ("Piagam penghargaan", True)
        with pytest.raises(NotAllowed):
            award_for(giving.viewer("rina"), award.pk)


class TestBonus:
    def test_a_second_person_gives_it_to_the_allowance_once(self, giving):
        giving.rule()
        call = giving.announced()
        for _ in range(2):
            giving.pay(call)
        fact = GivenFact.objects.get(code="bonus_idr")
        assert (fact.employee, fact.value, fact.starts_on) == (giving.cast.siti, "500000", date(2026, 11, 1))
        assert fact.given_by == giving.cast.tono
        assert Award.objects.get().bonus == fact
        assert JournalEntry.objects.filter(verb="awards.bonus_given").count() == 1

    def test_never_who_opened_the_call_nor_who_won_or_voted(self, giving):
        giving.rule()
        call = giving.announced()
        for name, why in (("maya", "orang kedua"), ("siti", "kepegawaian"), ("agus", "kepegawaian")):
            with pytest.raises(NotAllowed, match=why):
                giving.pay(call, by=name)

    def test_a_keeper_who_won_does_not_pay_themselves(self, giving):
        giving.rule()
        giving.complete("siti")
        call = giving.call(committee=("agus", "lina", "joko"), category="tim", terms=giving.plan().terms.__class__())
        row = giving.propose(call, "siti", "tono", by="mayor", team="Tim Data")
        giving.admit(row, by="maya")
        giving.start(call)
        for name in ("agus", "joko"):
            giving.vote(call, name, fresh(row))
        giving.day = TODAY + timedelta(days=15)
        giving.announce(giving.close(call, by="agus"), by="agus")
        with pytest.raises(NotAllowed, match="penerima"):
            giving.pay(call)

    def test_only_where_the_rule_reads_it_and_the_month_is_open(self, giving):
        call = giving.announced()
        with pytest.raises(NotNow, match="tidak membaca"):
            giving.pay(call)
        giving.rule()
        with pytest.raises(NotNow, match="paling awal"):
            giving.pay(call, month=date(2026, 9, 1))
        rule = giving.cast.agency.allowance_rules.get()
        run = Run.objects.create(
            agency=giving.cast.agency, rule=rule, month=date(2026, 10, 1), state=RunState.APPROVED, started_at=NOW
        )
        with pytest.raises(NotNow, match="sudah disetujui"):
            giving.pay(call, month=run.month)
        giving.pay(call)

    def test_two_bonuses_never_hide_each_other(self, giving):
        giving.rule()
        call = giving.announced()
        giving.pay(call)
        second = fresh(call)
        Award.objects.update(bonus=None)
        with pytest.raises(NotNow, match="bonus lain"):
            giving.pay(second)

    def test_a_bonus_that_was_withdrawn_may_be_given_again(self, giving):
        giving.rule()
        call = giving.announced()
        giving.pay(call)
        withdraw_fact(actor=giving.viewer("maya"), fact=GivenFact.objects.get(code="bonus_idr"), reason="Salah bulan.")
        giving.pay(call, month=date(2026, 12, 1))
        assert Award.objects.get().bonus.starts_on == date(2026, 12, 1)
