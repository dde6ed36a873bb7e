"""The people whose appraiser's appraiser somebody is, asked from above, agree with the answer asked from below."""

from datetime import timedelta

import pytest
from tests.cast import SINCE, TODAY, make_cast

from terang.registry.people.models import AppraiserOverride, Assignment, AssignmentKind, Employee, Post
from terang.registry.people.selectors import second_line, superiors_on


@pytest.fixture
def cast(db):
    return make_cast()


def seat(cast, name, post, kind=AssignmentKind.ACTING):
    Assignment.objects.create(
        employee=cast.people[name], post=cast.posts[post], kind=kind, starts_on=TODAY, document="SK 1"
    )


def bend(cast, name, appraiser):
    AppraiserOverride.objects.create(
        employee=cast.people[name], appraiser=cast.people[appraiser], starts_on=TODAY, reason="x", document="SK 2"
    )


def vacate(cast, name):
    cast.people[name].assignments.update(ends_on=TODAY)


def second_post(cast):
    """Two posts that lead nobody; as Plt. one is appraised elsewhere."""
    other = Post.objects.create(unit=cast.units["puskesmas"], title="Bidan", kind="fungsional", valid_from=SINCE)
    Assignment.objects.create(
        employee=cast.andi, post=other, kind=AssignmentKind.ACTING, starts_on=TODAY, document="SK 3"
    )


TWISTS = {
    "plain": lambda cast: None,
    "vacant head": lambda cast: vacate(cast, "hendra"),
    "vacant above": lambda cast: vacate(cast, "sri"),
    "acting beside": lambda cast: seat(cast, "andi", "civil_head"),
    "one leads two": lambda cast: seat(cast, "sri", "register_head"),
    "stand-in": lambda cast: seat(cast, "rina", "register_head", AssignmentKind.STAND_IN),
    "stand-in above": lambda cast: seat(cast, "maya", "dukcapil_head", AssignmentKind.STAND_IN),
    "stand-in from below": lambda cast: seat(cast, "rina", "dukcapil_head", AssignmentKind.STAND_IN),
    "bent": lambda cast: bend(cast, "siti", "tono"),
    "bent head": lambda cast: bend(cast, "hendra", "maya"),
    "bent in a circle": lambda cast: (bend(cast, "sri", "hendra"), bend(cast, "bambang", "siti")),
    "second post": second_post,
    "gone": lambda cast: Employee.objects.filter(pk=cast.hendra.pk).update(left_on=TODAY - timedelta(days=1)),
    "another government": lambda cast: make_cast("99.72", "Pemerintah Kota Lain"),
}


@pytest.mark.parametrize("twist", TWISTS)
def test_asked_from_above_and_from_below_the_answer_is_the_same(cast, twist):
    TWISTS[twist](cast)
    above = superiors_on(cast.agency.pk, TODAY, [person.pk for person in cast.people.values()])
    expected = {(pk, superior.employee_id) for pk, superior in above.items()}
    expected |= {(pk, each.stand_in.pk) for pk, each in above.items() if each.stand_in and each.stand_in.pk != pk}
    assert expected
    found = {(below.pk, person.pk) for person in cast.people.values() for below in second_line(person, TODAY)}
    assert found == expected


def test_who_leads_nobody_is_above_nobody(cast, django_assert_num_queries):
    with django_assert_num_queries(3):
        assert not list(second_line(cast.andi, TODAY))
