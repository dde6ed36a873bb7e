"""Where the whole oversight team stands in line with the accused unit, a report of misconduct lies with nobody else's
hands than those of the regional head, or of the secretary of the government."""

from uuid import uuid4

import pytest

from terang.evidence.complaints import duties
from terang.evidence.complaints.access import possible_handlers
from terang.evidence.complaints.models import ComplaintClass
from terang.evidence.complaints.selectors import waiting_on
from terang.evidence.complaints.services import verifying, working
from terang.evidence.complaints.tests.test_complaints_secrecy import finds_nothing, sees
from terang.registry.people.models import Assignment, Post, Role, RoleGrant

NAMES = ("mayor", "head", "budi", "cici", "ines", "agus", "sandi", "kokom", "dodi", "lala", "maya", "lina")


def places(house, who, unit):
    """A second post for somebody."""
    post = Post.objects.create(unit=house.units[unit], title="Plt", kind="jpt", valid_from="2020-01-01")
    Assignment.objects.create(employee=house.people[who], post=post, starts_on="2020-01-01", kind="plt")


def readers(house, found):
    return {who for who in NAMES if sees(house, who, found)}


@pytest.fixture
def secretary(house):
    """Sandi is the secretary of the government."""
    Post.objects.filter(assignments__employee=house.people["sandi"]).update(title="Sekretaris Daerah Kota Uji")


@pytest.fixture
def entangled(house, secretary):
    """Everybody of the oversight team also works in Bagian Layanan."""
    for who in ("ines", "agus"):
        places(house, who, "service")


def accused(house, unit="service"):
    about = house.units[unit] if unit else None
    return house.report(title="Minta-Uang-Rahasia", is_misconduct=True, is_anonymous=True, about_unit=about)


def test_the_regional_head_gets_what_leaves_nobody_of_the_team(house, entangled):
    found = accused(house)
    assert readers(house, found) == {"mayor"}
    assert waiting_on(house.viewer("mayor")).get() == found
    assert len(duties.waiting_for(house.viewer("mayor"))) == 1
    assert set(possible_handlers(found, house.viewer("mayor"))) == {house.people["mayor"]}


@pytest.mark.parametrize("who", [who for who in NAMES if who != "mayor"])
def test_no_road_shows_it_to_anybody_of_the_accused_unit_or_elsewhere(house, entangled, client, who):
    finds_nothing(house, accused(house), client, who)


def test_one_of_the_team_left_keeps_it_with_the_team(house, secretary):
    places(house, "ines", "service")
    found = accused(house)
    assert readers(house, found) == {"agus"}
    assert set(possible_handlers(found, house.viewer("agus"))) == {house.people["agus"]}


@pytest.mark.parametrize("gone", ["account", "grant", "left"])
def test_who_can_no_longer_sign_in_is_nobody(house, entangled, gone):
    """A member outside of the unit who is not there any more does not count."""
    away = house.office.employee("Ika Pindah", unit=house.units["other"])
    house.office.grant(away, Role.OVERSIGHT)
    found = accused(house)
    assert not sees(house, "mayor", found)
    if gone == "account":
        away.user.is_active = False
        away.user.save()
    elif gone == "grant":
        RoleGrant.objects.filter(employee=away).update(ends_on=house.viewer("mayor").today)
    else:
        away.left_on = house.viewer("mayor").today
        away.save()
    assert readers(house, found) == {"mayor"}


@pytest.mark.parametrize("why", ["works in the unit", "nobody holds the role"])
def test_the_secretary_gets_it_where_the_head_is_concerned(house, entangled, why):
    if why == "works in the unit":
        places(house, "mayor", "service")
    else:
        RoleGrant.objects.filter(role=Role.REGIONAL_HEAD).delete()
    found = accused(house)
    assert readers(house, found) == {"sandi"}
    assert waiting_on(house.viewer("sandi")).get() == found


@pytest.mark.parametrize("who", [who for who in NAMES if who != "sandi"])
def test_no_road_shows_what_the_secretary_has(house, entangled, client, who):
    places(house, "mayor", "service")
    finds_nothing(house, accused(house), client, who)


def test_about_the_top_without_a_team_it_is_the_secretary_not_the_head(house, secretary):
    found = accused(house, "root")
    assert readers(house, found) == {"ines", "agus"}
    RoleGrant.objects.filter(role=Role.OVERSIGHT).delete()
    assert readers(house, found) == {"sandi"}


def test_about_the_secretariat_the_secretary_never(house, secretary):
    RoleGrant.objects.filter(role=Role.OVERSIGHT).delete()
    found = accused(house, "secretariat")
    assert readers(house, found) == {"mayor"}
    RoleGrant.objects.filter(role=Role.REGIONAL_HEAD).delete()
    assert readers(house, found) == set()


def test_without_a_team_a_report_that_names_no_unit_is_the_heads(house, secretary):
    found = accused(house, None)
    assert readers(house, found) == {"ines", "agus"}
    RoleGrant.objects.filter(role=Role.OVERSIGHT).delete()
    assert readers(house, found) == {"mayor"}


def test_a_head_of_another_secretariat_is_no_secretary_of_the_government(house, secretary):
    Post.objects.filter(assignments__employee=house.people["dodi"]).update(title="Sekretaris DPRD")
    RoleGrant.objects.filter(role__in=(Role.OVERSIGHT, Role.REGIONAL_HEAD)).delete()
    assert readers(house, accused(house)) == {"sandi"}


def test_about_the_inspectorate_it_waits_for_the_head_who_answers_it(house, secretary):
    found = accused(house, "inspectorate")
    assert readers(house, found) == {"mayor"}
    assert waiting_on(house.viewer("mayor")).get() == found
    places(house, "mayor", "inspectorate")
    assert readers(house, found) == {"sandi"}


def test_the_head_takes_and_answers_it(house, entangled):
    found = house.report(title="Minta-Uang-Rahasia", is_misconduct=True, about_unit=house.units["service"])
    mayor = house.viewer("mayor")
    found = verifying.start_verification(actor=mayor, complaint=found, version=found.version)
    finding = verifying.Finding(ComplaintClass.MISCONDUCT, None, None)
    found = verifying.route_complaint(actor=mayor, complaint=found, version=found.version, finding=finding)
    found = working.take_complaint(actor=mayor, complaint=found, version=found.version)
    found = working.answer_complaint(
        actor=mayor, complaint=found, version=found.version, text="Sudah diperiksa.", form_key=uuid4()
    )
    assert found.state == "dijawab"
