"""Who may see whom and act on whom: refusals beside successes."""

from datetime import timedelta

import pytest
from tests.cast import NOW, TODAY, make_cast

from terang.registry.people.access import (
    may_see_performance,
    may_see_record,
    require_appraiser_of,
    require_record_of,
    require_role,
    require_self,
    require_sight_of,
    require_viewer,
)
from terang.registry.people.models import Assignment, Role, RoleGrant
from terang.registry.people.selectors import registered_employees, visible_employees
from terang.web.errors import NotAllowed

EVERYBODY = "mayor sri hendra andi rina joko maya tono agus lina bambang dewi siti"
SIGHT = {
    "mayor": EVERYBODY,
    "maya": EVERYBODY,
    "agus": EVERYBODY,
    "lina": EVERYBODY,
    "sri": "sri hendra andi rina joko",
    "hendra": "hendra andi rina",
    "bambang": "bambang dewi siti",
    "dewi": "dewi siti",
    "andi": "andi",
    "joko": "joko",
    "tono": "tono",
}


@pytest.mark.parametrize("name", SIGHT)
def test_sight_follows_from_dated_facts(cast, name):
    viewer = cast.viewer(name)
    expected = {cast.people[key] for key in SIGHT[name].split()}
    assert set(visible_employees(viewer)) == expected
    assert {person for person in cast.people.values() if may_see_performance(viewer, person)} == expected


def test_an_operator_opens_the_registry_but_no_performance(cast):
    viewer = cast.viewer("tono")
    assert set(registered_employees(viewer)) == set(cast.people.values())
    assert may_see_record(viewer, cast.andi)
    require_record_of(viewer, cast.andi)
    with pytest.raises(NotAllowed):
        require_sight_of(viewer, cast.andi)


def test_a_refusal_names_the_person_and_says_who_may(cast):
    require_sight_of(cast.viewer("hendra"), cast.andi)
    with pytest.raises(NotAllowed, match="Andi Pratama"):
        require_sight_of(cast.viewer("rina"), cast.andi)
    with pytest.raises(NotAllowed):
        require_record_of(cast.viewer("rina"), cast.andi)


def test_a_stranger_government_is_never_seen(cast):
    other = make_cast("99.72", "Pemerintah Kota Lain")
    assert not may_see_performance(cast.viewer("maya"), other.andi)
    assert not may_see_record(cast.viewer("tono"), other.andi)
    assert not set(visible_employees(cast.viewer("mayor"))) & set(other.people.values())


def test_a_role_over_a_unit_sees_that_part_only_and_ends_with_its_day(cast):
    RoleGrant.objects.create(
        employee=cast.rina,
        role=Role.OVERSIGHT,
        unit=cast.units["health"],
        starts_on=TODAY,
        ends_on=TODAY + timedelta(days=1),
    )
    assert set(visible_employees(cast.viewer("rina"))) == {cast.rina, cast.bambang, cast.dewi, cast.siti}
    assert set(visible_employees(cast.viewer("rina", NOW + timedelta(days=1)))) == {cast.rina}
    assert set(visible_employees(cast.viewer("rina", NOW - timedelta(days=1)))) == {cast.rina}


def test_an_acting_head_sees_the_unit_while_acting(cast):
    Assignment.objects.create(employee=cast.andi, post=cast.posts["civil_head"], kind="plt", starts_on=TODAY)
    assert set(visible_employees(cast.viewer("andi"))) == {cast.andi, cast.joko}
    assert set(visible_employees(cast.viewer("andi", NOW - timedelta(days=1)))) == {cast.andi}


def test_only_the_appraiser_or_their_plh_passes_as_appraiser(cast):
    require_appraiser_of(cast.viewer("hendra"), cast.andi)
    for name in ("sri", "maya", "mayor", "andi"):
        with pytest.raises(NotAllowed, match="Hendra Saputra"):
            require_appraiser_of(cast.viewer(name), cast.andi)
    Assignment.objects.create(employee=cast.rina, post=cast.posts["register_head"], kind="plh", starts_on=TODAY)
    require_appraiser_of(cast.viewer("rina"), cast.andi)
    with pytest.raises(NotAllowed):
        require_appraiser_of(cast.viewer("rina"), cast.andi, TODAY - timedelta(days=1))


def test_nobody_passes_as_appraiser_of_the_elected_head(cast):
    with pytest.raises(NotAllowed, match="belum punya pejabat penilai"):
        require_appraiser_of(cast.viewer("maya"), cast.mayor)


def test_roles_self_and_accounts_without_a_person(cast):
    require_role(cast.viewer("maya"), Role.PERSONNEL, Role.OVERSIGHT)
    with pytest.raises(NotAllowed, match="Pengelola kepegawaian"):
        require_role(cast.viewer("andi"), Role.PERSONNEL)
    require_self(cast.viewer("andi"), cast.andi)
    with pytest.raises(NotAllowed, match="Andi Pratama"):
        require_self(cast.viewer("maya"), cast.andi)
    for refuse in (require_viewer, lambda nobody: require_role(nobody, Role.PERSONNEL)):
        with pytest.raises(NotAllowed, match="tidak terhubung"):
            refuse(None)


@pytest.mark.parametrize(("name", "count"), [("maya", 1), ("lina", 1), ("sri", 8), ("andi", 3)])
def test_the_number_of_queries_of_sight_is_fixed(cast, name, count, django_assert_max_num_queries):
    viewer = cast.viewer(name)
    with django_assert_max_num_queries(count):
        list(visible_employees(viewer))
    with django_assert_max_num_queries(7):
        may_see_performance(viewer, cast.siti)


def test_who_has_left_keeps_only_their_own_history(cast):
    cast.sri.left_on = TODAY
    cast.sri.save()
    cast.maya.left_on = TODAY
    cast.maya.save()
    assert set(visible_employees(cast.viewer("sri"))) == {cast.sri}
    assert set(visible_employees(cast.viewer("maya"))) == {cast.maya}
    with pytest.raises(NotAllowed):
        require_role(cast.viewer("maya"), Role.PERSONNEL)
    assert cast.andi in set(visible_employees(cast.viewer("sri", NOW - timedelta(days=1))))
