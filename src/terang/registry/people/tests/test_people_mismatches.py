"""The mismatch inbox: each fault of the registry is found once, with owner, age and a way to mend it."""

from datetime import timedelta

import pytest
from tests.cast import SINCE, TODAY, make_cast

from terang.registry.organization.models import Unit
from terang.registry.people.mismatches import by_kind, mismatches
from terang.registry.people.models import AppraiserOverride, Assignment, Employee, Post


def found(cast, kind):
    return [each for each in mismatches(cast.agency.pk, TODAY) if each.kind == kind]


def test_the_cast_has_one_unit_without_a_head_and_its_owner_is_the_head_above(cast):
    only = mismatches(cast.agency.pk, TODAY)
    assert [(m.kind, m.subject, m.owner) for m in only] == [
        ("vacant_head", "Bidang Pelayanan Pencatatan Sipil", "Sri Wahyuni")
    ]
    assert only[0].days == (TODAY - SINCE).days
    assert only[0].advice


def test_an_acting_head_fills_the_vacancy(cast):
    Assignment.objects.create(employee=cast.rina, post=cast.posts["civil_head"], kind="plt", starts_on=TODAY)
    assert found(cast, "vacant_head") == []


def test_a_person_without_a_post_counts_the_days_since_the_last_one(cast):
    Assignment.objects.filter(employee=cast.andi).update(ends_on=TODAY - timedelta(days=20))
    (lost,) = found(cast, "no_post")
    assert (lost.subject, lost.days, lost.employee_id) == ("Andi Pratama", 20, cast.andi.pk)
    assert found(cast, "no_appraiser") == []


def test_without_a_head_at_the_top_the_heads_below_have_no_appraiser(cast):
    Assignment.objects.filter(employee=cast.mayor).update(ends_on=TODAY)
    assert {m.subject for m in found(cast, "no_appraiser")} == {
        "Sri Wahyuni",
        "Maya Lestari",
        "Agus Salim",
        "Bambang Nugroho",
    }


def test_two_definitive_posts_and_people_who_left_are_found(cast):
    Assignment.objects.create(employee=cast.andi, post=cast.posts["nurse"], starts_on=TODAY - timedelta(days=3))
    Employee.objects.filter(pk=cast.joko.pk).update(left_on=TODAY - timedelta(days=9))
    (double,) = found(cast, "two_posts")
    assert (double.subject, double.days) == ("Andi Pratama", 3)
    (gone,) = found(cast, "left_on_post")
    assert (gone.subject, gone.days) == ("Joko Susilo", 9)


def test_circles_of_overrides_and_of_units_are_found(cast):
    for one, other in ((cast.andi, cast.siti), (cast.siti, cast.andi)):
        AppraiserOverride.objects.create(employee=one, appraiser=other, starts_on=TODAY, reason="x", document="y")
    (circle,) = found(cast, "circle")
    assert "Andi Pratama" in circle.detail
    assert "Siti Rahma" in circle.detail
    Unit.objects.filter(pk=cast.units["dukcapil"].pk).update(parent=cast.units["register"])
    assert {m.unit_id for m in found(cast, "circle") if m.unit_id} == {
        cast.units[key].pk for key in ("dukcapil", "register", "civil")
    }


def test_a_dead_unit_with_people_and_an_override_to_nobody_are_found(cast):
    Unit.objects.filter(pk=cast.units["puskesmas"].pk).update(valid_to=TODAY - timedelta(days=5))
    AppraiserOverride.objects.create(employee=cast.andi, appraiser=cast.dewi, starts_on=SINCE, reason="x", document="y")
    Employee.objects.filter(pk=cast.dewi.pk).update(left_on=TODAY - timedelta(days=2))
    (dead,) = found(cast, "dead_unit")
    assert (dead.subject, dead.days) == ("Puskesmas Melati", 5)
    (pointing,) = found(cast, "override_left")
    assert (pointing.subject, pointing.days) == ("Andi Pratama", 2)


def test_a_vacant_ordinary_post_is_quiet_and_belongs_to_the_units_head(cast):
    Post.objects.create(unit=cast.units["register"], title="Arsiparis", kind="fungsional", valid_from=SINCE)
    (vacant,) = found(cast, "vacant_post")
    assert vacant.quiet
    assert vacant.owner == "Hendra Saputra"
    assert [(count.kind, count.count) for count in by_kind(mismatches(cast.agency.pk, TODAY))] == [
        ("vacant_head", 1),
        ("vacant_post", 1),
    ]


def test_another_governments_faults_are_not_ours(cast):
    other = make_cast("99.72", "Pemerintah Kota Lain")
    Assignment.objects.filter(employee=other.andi).delete()
    assert found(cast, "no_post") == []


@pytest.mark.parametrize("count", [1, 50])
def test_the_number_of_queries_is_fixed(cast, count, django_assert_num_queries):
    Employee.objects.bulk_create(
        Employee(agency=cast.agency, nip=f"1990010120190310{n:02}", name=f"Pegawai {n}", status="pns", joined_on=SINCE)
        for n in range(20, 20 + count)
    )
    with django_assert_num_queries(10):
        assert len(mismatches(cast.agency.pk, TODAY)) == 1 + count
