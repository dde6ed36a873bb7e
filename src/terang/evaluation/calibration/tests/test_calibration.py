"""A session from opening to what the rated person reads."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from terang.audit.models import JournalEntry
from terang.evaluation.appraisals.models import Adjustment, Alignment, Appraisal, AppraisalState, RatingWindow
from terang.evaluation.appraisals.selectors import desk_of
from terang.evaluation.appraisals.services import (
    Decision,
    answer_objection,
    decide_objection,
    file_objection,
    hand_over,
    receive_appraisal,
    reopen_appraisal,
)
from terang.evaluation.calibration.models import CalibrationSession, Placement, Proposal, ProposalState, SessionState
from terang.evaluation.calibration.scope import families_of, scope_of
from terang.evaluation.calibration.services import (
    cancel_session,
    close_session,
    confirm_move,
    decline_move,
    object_to_move,
    withdraw_move,
)
from terang.registry.people.models import Assignment, Post
from terang.web.errors import NotAllowed, NotNow, Stale


def fresh(session):
    return CalibrationSession.objects.select_related("unit", "window__period").get(pk=session.pk)


def close(table, who="sri", note="Dibandingkan bukti antrean", **others):
    session = fresh(table.session)
    told = {"version": session.version} | others
    return close_session(actor=table.viewer(who), session=session, note=note, **told)


def hand(table, rater, *names):
    rows = [table.appraisal(name) for name in names]
    return hand_over(
        actor=table.viewer(rater), window=table.city.window, unit=rows[0].unit, chosen=[each.pk for each in rows]
    )


# ---------------------------------------------------------------- opening
class TestOpening:
    def test_it_takes_the_decided_of_raters_below_and_nobody_sits_where_they_are_compared(self, table):
        table.city.decide("sri", "hendra")
        table.city.decide("mayor", "sri")
        found = scope_of(table.viewer("mayor"), table.city.window, table.city.cast.units["root"])
        assert [each.employee.name for each in found.appraisals] == ["Andi Pratama", "Joko Susilo", "Rina Marlina"]
        assert [each.name for each in found.raters] == ["Hendra Saputra", "Tono Wijaya"]
        assert found.left_out == ["1 orang ikut menilai; penilaiannya sendiri diselaraskan di tingkat atas."]
        session = table.open()
        seats = session.participants.values_list("employee__name", "leads")
        assert list(seats) == [("Sri Wahyuni", True), ("Hendra Saputra", False), ("Tono Wijaya", False)]
        assert set(Appraisal.objects.exclude(alignment="").values_list("employee__name", flat=True)) == {
            "Andi Pratama",
            "Rina Marlina",
            "Joko Susilo",
        }

    def test_drafts_final_results_and_what_stands_outside_the_quadrant_stay_out(self, table):
        Appraisal.objects.filter(employee=table.city.cast.andi).update(final_code="superior_after_silence")
        Appraisal.objects.filter(employee=table.city.cast.rina).update(unfinished_study="kurang")
        found = scope_of(table.viewer("sri"), table.city.window, table.city.cast.units["dukcapil"])
        assert [each.employee.name for each in found.appraisals] == ["Joko Susilo"]
        assert found.left_out == ["2 hasil sudah final menurut peraturan atau di luar kuadran."]
        with pytest.raises(NotNow, match="Belum ada dua"):
            table.open()

    def test_a_family_of_posts_crosses_units(self, table):
        cast = table.city.cast
        Post.objects.filter(pk__in=(cast.posts["register_officer"].pk, cast.posts["civil_officer"].pk)).update(
            category="dukcapil"
        )
        siti = Assignment.objects.get(employee=cast.siti)
        assert siti.post.category == "perawat"
        assert families_of(table.viewer("sri"), table.city.window) == ["dukcapil"]
        assert len(scope_of(table.viewer("sri"), table.city.window, cast.units["dukcapil"], "dukcapil").appraisals) == 3
        assert scope_of(table.viewer("sri"), table.city.window, cast.units["dukcapil"], "perawat").appraisals == []

    @pytest.mark.parametrize("name", ["hendra", "mayor", "maya", "andi", "agus", "lina"])
    def test_only_who_leads_the_unit_opens(self, table, name):
        with pytest.raises(NotAllowed):
            table.open(name)

    def test_the_same_form_opens_one_and_raters_get_time(self, table):
        key = uuid4()
        first = table.open(form_key=key)
        assert table.open(form_key=key, seen="whatever") == first
        assert JournalEntry.objects.filter(verb="calibration.opened").count() == 1
        with pytest.raises(ValidationError) as refused:
            table.open(answers_until=table.city.day)
        assert list(refused.value.message_dict) == ["answers_until"]

    def test_people_who_came_or_went_meanwhile_make_the_page_stale(self, table):
        seen = scope_of(table.viewer("sri"), table.city.window, table.city.cast.units["dukcapil"]).seen
        hand(table, "hendra", "andi")
        with pytest.raises(Stale):
            table.open(seen=seen)
        assert not Appraisal.objects.exclude(alignment="").exists()

    def test_nobody_is_compared_twice(self, table):
        table.open()
        with pytest.raises(NotNow):
            table.open()
        place, other = table.placement("andi"), fresh(table.session)
        other.pk, other.form_key = None, uuid4()
        other.save()
        place.pk, place.session = None, other
        with pytest.raises(IntegrityError), transaction.atomic():
            place.save()


# ---------------------------------------------------------------- what stands still
def test_while_it_runs_nothing_is_handed_over_or_opened_again_and_the_reason_is_told(table):
    table.open()
    with pytest.raises(NotNow, match="sedang diselaraskan"):
        hand(table, "hendra", "andi")
    row = table.appraisal("andi")
    with pytest.raises(NotNow, match="sedang diselaraskan"):
        reopen_appraisal(actor=table.viewer("hendra"), appraisal=row, reason="Keliru", version=row.version)
    close(table)
    row = table.appraisal("andi")
    with pytest.raises(NotNow, match="sudah diselaraskan"):
        reopen_appraisal(actor=table.viewer("hendra"), appraisal=row, reason="Keliru", version=row.version)
    assert {each.state for each in hand(table, "hendra", "andi", "rina")} == {AppraisalState.HANDED}


# ---------------------------------------------------------------- moving
class TestMoving:
    def test_one_proposes_the_rater_agrees_and_the_predicate_follows(self, table):
        table.open()
        proposal = table.propose("tono", "andi")
        assert proposal.predicate == "sangat_baik"
        done = table.confirm("hendra", proposal)
        assert (done.state, done.settled_by) == (ProposalState.CONFIRMED, table.city.cast.hendra)
        place = table.placement("andi")
        assert (place.before_predicate, place.predicate, place.is_moved) == ("baik", "sangat_baik", True)
        assert table.appraisal("andi").predicate == "baik", "the rater's own rating stays"

    @pytest.mark.parametrize("who", ["sri", "hendra", "tono"])
    def test_nobody_confirms_their_own_proposal(self, table, who):
        table.open()
        proposal = table.propose(who, "andi")
        with pytest.raises(NotAllowed):
            table.confirm(who, proposal)

    def test_what_the_rater_proposes_is_decided_by_the_leader_not_by_a_friend(self, table):
        table.open()
        proposal = table.propose("hendra", "andi")
        with pytest.raises(NotAllowed):
            table.confirm("tono", proposal)
        assert table.confirm("sri", proposal).state == ProposalState.CONFIRMED

    def test_the_rater_is_heard_before_anybody_else_decides(self, table):
        table.open()
        proposal = table.propose("tono", "andi")
        with pytest.raises(NotNow, match="didengar dahulu"):
            table.confirm("sri", proposal)
        found = table.fresh(proposal)
        object_to_move(actor=table.viewer("hendra"), proposal=found, text="Antrean dibantu rekan", version=0)
        assert table.confirm("sri", proposal).rater_word == "Antrean dibantu rekan"

    def test_a_silent_rater_keeps_nobody_waiting_after_the_day(self, table):
        table.open()
        proposal = table.propose("tono", "andi")
        table.city.later(2)
        with pytest.raises(NotNow):
            table.confirm("sri", proposal)
        table.city.later(1)
        assert table.confirm("sri", proposal).state == ProposalState.CONFIRMED

    def test_over_the_rater_the_leader_never_decides_alone(self, table):
        table.open()
        proposal = table.propose("sri", "andi")
        found = table.fresh(proposal)
        object_to_move(actor=table.viewer("hendra"), proposal=found, text="Tidak adil", version=0)
        with pytest.raises(NotAllowed):
            table.confirm("sri", proposal)
        assert table.confirm("tono", proposal).settled_by == table.city.cast.tono

    @pytest.mark.parametrize("name", ["andi", "joko", "rina", "maya", "mayor", "agus", "lina"])
    def test_who_does_not_sit_there_does_nothing(self, table, name):
        table.open()
        proposal = table.propose("sri", "andi")
        with pytest.raises(NotAllowed):
            table.propose(name, "rina")
        for verb in (confirm_move, withdraw_move):
            with pytest.raises(NotAllowed):
                verb(actor=table.viewer(name), proposal=table.fresh(proposal), version=0)
        for verb in (object_to_move, decline_move):
            with pytest.raises(NotAllowed):
                verb(actor=table.viewer(name), proposal=table.fresh(proposal), text="Tidak", version=0)

    def test_only_the_rater_objects_only_the_leader_declines_only_the_proposer_withdraws(self, table):
        table.open()
        proposal = table.fresh(table.propose("tono", "andi"))
        for verb, name in ((object_to_move, "sri"), (object_to_move, "tono"), (decline_move, "hendra")):
            with pytest.raises(NotAllowed):
                verb(actor=table.viewer(name), proposal=proposal, text="Tidak", version=0)
        with pytest.raises(NotAllowed):
            withdraw_move(actor=table.viewer("sri"), proposal=proposal, version=0)
        with pytest.raises(ValidationError):
            decline_move(actor=table.viewer("sri"), proposal=proposal, text=" ", version=0)
        done = decline_move(actor=table.viewer("sri"), proposal=proposal, text="Bukti kurang", version=0)
        assert (done.state, done.word) == (ProposalState.DECLINED, "Bukti kurang")
        assert not table.placement("andi").is_moved
        own = table.fresh(table.propose("sri", "andi"))
        with pytest.raises(NotAllowed):
            decline_move(actor=table.viewer("sri"), proposal=own, text="Tidak", version=0)
        assert withdraw_move(actor=table.viewer("sri"), proposal=own, version=0).state == ProposalState.WITHDRAWN

    def test_a_proposal_has_a_reason_and_moves(self, table):
        table.open()
        for said, field in (
            ({"reason": " "}, "reason"),
            ({"work": "meets", "behaviour": "meets"}, "work_result"),
            ({"work": "best"}, "work_result"),
        ):
            with pytest.raises(ValidationError) as refused:
                table.propose("sri", "andi", **said)
            assert list(refused.value.message_dict) == [field]

    def test_double_clicks_and_old_pages(self, table):
        table.open()
        key = uuid4()
        first = table.propose("sri", "andi", form_key=key)
        assert table.propose("sri", "andi", form_key=key) == first
        with pytest.raises(NotNow):
            table.propose("tono", "andi")
        object_to_move(actor=table.viewer("hendra"), proposal=table.fresh(first), text="Tidak", version=0)
        object_to_move(actor=table.viewer("hendra"), proposal=table.fresh(first), text="Tidak", version=0)
        with pytest.raises(Stale):
            confirm_move(actor=table.viewer("hendra"), proposal=table.fresh(first), version=0)
        table.confirm("hendra", first)
        with pytest.raises(NotNow, match="sudah disetujui"):
            table.confirm("hendra", first)
        with pytest.raises(Stale):
            table.propose("tono", "andi", "below", "below", version=0)
        assert JournalEntry.objects.filter(verb="calibration.objected").count() == 1


# ---------------------------------------------------------------- ending
class TestEnding:
    def test_closing_puts_an_adjustment_beside_who_moved_and_keeps_both(self, table):
        table.open()
        table.move("andi")
        done = close(table)
        assert (done.state, done.ended_by) == (SessionState.CLOSED, table.city.cast.sri)
        row = table.appraisal("andi")
        assert (row.predicate, row.standing, row.alignment) == ("baik", "sangat_baik", Alignment.CLOSED)
        kept = row.adjustment
        assert (kept.proposed_by, kept.confirmed_by) == (table.city.cast.sri, table.city.cast.hendra)
        assert (kept.reason, kept.rater_word, kept.rater_silent) == ("Antrean turun separuh", "", False)
        assert not Adjustment.objects.exclude(pk=kept.pk).exists()
        [told] = JournalEntry.objects.filter(verb="calibration.closed")
        assert told.changes["before"] == {"baik": 3}
        assert told.changes["after"] == {"baik": 2, "sangat_baik": 1}

    def test_the_raters_word_or_silence_is_kept(self, table):
        table.open()
        against = table.propose("tono", "andi")
        object_to_move(actor=table.viewer("hendra"), proposal=table.fresh(against), text="Dibantu rekan", version=0)
        table.confirm("sri", against)
        silent = table.propose("tono", "rina", "below", "meets")
        table.city.later(3)
        table.confirm("sri", silent)
        close(table)
        assert table.appraisal("andi").adjustment.rater_word == "Dibantu rekan"
        kept = table.appraisal("rina").adjustment
        assert (kept.rater_word, kept.rater_silent) == ("", True)

    def test_who_was_moved_back_has_no_adjustment(self, table):
        table.open()
        table.move("andi")
        table.move("andi", "meets", "meets")
        close(table)
        assert not Adjustment.objects.exists()

    def test_it_is_closed_by_its_leader_with_a_note_once_nothing_waits(self, table):
        table.open()
        proposal = table.propose("sri", "andi")
        for name in ("hendra", "tono", "mayor", "maya", "andi"):
            with pytest.raises(NotAllowed):
                close(table, name)
        with pytest.raises(ValidationError):
            close(table, note=" ")
        with pytest.raises(NotNow, match="1 usulan"):
            close(table)
        table.confirm("hendra", proposal)
        with pytest.raises(Stale):
            close(table, version=7)
        close(table)
        for verb in (close_session, cancel_session):
            with pytest.raises(NotNow, match="tidak berubah lagi"):
                verb(actor=table.viewer("sri"), session=fresh(table.session), note="Lagi", version=1)
        with pytest.raises(NotNow):
            table.propose("sri", "rina")

    def test_a_cancelled_session_counts_for_nothing_and_another_may_follow(self, table):
        table.open()
        table.move("andi")
        open_one = table.propose("sri", "rina")
        session = fresh(table.session)
        with pytest.raises(NotAllowed):
            cancel_session(actor=table.viewer("hendra"), session=session, note="Salah", version=0)
        cancel_session(actor=table.viewer("sri"), session=session, note="Salah rumpun", version=0)
        assert Proposal.objects.get(pk=open_one.pk).state == ProposalState.WITHDRAWN
        assert not Adjustment.objects.exists()
        row = table.appraisal("andi")
        assert (row.standing, row.alignment) == ("baik", "")
        assert table.open().placements.count() == 3

    def test_who_leads_the_unit_by_now_takes_over(self, table):
        table.open()
        Assignment.objects.filter(employee=table.city.cast.sri).update(ends_on=table.city.day)
        Assignment.objects.filter(employee=table.city.cast.bambang).update(post=table.city.cast.posts["dukcapil_head"])
        assert close(table, "bambang").ended_by == table.city.cast.bambang

    def test_who_is_compared_never_leads_it_even_when_they_come_to_lead_the_unit(self, table):
        table.open()
        Assignment.objects.filter(employee=table.city.cast.sri).update(ends_on=table.city.day)
        Assignment.objects.create(
            employee=table.city.cast.joko,
            post=table.city.cast.posts["dukcapil_head"],
            kind="plh",
            starts_on=table.city.day - timedelta(days=1),
        )
        with pytest.raises(NotAllowed):
            close(table, "joko")


# ---------------------------------------------------------------- what becomes of it
class TestStanding:
    def test_hand_over_tells_the_person_both_and_everything_reads_the_new_one(self, table):
        table.open()
        table.move("andi")
        close(table)
        assert not JournalEntry.objects.filter(
            verb__startswith="calibration.", subject_employee_id__isnull=False
        ).exists(), "the journal names nobody before hand-over"
        hand(table, "hendra", "andi")
        [told] = JournalEntry.objects.filter(verb="appraisals.handed_over")
        assert told.subject_employee_id == table.city.cast.andi.pk
        assert told.changes["predicate"] == ["baik", "sangat_baik"]

    def test_the_raters_spread_is_that_of_the_calibrated_predicates(self, table):
        RatingWindow.objects.update(least_people=2)
        table.city.window.refresh_from_db()
        table.open()
        table.move("andi")
        table.move("rina")
        close(table)
        [group] = desk_of(table.viewer("hendra"), table.city.window)
        assert (group.counts["sangat_baik"], group.counts["baik"]) == (2, 0)
        with pytest.raises(ValidationError) as refused:
            hand(table, "hendra", "andi")
        assert list(refused.value.message_dict) == ["spread_reason"]

    def test_an_objection_decides_over_calibration_and_goes_past_who_decided_that(self, table):
        table.open()
        table.move("andi", "below", "meets")
        close(table)
        [row] = hand(table, "hendra", "andi")
        row = receive_appraisal(actor=table.viewer("andi"), appraisal=row, version=row.version)
        objection = file_objection(
            actor=table.viewer("andi"), appraisal=row, text="Sistem rusak", form_key=uuid4(), version=row.version
        )
        assert objection.decider == table.city.cast.mayor, "Sri decided the calibration"
        assert objection.case["adjustment"]["predicate"] == "butuh_perbaikan"
        said = {"objection": objection, "text": "Saya menyetujuinya", "version": 0}
        objection = answer_objection(actor=table.viewer("hendra"), **said)
        same = Decision("berubah", "Bukti cukup", "below", "meets")
        told = {"actor": table.viewer("mayor"), "objection": objection, "version": objection.version}
        with pytest.raises(ValidationError):
            decide_objection(decision=same, **told)
        objection.appraisal.refresh_from_db()
        decide_objection(decision=Decision("berubah", "Bukti cukup", "above", "meets"), **told)
        row = table.appraisal("andi")
        assert (row.predicate, row.handed.predicate, row.standing) == ("baik", "butuh_perbaikan", "baik")
        [entry] = JournalEntry.objects.filter(verb="appraisals.objection_decided")
        assert entry.changes["predicate"] == ["butuh_perbaikan", "baik"]

    def test_where_the_leader_decided_nothing_the_objection_stays_with_the_raters_appraiser(self, table):
        table.open()
        table.move("andi", "below", "meets", by="tono")
        close(table)
        [row] = hand(table, "hendra", "andi")
        row = receive_appraisal(actor=table.viewer("andi"), appraisal=row, version=row.version)
        objection = file_objection(
            actor=table.viewer("andi"), appraisal=row, text="Sistem rusak", form_key=uuid4(), version=row.version
        )
        assert objection.decider == table.city.cast.sri

    def test_the_database_holds_that_two_decide(self, table):
        table.open()
        table.move("andi")
        with pytest.raises(IntegrityError), transaction.atomic():
            Proposal.objects.update(settled_by=table.city.cast.sri)
        close(table)
        with pytest.raises(IntegrityError), transaction.atomic():
            Adjustment.objects.update(confirmed_by=table.city.cast.sri)
        with pytest.raises(IntegrityError), transaction.atomic():
            Placement.objects.update(appraisal=table.appraisal("andi"))
