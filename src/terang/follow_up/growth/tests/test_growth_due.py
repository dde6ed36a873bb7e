"""What is due is opened once, with its reason and evidence, given to a person, reminded, told higher, and acted on."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.cast import TODAY
from tests.policy import DISCIPLINE
from tests.rating import NOVEMBER

from terang.audit.models import JournalEntry
from terang.evaluation.appraisals.models import Appraisal, AppraisalState, RatingWindow
from terang.evaluation.models import Period
from terang.evaluation.services import publish_policy
from terang.evidence.colleagues.models import RaterKind, ReviewRound, ReviewTally
from terang.follow_up.growth import services
from terang.follow_up.growth.access import may_act
from terang.follow_up.growth.duties import waiting_for
from terang.follow_up.growth.followers import follow
from terang.follow_up.growth.models import CorrectiveAction, DueAction, DueState, Kind, Measurement
from terang.follow_up.growth.selectors import due_of_others, to_act_on, told_to
from terang.follow_up.growth.services import opening
from terang.registry.people.models import AppraiserOverride, Assignment, Role, RoleGrant
from terang.web.errors import NotAllowed, NotNow, Stale

FLOOR = """
[[floors]]
subject = "punctuality"
floor_bp = 6100
follow_up = "talk"
message = "Ketepatan waktu dibicarakan."

[[follow_up.successive]]
predicate = "sangat_baik"
years = 2
action = "succession_pool"
message = "Dua tahun Sangat Baik."
"""


def open_now(city, **others):
    return services.open_due(agency=city.cast.agency, day=city.day, **others)


def test_it_opens_with_reason_evidence_rule_person_and_days(city, low):
    score = low()
    [due] = open_now(city)
    assert (due.kind, due.employee, due.assigned_to) == (Kind.CORRECTIVE, city.cast.andi, city.cast.hendra)
    assert (due.policy, due.rule, due.opened_on) == (city.version, "terang-3", TODAY)
    assert due.opened_on < due.due_on < due.escalate_on
    urls = [each["url"] for each in due.links]
    assert reverse("evaluation:score", args=[score.period_id, score.employee_id]) in urls
    assert any("attendance_rate" in url for url in urls)
    action = CorrectiveAction.objects.get()
    assert (action.measure, action.leader, action.standard_bp) == ("attendance_rate", city.cast.hendra, 6500)
    before = Measurement.objects.get()
    assert (before.round, before.total_bp, before.value_bp) == (0, 5520, 5200)


def test_its_links_open_for_leader_and_employee(city, low, sign_in):
    low()
    [due] = open_now(city)
    for name in ("andi", "hendra"):
        client = sign_in(name)
        for link in due.links:
            assert client.get(link["url"]).status_code == 200


def test_nine_days_are_not_ten(city, low):
    low(since=TODAY - timedelta(days=10))
    assert open_now(city) == []


def test_asked_again_by_worker_and_chore_it_opens_nothing(city, low):
    low()
    assert len(open_now(city)) == 1
    assert open_now(city, employee_ids=[city.cast.andi.pk]) == []
    services.every_hour()
    assert DueAction.objects.count() == CorrectiveAction.objects.count() == 1
    assert JournalEntry.objects.filter(verb="growth.due_opened").count() == 1


def test_the_table_itself_refuses_the_same_cause_twice(city, low):
    low()
    [due] = open_now(city)
    due.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        due.save(force_insert=True)


def test_a_second_fall_opens_nothing_while_one_action_runs_and_opens_one_afterwards(city, low):
    score = low()
    open_now(city)
    score.below_since = date(2026, 11, 3)
    score.save()
    assert open_now(city) == []
    CorrectiveAction.objects.update(state="pulih")
    [due] = open_now(city)
    assert due.cause == "standard:2026-11-03"


def test_the_follower_opens_when_the_journal_tells_of_a_changed_score(city, low):
    score = low()
    entry = JournalEntry(
        verb="evaluation.score_changed",
        agency_id=city.cast.agency.pk,
        subject_employee_id=score.employee_id,
        changes={},
    )
    follow([entry])
    follow([entry])
    assert DueAction.objects.count() == 1
    other = JournalEntry(verb="work.accepted", agency_id=city.cast.agency.pk, subject_employee_id=score.employee_id)
    DueAction.objects.all().delete()
    follow([other])
    assert not DueAction.objects.exists()


def test_a_floor_opens_a_talk_whatever_the_total_and_once_a_period(city, low):
    text = DISCIPLINE.replace("version = 1", "version = 2") + FLOOR
    city.version = publish_policy(agency=city.cast.agency, text=text)
    low(total=9000)
    [due] = open_now(city)
    assert (due.kind, due.subject) == (Kind.TALK, "punctuality")
    assert open_now(city) == []


def test_a_floor_of_an_instrument_reads_released_rounds_with_enough_answers(city, low):
    instrument = """
[[instruments]]
code = "karakter"
label = "Karakter"
label_en = "Character"
scale_min = 1
scale_max = 5
aspects = [{ code = "integritas", label = "Integritas", label_en = "Integrity" }]

