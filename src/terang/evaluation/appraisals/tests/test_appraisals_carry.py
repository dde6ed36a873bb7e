"""Who moved keeps the earlier result by agreement, and never in the evaluation of a year (Lampiran IV.A.13 p. 91)."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from terang.evaluation.appraisals.duties import waiting_for
from terang.evaluation.appraisals.models import Appraisal, AppraisalState, CarryOver, RatingWindow
from terang.evaluation.appraisals.selectors import earlier_result
from terang.evaluation.appraisals.services import answer_carry, decide_appraisal, propose_carry
from terang.evaluation.models import Period
from terang.web.errors import NotAllowed, NotNow, Stale

MOVED = date(2026, 11, 5)


@pytest.fixture
def moved(city):
    """Andi, rated "Sangat Baik" in October at the register, works at the Puskesmas since 5 November."""
    october = Period.objects.create(
        agency=city.cast.agency, kind="month", name="Oktober", starts_on=date(2026, 10, 1), ends_on=date(2026, 11, 1)
    )
    window = RatingWindow.objects.create(
        period=october, opens_on=MOVED, closes_on=MOVED, basis="SK", opened_by=city.cast.maya
    )
    unit = city.cast.units["register"]
    city.earlier = Appraisal.objects.create(
        window=window,
        employee=city.cast.andi,
        home=unit,
        unit=unit,
        rater=city.cast.hendra,
        state="selesai",
        organisation="istimewa",
        work_result="above",
        behaviour="above",
        predicate="sangat_baik",
        rule_set="permenpanrb-6-2022",
        decided_on=MOVED,
    )
    city.moves("andi", "nurse", MOVED)
    return city


def propose(city, rater="dewi", version=0, key=None):
    return propose_carry(
        actor=city.viewer(rater),
        window=city.window,
        employee=city.cast.andi,
        form_key=key or uuid4(),
        version=version,
    )


def answer(city, carry, agrees, name="andi"):
    carry.appraisal.refresh_from_db()
    return answer_carry(actor=city.viewer(name), carry=carry, agrees=agrees, version=carry.appraisal.version)


def test_agreed_by_both_the_earlier_result_stands_with_its_own_unit_and_is_finished(moved):
    answer(moved, propose(moved), True)
    row = Appraisal.objects.get(window=moved.window)
    assert (row.state, row.predicate, row.organisation) == (AppraisalState.FINAL, "sangat_baik", "istimewa")
    assert (row.unit, row.home) == (moved.cast.units["register"], moved.cast.units["puskesmas"])
    assert row.finished_on == moved.day


def test_declined_the_person_is_rated_as_everybody_in_the_new_unit(moved):
    moved.measure(puskesmas="baik")
    carry = propose(moved)
    answer(moved, carry, False)
    assert moved.give("dewi", "andi").predicate == "baik"
    with pytest.raises(NotNow):
        answer(moved, carry, True)


def test_what_the_rater_decides_meanwhile_counts_and_the_proposal_no_more(moved):
    moved.measure(puskesmas="baik")
    carry = propose(moved)
    row = moved.keep("dewi", "andi")
    with pytest.raises(Stale):
        answer_carry(actor=moved.viewer("andi"), carry=carry, agrees=True, version=1)
    decide_appraisal(actor=moved.viewer("dewi"), appraisal=row, version=row.version)
    with pytest.raises(NotNow):
        answer(moved, carry, True)


def test_only_todays_rater_proposes_and_only_the_person_answers(moved, sign_in):
    for name in ("hendra", "maya", "andi"):
        with pytest.raises(NotAllowed):
            propose(moved, name)
    carry = propose(moved)
    for name in ("dewi", "maya", "siti"):
        with pytest.raises(NotAllowed):
            answer(moved, carry, True, name)
        assert sign_in(name).get(reverse("appraisals:carry", args=[carry.pk])).status_code == 404


def test_a_draft_another_wrote_is_not_shown_to_who_proposes(moved):
    row = moved.keep("dewi", "andi", reason="Rahasia Dewi")
    Appraisal.objects.filter(pk=row.pk).update(rater=moved.cast.bambang)
    propose(moved, version=row.version)
    assert Appraisal.objects.get(pk=row.pk).reason == ""


def test_proposed_twice_is_once_and_after_a_refusal_it_may_be_proposed_again(moved):
    key = uuid4()
    first = propose(moved, key=key)
    assert propose(moved, key=key) == first
    answer(moved, first, False)
    version = Appraisal.objects.get(window=moved.window).version
    assert propose(moved, version=version).answer == ""
    assert CarryOver.objects.count() == 1


def test_nothing_is_carried_into_a_year_nor_from_the_same_unit_nor_before_it_is_finished(moved):
    puskesmas, register = moved.cast.units["puskesmas"], moved.cast.units["register"]
    found = lambda unit: earlier_result(moved.cast.andi.pk, unit, moved.window)  # noqa: E731
    assert found(puskesmas) == moved.earlier
    assert found(register) is None
    Appraisal.objects.filter(pk=moved.earlier.pk).update(state="diterima")
    assert found(puskesmas) is None
    Appraisal.objects.filter(pk=moved.earlier.pk).update(state="selesai")
    Period.objects.update(kind="year")
    moved.window.period.refresh_from_db()
    assert found(puskesmas) is None
    with pytest.raises(NotNow):
        propose(moved)


def test_the_road_on_the_screen_from_proposal_to_result(moved, sign_in):
    sheet = reverse("appraisals:rate", args=[moved.window.pk, moved.cast.andi.pk])
    client = sign_in("dewi")
    page = client.get(sheet)
    assert "Pindah dari unit lain" in page.content.decode()
    form = page.context["propose_form"]
    told = {"version": form["version"].value(), "form_key": form["form_key"].value()}
    client.post(reverse("appraisals:propose_carry", args=[moved.window.pk, moved.cast.andi.pk]), told)
    assert "menunggu jawaban pegawai" in client.get(sheet).content.decode()
    assert any("pakai hasil" in duty.title for duty in waiting_for(moved.viewer("andi")))
    carry = CarryOver.objects.get()
    client = sign_in("andi")
    page = client.get(reverse("appraisals:carry", args=[carry.pk])).content.decode()
    assert "Sangat Baik" in page
    assert "Bidang Pelayanan Pendaftaran" in page
    told = {"version": carry.appraisal.version, "agree": "1"}
    done = client.post(reverse("appraisals:carry", args=[carry.pk]), told, follow=True).content.decode()
    assert "dipakai atas kesepakatan" in done
    assert not any("pakai hasil" in duty.title for duty in waiting_for(moved.viewer("andi")))
