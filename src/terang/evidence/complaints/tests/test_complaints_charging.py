"""Whose a final answer is: its author's for good, its holder's on the day it was missed, the head's where nobody took
it; and everybody whom an act touches is named in its entry."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from terang.audit.models import JournalEntry
from terang.evaluation.followers import days_told, touched
from terang.evidence.complaints import evidence
from terang.evidence.complaints.models import AnswerDue, Complaint, MessageKind
from terang.evidence.complaints.services import citizen, guarding, verifying, working
from terang.evidence.complaints.services import time as times
from terang.registry.people.models import Assignment, AssignmentKind, Post

DAY = date(2026, 11, 2)
START, END = date(2026, 11, 1), date(2027, 2, 1)


@pytest.fixture(autouse=True)
def early(house):
    house.go_to(DAY)


def fresh(found):
    return Complaint.objects.get(pk=found.pk)


def counted(house, who, as_of=END):
    """(due, in time and confirmed, reopened) of somebody, over all months."""
    rows = evidence.facts([house.people[who].pk], START, END, as_of=as_of)["complaints"]
    return tuple(sum(row[place] for row in rows) for place in (2, 3, 4))


def told(house, who):
    rows = evidence.records("complaint_response", house.people[who].pk, START, END, as_of=END)
    return [row.detail for row in rows]


def give(house, found, who):
    found = fresh(found)
    return working.assign_complaint(
        actor=house.viewer("head"), complaint=found, version=found.version, handler=house.people[who]
    )


def answer(house, found, who, text="Kini tiga loket."):
    found = fresh(found)
    return working.answer_complaint(
        actor=house.viewer(who), complaint=found, version=found.version, text=text, form_key=uuid4()
    )


def pass_on(house, found, who="budi"):
    found = fresh(found)
    return working.reroute_complaint(
        actor=house.viewer(who), complaint=found, version=found.version, unit=house.units["other"], reason="Salah"
    )


def day_after(house, day):
    house.go_to(day + timedelta(days=1))
    times.settle(agency=house.office.agency)


def test_the_first_author_keeps_due_day_and_opening_and_the_next_gets_their_own(house):
    found = house.reopened()
    found = give(house, found, "cici")
    assert counted(house, "budi") == (1, 0, 1)
    assert counted(house, "cici") == (0, 0, 0)
    assert "Tetap dihitung pada penulis jawabannya" in told(house, "budi")[0]
    citizen.confirm_done(complaint=answer(house, found, "cici"))
    assert counted(house, "budi") == (1, 0, 1)
    assert counted(house, "cici") == (1, 1, 0)
    [detail] = told(house, "cici")
    assert detail.startswith("Jawaban setelah dibuka kembali. Dijawab 2 November 2026")
    assert detail.endswith("warga menyatakan selesai.")


def test_who_answers_again_counts_once(house):
    found = give(house, house.reopened(), "budi")
    citizen.confirm_done(complaint=answer(house, found, "budi"))
    assert counted(house, "budi") == (1, 0, 1)


def test_passing_a_late_report_on_takes_nothing_away(house):
    found = house.in_hand()
    house.go_to(found.finish_due_on + timedelta(days=1))
    pass_on(house, found)
    assert counted(house, "budi") == (1, 0, 0)
    assert "Tetap dihitung pada yang memegangnya hari itu" in told(house, "budi")[0]
    found = working.take_complaint(actor=house.viewer("lala"), complaint=fresh(found), version=fresh(found).version)
    citizen.confirm_done(complaint=answer(house, found, "lala"))
    assert counted(house, "lala") == counted(house, "dodi") == (0, 0, 0)


def test_who_got_it_before_its_day_is_charged_not_who_had_it_first(house):
    found = pass_on(house, house.in_hand())
    found = working.take_complaint(actor=house.viewer("lala"), complaint=found, version=found.version)
    day_after(house, found.finish_due_on)
    assert counted(house, "budi") == (0, 0, 0)
    assert counted(house, "lala") == (1, 0, 0)


def test_what_nobody_took_is_late_for_the_head_also_when_it_is_taken_then(house):
    found = house.routed()
    assert counted(house, "head") == (0, 0, 0)
    day_after(house, found.finish_due_on)
    assert counted(house, "head") == (1, 0, 0)
    assert "Tidak diambil siapa pun sampai batasnya" in told(house, "head")[0]
    answer(house, give(house, found, "budi"), "budi")
    assert counted(house, "head") == (1, 0, 0)
    assert counted(house, "budi") == (0, 0, 0)


def leads(house, who, kind, day):
    """Somebody leads the unit beside its definitive head from a day on."""
    post = Post.objects.get(unit=house.units["service"], is_head=True)
    Assignment.objects.create(employee=house.people[who], post=post, kind=kind, starts_on=day)


def test_a_stand_in_since_yesterday_is_not_charged_for_the_head(house):
    found = house.routed()
    leads(house, "cici", AssignmentKind.STAND_IN, found.finish_due_on)
    day_after(house, found.finish_due_on)
    assert counted(house, "head") == (1, 0, 0)
    assert counted(house, "cici") == (0, 0, 0)


def test_it_is_the_head_of_the_due_day_however_late_it_is_charged(house):
    found = house.routed()
    after = found.finish_due_on + timedelta(days=1)
    Assignment.objects.filter(employee=house.people["head"]).update(ends_on=after)
    leads(house, "cici", AssignmentKind.ACTING, after)
    day_after(house, after + timedelta(days=3))
    assert counted(house, "head") == (1, 0, 0)
    assert counted(house, "cici") == (0, 0, 0)


def test_it_is_the_head_of_the_unit_in_which_it_lies(house):
    found = pass_on(house, house.in_hand())
    day_after(house, found.finish_due_on)
    assert counted(house, "dodi") == (1, 0, 0)
    assert counted(house, "head") == counted(house, "budi") == (0, 0, 0)


def test_a_later_handler_who_does_not_answer_is_late_on_their_own_day(house):
    found = give(house, house.reopened(), "cici")
    assert found.again_due_on
    day_after(house, found.again_due_on)
    assert counted(house, "cici") == (1, 0, 0)
    assert counted(house, "budi") == (1, 0, 1)


def test_the_author_is_who_wrote_it_not_who_had_it_in_hand(house):
    citizen.confirm_done(complaint=answer(house, house.in_hand(), "head"))
    assert counted(house, "head") == (1, 1, 0)
    assert counted(house, "budi") == (0, 0, 0)


def test_an_answer_to_a_reply_is_no_further_answer(house):
    found = citizen.reply_to(complaint=house.answered(), text="Loket mana?", form_key=uuid4())
    citizen.confirm_done(complaint=answer(house, found, "head"))
    assert counted(house, "budi") == (1, 1, 0)
    assert counted(house, "head") == (0, 0, 0)


def test_a_joined_report_opened_again_is_its_authors_too(house):
    main, twin = house.in_hand(title="Utama"), house.verifying()
    verifying.merge_duplicate(actor=house.viewer("kokom"), complaint=twin, version=twin.version, main=main)
    citizen.confirm_done(complaint=answer(house, main, "budi"))
    assert counted(house, "budi") == (1, 1, 0)
    citizen.reopen(complaint=fresh(twin), text="Di sini belum.", form_key=uuid4())
    assert counted(house, "budi") == (2, 1, 1)


def test_what_went_elsewhere_unanswered_counts_for_nobody(house):
    found = house.routed()
    day_after(house, found.finish_due_on)
    found = fresh(found)
    verifying.refer_complaint(
        actor=house.viewer("kokom"), complaint=found, version=found.version, institution="PLN", reason="Milik PLN."
    )
    assert counted(house, "head") == (0, 0, 0)


def test_misconduct_that_lies_in_no_unit_is_charged_to_nobody(house):
    found = house.routed(is_misconduct=True, about_unit=house.units["service"])
    day_after(house, found.finish_due_on)
    assert not AnswerDue.objects.exists()


def test_a_missed_day_is_charged_once_and_told(house):
    found = house.routed()
    day_after(house, found.finish_due_on)
    times.settle(agency=house.office.agency)
    [entry] = JournalEntry.objects.filter(verb="complaints.missed")
    assert set(touched([entry], None, DAY)) == {house.people["head"].pk}
    assert found.finish_due_on in days_told([entry])


def test_both_peoples_scores_follow_a_hand_over_at_once(house):
    budi, cici = house.people["budi"].pk, house.people["cici"].pk
    found = house.in_hand()
    give(house, found, "cici")
    pass_on(house, found, "cici")
    handed, passed = JournalEntry.objects.filter(object_id=found.pk).order_by("-id")[:2][::-1]
    assert (handed.subject_employee_id, handed.changes["people"]) == (cici, [budi])
    assert (passed.subject_employee_id, passed.changes["people"]) == (None, [cici])
    assert set(touched([handed], None, DAY)) == {budi, cici}
    assert set(touched([passed], None, DAY)) == {cici}


def test_the_authors_score_follows_what_happens_in_other_hands(house):
    found = answer(house, give(house, house.reopened(), "cici"), "cici")
    citizen.confirm_done(complaint=found)
    entry = JournalEntry.objects.filter(object_id=found.pk, verb="complaints.confirmed").get()
    assert set(touched([entry], None, DAY)) == {house.people["budi"].pk, house.people["cici"].pk}


def test_guarded_it_is_told_to_the_scores_of_those_it_was_taken_from(house):
    found = house.reopened()
    guarding.guard_complaint(
        actor=house.viewer("kokom"), complaint=found, version=found.version, about=None, reason="Pungutan."
    )
    entry = JournalEntry.objects.filter(object_id=found.pk).order_by("id").last()
    assert house.people["budi"].pk in touched([entry], None, DAY)
    assert days_told([entry])
    assert counted(house, "budi") == (0, 0, 0)
    assert found.messages.filter(kind=MessageKind.ANSWER).exists()


def test_any_number_of_answers_and_hands_is_one_query(house, django_assert_num_queries):
    for _ in range(3):
        citizen.confirm_done(complaint=answer(house, give(house, house.reopened(), "cici"), "cici"))
    people = [each.pk for each in house.people.values()]
    with django_assert_num_queries(1):
        rows = evidence.facts(people, START, END, as_of=END)["complaints"]
    assert sum(row[2] for row in rows) == 6
    with django_assert_num_queries(1):
        assert len(evidence.records("complaint_response", house.people["budi"].pk, START, END, as_of=END)) == 3