[[floors]]
subject = "karakter.integritas"
floor_bp = 6000
follow_up = "talk"
message = "Integritas dibicarakan."
"""
    text = DISCIPLINE.replace("version = 1", "version = 2") + instrument
    city.version = publish_policy(agency=city.cast.agency, text=text)
    low(total=9000)
    round_ = ReviewRound.objects.create(
        agency=city.cast.agency,
        name="Putaran",
        opens_on=NOVEMBER,
        closes_on=date(2026, 11, 6),
        released_on=date(2026, 11, 8),
    )
    ReviewTally.objects.create(
        round=round_, subject=city.cast.andi, kind=RaterKind.PEER, aspect="integritas", answers=4, mean_milli=2000
    )
    [due] = open_now(city)
    assert due.subject == "karakter.integritas"
    assert "Integritas 25" in due.reason["text"] % {"what": "Integritas", "value": "25", "floor": "", "message": ""}


def test_on_the_last_day_it_reminds_and_later_tells_the_superior_once_each(city, low):
    low()
    [due] = open_now(city)
    city.day = due.due_on
    services.every_hour()
    services.every_hour()
    due.refresh_from_db()
    assert (due.reminded_on, due.escalated_on) == (city.day, None)
    city.day = due.escalate_on
    services.every_hour()
    services.every_hour()
    due.refresh_from_db()
    assert (due.escalated_on, due.escalated_to) == (city.day, city.cast.sri)
    told = JournalEntry.objects.filter(verb__in=("growth.due_reminded", "growth.due_escalated"))
    assert told.count() == 2
    assert any("Andi" in duty.title for duty in waiting_for(city.viewer("sri")))


def test_it_goes_to_who_appraises_today(city, low):
    low()
    [due] = open_now(city)
    AppraiserOverride.objects.create(
        employee=city.cast.andi, appraiser=city.cast.sri, starts_on=TODAY, reason="Hendra cuti", document="SK 1"
    )
    services.hand_on(agency=city.cast.agency, day=TODAY)
    due.refresh_from_db()
    assert due.assigned_to == CorrectiveAction.objects.get().leader == city.cast.sri


@pytest.fixture
def talk(city, low):
    """A talk due about punctuality."""
    city.version = publish_policy(
        agency=city.cast.agency, text=DISCIPLINE.replace("version = 1", "version = 2") + FLOOR
    )
    low(total=9000)
    [due] = open_now(city)
    return due


def test_who_it_is_given_to_says_what_was_done(city, talk):
    done = services.settle_due(actor=city.viewer("hendra"), due=talk, outcome="Sudah bicara.", version=talk.version)
    assert (done.state, done.settled_by, done.outcome) == (DueState.DONE, city.cast.hendra, "Sudah bicara.")
    with pytest.raises(NotNow):
        services.settle_due(actor=city.viewer("hendra"), due=done, outcome="Lagi.", version=done.version)
    assert "Sudah bicara" not in str(JournalEntry.objects.filter(verb="growth.due_settled").values())


def test_or_why_nothing_is_done_and_nobody_else_says_so(city, talk):
    for name in ("andi", "sri", "maya", "rina"):
        with pytest.raises(NotAllowed):
            services.settle_due(actor=city.viewer(name), due=talk, outcome="x", version=talk.version)
    with pytest.raises(ValidationError):
        services.settle_due(actor=city.viewer("hendra"), due=talk, outcome=" ", version=talk.version)
    with pytest.raises(Stale):
        services.settle_due(actor=city.viewer("hendra"), due=talk, outcome="x", version=talk.version + 1)
    done = services.settle_due(
        actor=city.viewer("hendra"), due=talk, outcome="Jam masuk keliru.", dropped=True, version=talk.version
    )
    assert done.state == DueState.DROPPED


def test_a_corrective_action_is_not_settled_by_a_word(city, opened):
    with pytest.raises(NotNow):
        services.settle_due(actor=city.viewer("hendra"), due=opened.due, outcome="x", version=opened.due.version)


def rated(city, year: int, predicate: str, **others) -> Appraisal:
    start = date(year, 1, 1)
    period = Period.objects.create(
        agency=city.cast.agency, kind="year", name=f"Tahun {year}", starts_on=start, ends_on=date(year + 1, 1, 1)
    )
    window = RatingWindow.objects.create(
        period=period, opens_on=start, closes_on=start, basis="SK", opened_by=city.cast.maya
    )
    unit = city.cast.units["register"]
    told = {"state": AppraisalState.FINAL, "predicate": predicate, "decided_on": start, "rule_set": "kuadran"} | others
    return Appraisal.objects.create(
        window=window, employee=city.cast.andi, home=unit, unit=unit, rater=city.cast.hendra, **told
    )


def test_a_poor_final_year_opens_the_chance_to_improve_once(city):
    result = rated(city, 2025, "kurang")
    opened = services.open_after_predicates(agency=city.cast.agency, day=TODAY)
    assert [each.kind for each in opened] == [Kind.IMPROVEMENT]
    assert opened[0].links[0]["url"] == result.get_absolute_url()
    assert services.open_after_predicates(agency=city.cast.agency, day=TODAY) == []


def test_a_result_that_is_not_final_opens_nothing(city):
    rated(city, 2025, "kurang", state=AppraisalState.OBJECTED)
    assert services.open_after_predicates(agency=city.cast.agency, day=TODAY) == []


def test_two_very_good_years_are_for_the_personnel_agency_to_weigh(city):
    publish_policy(agency=city.cast.agency, text=DISCIPLINE.replace("version = 1", "version = 2") + FLOOR)
    rated(city, 2024, "sangat_baik")
    rated(city, 2025, "sangat_baik")
    [due] = services.open_after_predicates(agency=city.cast.agency, day=TODAY)
    assert (due.kind, due.assigned_to) == (Kind.SUCCESSION, None)
    assert [duty.url for duty in waiting_for(city.viewer("maya"))] == [due.get_absolute_url()]
    done = services.settle_due(actor=city.viewer("maya"), due=due, outcome="Masuk daftar.", version=due.version)
    assert done.state == DueState.DONE


def test_pages_tell_it_to_the_person_and_refuse_others(city, talk, sign_in):
    mine = sign_in("andi").get(reverse("growth:mine")).content.decode()
    assert "Ketepatan waktu dibicarakan." in mine
    assert "Tidak ada tindak lanjut" in sign_in("joko").get(reverse("growth:mine")).content.decode()
    page = sign_in("hendra").get(talk.get_absolute_url()).content.decode()
    assert "Catat tindak lanjut" in page
    assert "Catat tindak lanjut" not in sign_in("andi").get(talk.get_absolute_url()).content.decode()
    assert sign_in("joko").get(talk.get_absolute_url()).status_code == 403
    assert sign_in("joko").get(reverse("growth:others")).status_code == 403
    assert "Andi" in sign_in("hendra").get(reverse("growth:others")).content.decode()


def test_a_form_without_words_says_so_and_keeps_the_choice(city, talk, sign_in):
    url = reverse("growth:settle", args=[talk.pk])
    answer = sign_in("hendra").post(url, {"version": talk.version, "how": "dropped", "outcome": ""})
    assert answer.status_code == 422
    assert (
        sign_in("hendra").post(url, {"version": talk.version, "how": "dropped", "outcome": "Keliru"}).status_code == 302
    )
    talk.refresh_from_db()
    assert talk.state == DueState.DROPPED


def test_the_lists_ask_the_same_whatever_the_number(city, talk, sign_in):
    def asked() -> int:
        client = sign_in("hendra")
        with CaptureQueriesContext(
            connection,
        ) as found:
            client.get(reverse("growth:others"))
        return len(found)

    few = asked()
    for number in range(12):
        DueAction.objects.create(
            employee=city.cast.andi,
            kind=Kind.TALK,
            cause=f"floor:{number}",
            reason=talk.reason,
            assigned_to=city.cast.hendra,
            opened_on=TODAY,
            due_on=TODAY,
            escalate_on=TODAY,
        )
    assert asked() == few
    assert Assignment.objects.exists()


def test_one_bad_record_keeps_nobody_else_waiting(city, low, monkeypatch):
    low("andi")
    bad = low("rina")
    known = opening.due_by_scores

    def failing(scores, *others):
        if any(each.pk == bad.pk for each in scores):
            raise ValueError("a policy nobody can read")
        return known(scores, *others)

    monkeypatch.setattr(opening, "due_by_scores", failing)
    services.every_hour()
    assert [each.employee for each in DueAction.objects.all()] == [city.cast.andi]


def for_personnel(city, name: str) -> DueAction:
    return DueAction.objects.create(
        employee=city.cast.people[name],
        kind=Kind.SUCCESSION,
        cause="successive:2025",
        reason={"text": "Dua tahun", "params": {}},
        opened_on=TODAY,
        due_on=TODAY,
        escalate_on=TODAY,
        escalated_on=TODAY,
    )


def test_personnel_of_one_unit_acts_there_alone_and_nobody_for_themselves(city):
    cast = city.cast
    RoleGrant.objects.create(
        employee=cast.joko, role=Role.PERSONNEL, unit=cast.units["register"], starts_on=TODAY, document="SK 3"
    )
    inside, outside, own = (for_personnel(city, name) for name in ("andi", "siti", "maya"))
    joko, maya = city.viewer("joko"), city.viewer("maya")
    assert [may_act(joko, each) for each in (inside, outside)] == [True, False]
    assert [may_act(maya, each) for each in (inside, outside, own)] == [True, True, False]
    assert list(to_act_on(joko)) == [inside] == list(told_to(joko))
    assert set(to_act_on(maya)) == {inside, outside}
    assert set(due_of_others(joko)) == {inside}
    with pytest.raises(NotAllowed):
        services.settle_due(actor=maya, due=own, outcome="Layak", version=own.version)
    with pytest.raises(NotAllowed):
        services.settle_due(actor=joko, due=outside, outcome="Layak", version=outside.version)
