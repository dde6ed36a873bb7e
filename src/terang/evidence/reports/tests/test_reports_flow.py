"""A report from its first word to its publication: who moves it, what is frozen, who sees which marks when."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from terang.audit.models import JournalEntry
from terang.evidence.reports.access import is_published_to, may_read, readable, sees_marks
from terang.evidence.reports.duties import waiting_for
from terang.evidence.reports.evidence import facts, records
from terang.evidence.reports.lists import queue_of
from terang.evidence.reports.models import Reading, Report, ReportState, ReportTerms, Seat
from terang.evidence.reports.readers import may_give, overseers
from terang.evidence.reports.services import answering
from terang.evidence.reports.services.answering import (
    ask_second_look,
    finish_report,
    settle_what_time_settles,
)
from terang.evidence.reports.services.reading import Judgement, rate_report, take_reading
from terang.evidence.reports.services.writing import Words, open_report, save_draft, submit_report
from terang.evidence.reports.terms import asked_of
from terang.evidence.reports.tests.reports_cast import GOOD, HALF, WHOLE, judged, marks
from terang.registry.people.models import AppraiserOverride, Post, PostKind, Role
from terang.web.errors import NotAllowed, NotNow, Stale


def reread(row):
    return type(row).objects.get(pk=row.pk)


def test_a_report_goes_through_both_readers(desk):
    report = desk.submitted()
    assert {(each.seat, each.reader_id) for each in report.readings.all()} == {
        (Seat.SUPERIOR, None),
        (Seat.OVERSIGHT, desk.overseer.pk),
    }
    desk.rates(report, Seat.SUPERIOR, judged(3))
    assert reread(report).state == ReportState.SUBMITTED
    assert desk.facts() == []
    desk.rates(report, Seat.OVERSIGHT, judged(2))
    report = reread(report)
    assert report.state == ReportState.RATED
    assert {row[2]: row[3] for row in desk.facts()} == {"superior": 7500, "oversight": 5000}
    told = records("report_rating", desk.author.pk, date(2026, 1, 1), date(2027, 1, 1))
    assert {each.entered_by for each in told} == {desk.office.head.name, desk.overseer.name}
    assert all(each.url == f"/laporan/{report.pk}/" and each.counted and len(each.lines) == 4 for each in told)
    done = finish_report(actor=desk.viewer(desk.author), report=report, reply="Terima kasih", version=report.version)
    assert (done.state, done.audience, done.reply) == (ReportState.PUBLISHED, "unit", "Terima kasih")
    verbs = list(JournalEntry.objects.filter(verb__startswith="reports.").order_by("pk").values_list("verb", flat=True))
    assert verbs == [
        "reports.report_opened",
        "reports.report_submitted",
        "reports.report_rated",
        "reports.report_rated",
        "reports.report_finished",
        "reports.report_published",
    ]


def test_a_report_begins_prefilled_and_its_figures_freeze_with_it(desk):
    report = desk.opened()
    row = report.achievements.get()
    assert "Jumlah dokumen terbit: 12 dokumen" in row.text
    assert report.plans.startswith("1. Mengejar Jumlah dokumen terbit")
    report = desk.submitted()
    before = report.figures
    assert any(each["result_id"] == row.result_id and each["url"].startswith("/kegiatan/") for each in before)
    desk.accepts(50_000)
    assert reread(report).figures == before
    desk.returns(report, Seat.SUPERIOR)
    again = desk.hands_in(reread(report))
    assert any("62 dokumen" in each["value"] for each in again.figures)


def test_the_journal_keeps_no_words(desk):
    report = desk.submitted()
    desk.returns(report, Seat.SUPERIOR, "Rahasia sekali")
    told = str(list(JournalEntry.objects.filter(verb__startswith="reports.").values_list("changes", "reason")))
    assert "Listrik" not in told
    assert "Rahasia" not in told
    assert "hmac-sha256:" in told


def test_the_person_s_own_journal_tells_no_rating_before_the_page_does(desk):
    report = desk.submitted()
    desk.rates(report, Seat.SUPERIOR, judged(3))
    entry = JournalEntry.objects.get(verb="reports.report_rated")
    assert entry.subject_employee_id == desk.author.pk
    assert "7500" not in str([value for name, value in entry.changes.items() if name != "note"])
    assert all(each.startswith("hmac-sha256:") for each in entry.changes["note"])


def test_begun_twice_it_is_one_report(desk):
    assert desk.opened().pk == desk.opened().pk


def test_only_what_is_asked_for_can_be_begun(desk):
    with pytest.raises(NotNow, match="tidak diminta"):
        open_report(actor=desk.viewer(desk.author), kind="triwulan", start=date(2026, 7, 1))
    with pytest.raises(NotNow, match="tidak diminta"):
        open_report(actor=desk.viewer(desk.author), kind="semester", start=date(2027, 1, 1))
    ReportTerms.objects.all().delete()
    assert asked_of(desk.author, desk.office.today) == []


def test_of_an_elected_official_none_is_asked(desk):
    Post.objects.filter(assignments__employee=desk.author).update(kind=PostKind.ELECTED)
    assert asked_of(desk.author, desk.office.today) == []
    with pytest.raises(NotNow, match="tidak diminta"):
        desk.opened()
    desk.later(date(2027, 1, 10))
    assert waiting_for(desk.viewer(desk.author)) == []


def test_due_days_are_working_days_of_the_terms(desk):
    [half, *_] = [each for each in asked_of(desk.author, desk.office.today) if each.span.start == HALF]
    assert (half.opens_on, half.due_on) == (date(2026, 11, 1), date(2027, 1, 14))


def test_it_is_too_early_before_the_terms_open_it(desk):
    ReportTerms.objects.update(opens_days=10)
    report = desk.opened()
    with pytest.raises(NotNow, match="21 Desember 2026"):
        desk.hands_in(report)


@pytest.mark.parametrize(("part", "name"), [("challenges", "tantangan"), ("plans", "rencana ke depan")])
def test_a_part_left_out_is_named(desk, part, name):
    report = desk.opened()
    with pytest.raises(NotNow, match=name):
        desk.hands_in(report, replace(WHOLE, **{part: " "}))
    assert reread(report).state == ReportState.DRAFT


def test_a_page_never_makes_itself_stale_but_another_page_does(desk):
    report, mine, other = desk.opened(), uuid4(), uuid4()
    actor = desk.viewer(desk.author)
    first = save_draft(actor=actor, report=report, words=WHOLE, version=1, page=mine)
    assert first.version == 2
    again = save_draft(actor=actor, report=report, words=replace(WHOLE, plans="Lain"), version=1, page=mine)
    assert (again.version, again.plans) == (3, "Lain")
    with pytest.raises(Stale):
        save_draft(actor=actor, report=report, words=WHOLE, version=1, page=other)
    unchanged = save_draft(actor=actor, report=report, words=replace(WHOLE, plans="Lain"), version=3, page=other)
    assert unchanged.version == 3


def test_handed_in_twice_by_one_page_it_is_handed_in_once(desk):
    report, page = desk.opened(), uuid4()
    for _ in range(2):
        submit_report(actor=desk.viewer(desk.author), report=report, words=WHOLE, version=1, page=page)
    assert JournalEntry.objects.filter(verb="reports.report_submitted").count() == 1
    assert Reading.objects.count() == 2


def test_only_the_author_writes(desk):
    report = desk.opened()
    for person in (desk.office.head, desk.overseer, desk.colleague):
        with pytest.raises(NotAllowed):
            save_draft(actor=desk.viewer(person), report=report, words=WHOLE, version=1, page=uuid4())


def test_nothing_is_written_while_it_is_read(desk):
    report = desk.submitted()
    with pytest.raises(NotNow, match="sedang dibaca"):
        save_draft(actor=desk.viewer(desk.author), report=report, words=WHOLE, version=report.version, page=uuid4())


def test_neither_reader_sees_the_others_marks_before_their_own(desk):
    ReportTerms.objects.update(disclosure="segera")
    report = desk.submitted()
    desk.rates(report, Seat.SUPERIOR, judged(3))
    report = reread(report)
    readings = list(report.readings.select_related("report__employee__agency", "report__unit"))
    first = next(each for each in readings if each.seat == Seat.SUPERIOR)
    seen = {name: sees_marks(desk.viewer(person), report, readings)[first.pk] for name, person in desk.people().items()}
    assert seen == {"author": True, "head": True, "overseer": False, "colleague": False}
    desk.rates(report, Seat.OVERSIGHT, judged(2))
    readings = list(report.readings.select_related("report__employee__agency", "report__unit"))
    assert all(sees_marks(desk.viewer(desk.overseer), reread(report), readings).values())


def test_together_the_author_sees_nothing_before_both_have_rated(desk):
    report = desk.submitted()
    desk.rates(report, Seat.SUPERIOR, judged(3))
    readings = list(report.readings.select_related("report__employee__agency", "report__unit"))
    assert not any(sees_marks(desk.viewer(desk.author), reread(report), readings).values())
    assert sum(sees_marks(desk.viewer(desk.office.head), reread(report), readings).values()) == 1


def test_shown_to_the_person_at_once_it_still_counts_only_once_both_have_rated(desk):
    """The score and the records behind it are open to the overseer, who has not judged yet."""
    ReportTerms.objects.update(disclosure="segera")
    report = desk.submitted()
    desk.rates(report, Seat.SUPERIOR, judged(3))
    assert desk.facts() == []
    assert records("report_rating", desk.author.pk, date(2026, 1, 1), date(2027, 1, 1)) == []
    desk.rates(report, Seat.OVERSIGHT, judged(2))
    assert {row[2]: row[3] for row in desk.facts()} == {"superior": 7500, "oversight": 5000}


def test_without_overseers_the_superior_alone_rates(desk):
    ReportTerms.objects.update(oversight_reads=False)
    report = desk.submitted()
    desk.rates(report, Seat.SUPERIOR, judged(4))
    assert reread(report).state == ReportState.RATED
    assert [row[2:] for row in desk.facts()] == [("superior", 10_000)]


def test_a_returned_report_opens_given_ratings_again(desk):
    report = desk.submitted()
    desk.rates(report, Seat.SUPERIOR, judged(3))
    desk.returns(report, Seat.OVERSIGHT)
    report = reread(report)
    assert report.state == ReportState.RETURNED
    given = report.readings.get(seat=Seat.SUPERIOR)
    assert given.given_at is None
    assert given.marks.count() == 4
    with pytest.raises(NotNow, match="dilengkapi"):
        desk.rates(report, Seat.OVERSIGHT, judged(3))
    desk.hands_in(report)
    desk.rates(report, Seat.SUPERIOR, judged(4))
    desk.rates(report, Seat.OVERSIGHT, judged(4))
    assert reread(report).state == ReportState.RATED


def test_a_page_from_before_the_return_is_stale_for_a_reader(desk):
    report = desk.submitted()
    old = report.readings.get(seat=Seat.SUPERIOR)
    desk.returns(report, Seat.OVERSIGHT)
    desk.hands_in(reread(report))
    with pytest.raises(Stale):
        rate_report(actor=desk.viewer(desk.office.head), reading=old, judgement=judged(3), version=old.version)


def test_rated_twice_it_is_rated_once(desk):
    report = desk.submitted()
    desk.rates(report, Seat.SUPERIOR, judged(3))
    reading = report.readings.get(seat=Seat.SUPERIOR)
    again = rate_report(actor=desk.viewer(desk.office.head), reading=reading, judgement=judged(1), version=1)
    assert again.rating_bp == 7500
    assert JournalEntry.objects.filter(verb="reports.report_rated").count() == 1


@pytest.mark.parametrize("levels", [{"bukti": 3}, {**marks(3), "bukti": 9}, {**marks(3), "lain": 1}])
def test_marks_outside_the_rubric_are_refused(desk, levels):
    report = desk.submitted()
    with pytest.raises(NotNow):
        desk.rates(report, Seat.SUPERIOR, Judgement(levels, {}))
    assert report.readings.filter(given_at=None).count() == 2


def test_a_return_needs_a_word(desk):
    report = desk.submitted()
    with pytest.raises(NotNow, match="dilengkapi"):
        desk.returns(report, Seat.SUPERIOR, "  ")


def test_who_may_rate(desk):
    report = desk.submitted()
    readings = {each.seat: each for each in report.readings.select_related("report__employee__agency", "report__unit")}
    may = {
        (name, seat): may_give(desk.viewer(person), reading)
        for name, person in desk.people().items()
        for seat, reading in readings.items()
    }
    assert {pair for pair, allowed in may.items() if allowed} == {("head", Seat.SUPERIOR), ("overseer", Seat.OVERSIGHT)}
    with pytest.raises(NotAllowed):
        rate_report(actor=desk.viewer(desk.colleague), reading=readings["superior"], judgement=GOOD, version=1)


def test_the_superior_of_the_day_decides(desk):
    report = desk.submitted()
    other = desk.office.employee("Penilai Baru")
    AppraiserOverride.objects.create(
        employee=desk.author, appraiser=other, starts_on=desk.office.today, reason="Pindah", document="SK 1"
    )
    reading = report.readings.select_related("report__employee__agency", "report__unit").get(seat=Seat.SUPERIOR)
    assert may_give(desk.viewer(other), reading)
    assert not may_give(desk.viewer(desk.office.head), reading)


def test_overseers_never_read_their_own_chief_nor_those_they_appraise(desk):
    desk.office.grant(desk.office.head, Role.OVERSIGHT)
    desk.office.grant(desk.author, Role.OVERSIGHT)
    report = desk.opened()
    assert overseers(report, desk.office.today) == [desk.overseer.pk]
    chief = open_report(actor=desk.viewer(desk.office.head), kind="semester", start=HALF)
    assert desk.author.pk not in overseers(chief, desk.office.today)


def test_a_reading_from_the_common_queue_is_taken_by_one(desk):
    ReportTerms.objects.update(drawing="antrean")
    second = desk.office.employee("Pengawas Dua", unit=desk.office.root)
    desk.office.grant(second, Role.OVERSIGHT)
    report = desk.submitted()
    reading = report.readings.get(seat=Seat.OVERSIGHT)
    assert reading.reader_id is None
    take_reading(actor=desk.viewer(second), reading=reading)
    with pytest.raises(NotAllowed):
        take_reading(actor=desk.viewer(desk.overseer), reading=reread(reading))
    desk.later(desk.office.today + timedelta(days=30))
    take_reading(actor=desk.viewer(desk.overseer), reading=reread(reading))
    assert reread(reading).reader == desk.overseer


def test_the_lot_falls_on_the_one_with_the_fewest_open_readings(desk):
    desk.submitted()
    second = desk.office.employee("Pengawas Dua", unit=desk.office.root)
    desk.office.grant(second, Role.OVERSIGHT)
    other = desk.submitted(desk.colleague)
    assert other.readings.get(seat=Seat.OVERSIGHT).reader == second


def test_silence_goes_up_and_costs_the_employee_nothing(desk):
    report = desk.submitted()
    chief = desk.chief()
    reading = report.readings.select_related("report__employee__agency", "report__unit").get(seat=Seat.SUPERIOR)
    assert not may_give(desk.viewer(chief), reading)
    desk.later(reading.due_on + timedelta(days=1))
    settle_what_time_settles()
    settle_what_time_settles()
    assert JournalEntry.objects.filter(verb="reports.reading_escalated").count() == 2
    assert may_give(desk.viewer(chief), reading)
    assert may_give(desk.viewer(desk.office.head), reading)
    assert desk.facts() == []


def test_what_was_let_go_by_stands_in_the_queue_of_a_superior_by_decree_too(desk):
    """The head is appraised by somebody named for it, who heads no unit."""
    named = desk.office.employee("Penilai Khusus", unit=desk.office.root)
    AppraiserOverride.objects.create(
        employee=desk.office.head, appraiser=named, starts_on=desk.office.today, reason="Khusus", document="SK 2"
    )
    report = desk.submitted()
    reading = report.readings.select_related("report__employee__agency", "report__unit").get(seat=Seat.SUPERIOR)
    assert queue_of(desk.viewer(named)).empty
    desk.later(reading.due_on + timedelta(days=1))
    assert may_give(desk.viewer(named), reading)
    assert queue_of(desk.viewer(named)).overdue == [reading]


def test_a_second_look_is_given_by_somebody_else_and_takes_the_place_of_the_first(desk):
    chief = desk.chief()
    report = desk.rated(3, 1)
    author = desk.viewer(desk.author)
    look = ask_second_look(actor=author, report=report, seat=Seat.SUPERIOR, reason="Bukti ada", version=report.version)
    with pytest.raises(NotNow, match="masih berjalan"):
        finish_report(actor=author, report=report, reply="", version=report.version + 1)
    with pytest.raises(NotAllowed):
        rate_report(actor=desk.viewer(desk.office.head), reading=look, judgement=GOOD, version=look.version)
    rate_report(actor=desk.viewer(chief), reading=look, judgement=judged(4), version=look.version)
    assert {row[2]: row[3] for row in desk.facts()} == {"superior": 10_000, "oversight": 2500}
    told = records("report_rating", desk.author.pk, date(2026, 1, 1), date(2027, 1, 1))
    assert sorted(each.counted for each in told) == [False, True, True]
    with pytest.raises(NotNow, match="sudah pernah"):
        ask_second_look(actor=author, report=report, seat="oversight", reason="Lagi", version=reread(report).version)


def test_a_second_look_has_its_last_day(desk):
    report = desk.rated(3, 3)
    desk.later(report.second_look_until + timedelta(days=1))
    with pytest.raises(NotNow, match="sudah lewat"):
        ask_second_look(
            actor=desk.viewer(desk.author), report=report, seat="superior", reason="x", version=report.version
        )


def test_time_finishes_and_publishes_what_nobody_disputes(desk):
    report = desk.rated(3, 3)
    settle_what_time_settles()
    assert reread(report).state == ReportState.RATED
    desk.later(report.second_look_until + timedelta(days=1))
    settle_what_time_settles()
    assert reread(report).state == ReportState.PUBLISHED


def test_a_report_given_back_can_be_handed_in_however_long_ago_its_period_was(desk):
    report = desk.submitted()
    desk.returns(report, Seat.SUPERIOR)
    desk.later(date(2028, 6, 1))
    assert asked_of(desk.author, date(2028, 6, 1))[-1].span.start > HALF
    assert desk.hands_in(reread(report)).state == ReportState.SUBMITTED


def test_what_the_person_did_in_the_last_minute_goes_before_the_clock(desk):
    """The chore has listed the report when the person asks for a second look."""
    report = desk.rated(3, 3)
    ask_second_look(
        actor=desk.viewer(desk.author), report=report, seat="superior", reason="Bukti", version=report.version
    )
    answering._finish_in_time(report.pk)
    assert reread(report).state == ReportState.RATED
    Reading.objects.filter(look=2).delete()
    for _ in range(2):
        answering._finish_in_time(report.pk)
    assert reread(report).state == ReportState.PUBLISHED


@pytest.mark.parametrize(
    ("audience", "colleague", "stranger"), [("unit", True, False), ("instansi", True, True), ("pengawas", False, False)]
)
def test_published_to_those_the_terms_name(desk, audience, colleague, stranger):
    ReportTerms.objects.update(audience=audience)
    report = desk.rated(3, 3)
    far = desk.office.employee("Orang Jauh", unit=desk.office.root)
    for person in (desk.colleague, far):
        assert not may_read(desk.viewer(person), report)
    done = finish_report(actor=desk.viewer(desk.author), report=report, reply="", version=report.version)
    for person, allowed in ((desk.colleague, colleague), (far, stranger)):
        viewer = desk.viewer(person)
        assert is_published_to(viewer, done) == may_read(viewer, done) == allowed
        assert readable(viewer).filter(pk=done.pk).exists() == allowed


def test_a_draft_is_seen_by_nobody_else(desk):
    report = desk.opened()
    allowed = {name for name, person in desk.people().items() if may_read(desk.viewer(person), report)}
    assert allowed == {"author"}
    desk.submitted()
    report = Report.objects.get()
    allowed = {name for name, person in desk.people().items() if may_read(desk.viewer(person), report)}
    assert allowed == {"author", "head", "overseer"}


def test_a_report_handed_in_early_counts_on_that_day_and_a_late_one_in_its_period(desk):
    early = desk.submitted()
    assert early.counts_on == desk.office.today
    desk.later(date(2027, 2, 1))
    late = desk.submitted(desk.colleague)
    assert late.counts_on == date(2026, 12, 31)


def test_an_old_result_repeats_without_what_came_later(desk):
    desk.rated(3, 3)
    span = (date(2026, 1, 1), date(2027, 1, 1))
    assert len(facts([desk.author.pk], *span, as_of=desk.office.today)["report_ratings"]) == 2
    yesterday = timezone.localdate() - timedelta(days=1)
    assert facts([desk.author.pk], *span, as_of=yesterday)["report_ratings"] == []


def test_facts_cost_the_same_for_many(desk, django_assert_num_queries):
    desk.rated(3, 3)
    with django_assert_num_queries(2):
        facts([desk.author.pk], date(2026, 1, 1), date(2027, 1, 1), as_of=desk.office.today)
    people = [desk.office.employee(f"Pegawai {n}") for n in range(30)]
    for person in people[:3]:
        desk.rated(3, 3, person)
    with django_assert_num_queries(2):
        found = facts([each.pk for each in people], date(2026, 1, 1), date(2027, 1, 1), as_of=desk.office.today)
    assert len(found["report_ratings"]) == 6


def test_words_default_to_nothing():
    assert Words().achievements == {}
