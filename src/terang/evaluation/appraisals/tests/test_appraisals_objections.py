"""Who decides an objection: the superior of who rated, frozen on the day of filing."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from terang.audit.models import JournalEntry
from terang.evaluation.appraisals.duties import waiting_for
from terang.evaluation.appraisals.models import Objection
from terang.evaluation.appraisals.selectors import objections_to_decide
from terang.evaluation.appraisals.services import (
    Decision,
    answer_objection,
    decide_objection,
    file_objection,
    pass_on_objections,
)
from terang.registry.people.models import AppraiserOverride, Assignment
from terang.web.errors import NotAllowed, NotNow


def named(city, name, appraiser):
    """From today on somebody else appraises a person."""
    AppraiserOverride.objects.create(
        employee=city.cast.people[name],
        appraiser=city.cast.people[appraiser],
        starts_on=city.day,
        reason="Penugasan",
        document="SK 20/2026",
    )


def received(city, rater, name):
    city.give(rater, name, "below", "meets", reason="Target tidak tercapai")
    return city.receive(name)


def objected(city, rater="hendra", name="andi"):
    row = received(city, rater, name)
    return file_objection(
        actor=city.viewer(name), appraisal=row, text="Targetnya diubah", form_key=uuid4(), version=row.version
    )


def test_the_superior_of_who_rated_decides_whoever_appraises_today(city):
    row = received(city, "hendra", "andi")
    named(city, "andi", "bambang")
    case = file_objection(
        actor=city.viewer("andi"), appraisal=row, text="Keberatan", form_key=uuid4(), version=row.version
    )
    assert case.decider == city.cast.sri
    assert [each.pk for each in objections_to_decide(city.viewer("sri"))] == [case.pk]
    assert not objections_to_decide(city.viewer("mayor")).exists()


def test_who_decides_is_frozen_when_it_is_filed(city):
    case = objected(city)
    Assignment.objects.filter(employee=city.cast.sri).update(ends_on=city.day)
    named(city, "hendra", "bambang")
    case = answer_objection(actor=city.viewer("hendra"), objection=case, text="Begini", version=case.version)
    kept = Decision("tetap", "Target sama sejak awal")
    case.appraisal.refresh_from_db()
    with pytest.raises(NotAllowed):
        decide_objection(actor=city.viewer("bambang"), objection=case, decision=kept, version=case.version)
    assert decide_objection(actor=city.viewer("sri"), objection=case, decision=kept, version=case.version).outcome


def test_where_nobody_is_above_the_rater_filing_says_to_whom_to_turn(city, sign_in):
    named(city, "andi", "mayor")
    row = received(city, "mayor", "andi")
    with pytest.raises(NotNow, match="kepegawaian"):
        file_objection(actor=city.viewer("andi"), appraisal=row, text="Tidak", form_key=uuid4(), version=row.version)
    assert not Objection.objects.exists()
    page = sign_in("andi").get(reverse("appraisals:object", args=[row.pk]))
    assert (page.status_code, "kepegawaian" in page.content.decode()) == (409, True)


def test_who_decides_opens_result_and_decision_without_leading_the_person(city, sign_in):
    named(city, "hendra", "bambang")
    case = objected(city)
    assert case.decider == city.cast.bambang
    city.day += timedelta(days=1)
    client = sign_in("bambang")
    page = client.get(case.appraisal.get_absolute_url())
    assert (page.status_code, "Putuskan keberatan" in page.content.decode()) == (200, True)
    assert client.get(reverse("appraisals:decide", args=[case.pk])).status_code == 200


# ---------------------------------------------------------------- who decides leaves office
def leaves(city, name):
    Assignment.objects.filter(employee=city.cast.people[name]).update(ends_on=city.day)


def test_an_objection_goes_on_to_whoever_follows_a_decider_who_left_and_only_once(city):
    objection = objected(city)
    assert pass_on_objections() == 0
    leaves(city, "sri")
    assert (pass_on_objections(), pass_on_objections()) == (1, 0)
    objection.refresh_from_db()
    assert objection.decider == city.cast.mayor
    assert JournalEntry.objects.filter(verb="appraisals.objection_passed_on").count() == 1


def test_a_decided_objection_stays_where_it_was_decided(city):
    objection = objected(city)
    answer_objection(actor=city.viewer("hendra"), objection=objection, text="Sesuai bukti", version=0)
    objection.refresh_from_db()
    decide_objection(
        actor=city.viewer("sri"), objection=objection, decision=Decision("tetap", "Bukti jelas"), version=1
    )
    leaves(city, "sri")
    assert pass_on_objections() == 0


def test_an_objection_nobody_can_decide_is_told_to_personnel_until_somebody_is_named(city):
    objection = objected(city)
    leaves(city, "sri")
    leaves(city, "mayor")
    assert pass_on_objections() == 1
    assert any("tanpa pemutus" in duty.title for duty in waiting_for(city.viewer("maya")))
    named(city, "hendra", "bambang")
    assert pass_on_objections() == 1
    objection.refresh_from_db()
    assert objection.decider == city.cast.bambang
    assert not any("tanpa pemutus" in duty.title for duty in waiting_for(city.viewer("maya")))
