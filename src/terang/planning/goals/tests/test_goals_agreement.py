"""The yearly agreement: what is signed stays; what changes afterwards deviates until it is signed with its reason."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from terang.audit.models import JournalEntry
from terang.planning.goals.models import Agreement, AgreementItem, YearTarget
from terang.planning.goals.promises import draft_of
from terang.planning.goals.services import record_signing, retire_indicator, set_target, sign_agreement
from terang.registry.people.models import Assignment
from terang.web.errors import NotAllowed, NotNow, Stale

TODAY = date(2026, 11, 24)


def draft(office, unit="health"):
    return draft_of(office.cast.units[unit], 2026, TODAY)


def sign(office, actor="bambang", unit="health", on=TODAY, seen=None, **values):
    return sign_agreement(
        actor=office.cast.viewer(actor),
        unit=office.cast.units[unit],
        year=2026,
        on=on,
        document="800/1/2026",
        seen=seen or draft(office, unit).digest,
        **values,
    )


@pytest.fixture
def indicator(office):
    return office.indicator("SR1", 80_000)


def test_head_and_head_above_sign_and_the_targets_are_frozen(office, indicator):
    office.indicator("P1")
    agreement = sign(office)
    assert (agreement.giver, agreement.taker) == (office.cast.bambang, office.cast.mayor)
    assert agreement.giver_title == "Kepala Dinas, Dinas Kesehatan"
    [item] = agreement.items.all()
    assert (item.indicator, item.target_milli, item.goal_text) == (indicator, 80_000, "Sasaran SR1")
    YearTarget.objects.update(target_milli=70_000)
    assert AgreementItem.objects.get().target_milli == 80_000
    assert JournalEntry.objects.filter(verb="goals.agreement_signed").count() == 1


def test_the_government_itself_promises_to_nobody_above(office):
    office.indicator("S1")
    agreement = sign(office, "mayor", "root")
    assert (agreement.giver, agreement.taker) == (office.cast.mayor, None)


def test_where_the_head_above_is_vacant_the_next_one_takes(office):
    office.indicator("P1")
    Assignment.objects.filter(employee=office.cast.bambang).update(ends_on=TODAY)
    assert sign(office, "dewi", "puskesmas").taker == office.cast.mayor


def test_who_neither_leads_nor_keeps_does_not_sign(office, indicator):
    for actor in ("siti", "sri", "dewi", "lina"):
        with pytest.raises(NotAllowed):
            sign(office, actor)
    assert not Agreement.objects.exists()
    assert sign(office, "maya").number == 1


def test_what_was_not_on_the_page_is_not_signed(office, indicator):
    seen = draft(office).digest
    set_target(actor=office.cast.viewer("maya"), indicator=indicator, version=1, year=2026, target_milli=10_000)
    with pytest.raises(Stale):
        sign(office, seen=seen)
    sign(office)
    with pytest.raises(Stale):
        sign(office, seen=seen, cause="prioritas", reason="Dua kali klik")
    assert Agreement.objects.count() == 1


def test_nothing_is_signed_without_targets_or_before_its_day(office):
    office.indicator("SR1", target=None)
    with pytest.raises(NotNow):
        sign(office)
    office.indicator("SR1")
    with pytest.raises(ValidationError):
        sign(office, on=date(2026, 11, 25))
    assert len(draft(office).without_target) == 1


def test_a_changed_target_deviates_until_it_is_signed_with_its_reason(office, indicator):
    maya = office.cast.viewer("maya")
    sign(office)
    assert not draft(office).deviations
    with pytest.raises(NotNow):
        sign(office, cause="prioritas", reason="Tidak ada yang berubah")
    set_target(actor=maya, indicator=indicator, version=1, year=2026, target_milli=75_000)
    [deviation] = draft(office).deviations
    assert (deviation.item.target_milli, deviation.target.target_milli) == (80_000, 75_000)
    for values, field in (({"reason": "Anggaran"}, "cause"), ({"cause": "strategi", "reason": " "}, "reason")):
        with pytest.raises(ValidationError) as error:
            sign(office, **values)
        assert field in error.value.message_dict
    second = sign(office, cause="strategi", reason="Anggaran bergeser")
    assert (second.number, second.state, second.items.get().target_milli) == (2, "ditandatangani", 75_000)
    first = Agreement.objects.get(number=1)
    assert (first.state, first.items.get().target_milli) == ("diganti", 80_000)
    assert not draft(office).deviations


def test_a_new_and_a_retired_indicator_deviate_too(office, indicator):
    sign(office)
    office.indicator("SR1", 50_000)
    retire_indicator(actor=office.cast.viewer("maya"), indicator=indicator, version=1, on=TODAY, reason="Ganti")
    new, gone = draft(office).deviations
    assert (new.item, gone.current) == (None, False)


def test_another_head_signs_anew(office, indicator):
    sign(office)
    Assignment.objects.filter(employee=office.cast.bambang).update(ends_on=date(2026, 11, 1))
    Assignment.objects.create(
        employee=office.cast.dewi, post=office.cast.posts["health_head"], kind="plt", starts_on=date(2026, 11, 1)
    )
    assert draft(office).other_officials
    second = sign(office, "dewi", cause="pejabat", reason="Kepala dinas pensiun")
    assert (second.giver, second.giver_title) == (office.cast.dewi, "Plt. Kepala Dinas, Dinas Kesehatan")


def test_a_signing_elsewhere_is_recorded_by_the_system(office, indicator):
    unit = office.cast.units["health"]
    assert record_signing(unit=unit, year=2026, on=date(2026, 1, 20)).signed_on == date(2026, 1, 20)
    with pytest.raises(NotNow):
        record_signing(unit=office.cast.units["dukcapil"], year=2026, on=TODAY)


def test_the_draft_costs_the_same_with_one_and_fifty_indicators(office, indicator, django_assert_num_queries):
    sign(office)
    with django_assert_num_queries(8):
        draft(office).digest  # noqa: B018
    for _ in range(50):
        office.indicator("SR1")
    with django_assert_num_queries(8):
        assert len(draft(office).deviations) == 50
