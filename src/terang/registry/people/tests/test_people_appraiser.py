"""Who appraises whom, on the known cast: PermenPANRB 6/2022, Lampiran IV.A.2–7."""

from datetime import date, timedelta

import pytest
from tests.cast import TODAY, make_cast

from terang.registry.people.appraisers import one_reading
from terang.registry.people.models import AppraiserOverride, Assignment, Employee, Post
from terang.registry.people.selectors import appraiser_of, appraisers_on, direct_reports, superior_of_appraiser

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


def act(cast, name, post, kind, since=TODAY, until=None):
    return Assignment.objects.create(
        employee=cast.people[name], post=cast.posts[post], kind=kind, starts_on=since, ends_on=until
    )


def name_of(answer):
    return answer.employee.name if answer else None


def test_the_head_of_the_unit_appraises_its_people(cast):
    answer = appraiser_of(cast.andi.pk, TODAY)
    assert (answer.employee, answer.source) == (cast.hendra, "tree")
    assert answer.why == "Kepala Bidang Pendaftaran Penduduk, Bidang Pelayanan Pendaftaran Penduduk."


def test_a_head_is_appraised_by_the_head_of_the_unit_above(cast):
    assert appraiser_of(cast.hendra.pk, TODAY).employee == cast.sri
    assert appraiser_of(cast.sri.pk, TODAY).employee == cast.mayor


def test_an_elected_head_is_not_appraised(cast):
    assert appraiser_of(cast.mayor.pk, TODAY) is None


def test_a_vacancy_climbs_one_step_and_says_so(cast):
    answer = appraiser_of(cast.joko.pk, TODAY)
    assert answer.employee == cast.sri
    assert "Belum ada yang memimpin Bidang Pelayanan Pencatatan Sipil" in answer.why


def test_an_acting_head_appraises_from_the_day_they_begin(cast):
    act(cast, "rina", "civil_head", "plt")
    assert appraiser_of(cast.joko.pk, YESTERDAY).employee == cast.sri
    answer = appraiser_of(cast.joko.pk, TODAY)
    assert (answer.employee, answer.source) == (cast.rina, "acting")
    assert answer.why.startswith("Plt. Kepala Bidang Pencatatan Sipil")
    assert "sejak 24 November 2026" in answer.why


def test_who_acts_is_appraised_where_they_report_as_plt_and_returns_afterwards(cast):
    act(cast, "rina", "civil_head", "plt", until=TOMORROW)
    assert appraiser_of(cast.rina.pk, YESTERDAY).employee == cast.hendra
    assert appraiser_of(cast.rina.pk, TODAY).employee == cast.sri
    assert appraiser_of(cast.rina.pk, TOMORROW).employee == cast.hendra


def test_acting_for_the_unit_below_oneself_never_makes_one_the_own_appraiser(cast):
    act(cast, "sri", "civil_head", "plt")
    assert appraiser_of(cast.joko.pk, TODAY).employee == cast.sri
    assert appraiser_of(cast.sri.pk, TODAY).employee == cast.mayor


def test_a_plh_stands_in_for_a_head_who_is_away_but_does_not_replace_them(cast):
    act(cast, "rina", "register_head", "plh", until=TOMORROW)
    answer = appraiser_of(cast.andi.pk, TODAY)
    assert (answer.employee, answer.stand_in) == (cast.hendra, cast.rina)
    assert "Plh. Rina Marlina" in answer.why
    assert appraiser_of(cast.rina.pk, TODAY).stand_in is None
    assert appraiser_of(cast.andi.pk, TOMORROW).stand_in is None


def test_a_plh_on_a_vacant_post_appraises_the_others_and_is_appraised_above(cast):
    act(cast, "joko", "civil_head", "plh")
    worker = Employee.objects.create(
        agency=cast.agency, nip="199401012019031099", name="Nina", status="pns", joined_on=date(2020, 1, 2)
    )
    Assignment.objects.create(employee=worker, post=cast.posts["civil_officer"], starts_on=date(2020, 1, 2))
    assert appraiser_of(worker.pk, TODAY).employee == cast.joko
    assert appraiser_of(cast.joko.pk, TODAY).employee == cast.sri


def test_a_head_who_left_leaves_a_vacancy_though_the_assignment_is_open(cast):
    Employee.objects.filter(pk=cast.hendra.pk).update(left_on=TODAY)
    assert appraiser_of(cast.andi.pk, YESTERDAY).employee == cast.hendra
    assert appraiser_of(cast.andi.pk, TODAY).employee == cast.sri


def test_an_abolished_head_post_does_not_lead(cast):
    Post.objects.filter(pk=cast.posts["register_head"].pk).update(valid_to=TODAY)
    assert appraiser_of(cast.andi.pk, TODAY).employee == cast.sri


def override(cast, name, appraiser, since=TODAY, until=None):
    return AppraiserOverride.objects.create(
        employee=cast.people[name],
        appraiser=cast.people[appraiser],
        starts_on=since,
        ends_on=until,
        reason="Bertugas penuh di tim data",
        document="SK 12/2026",
    )


def test_an_override_wins_for_its_time_and_tells_reason_and_document(cast):
    override(cast, "andi", "dewi", until=TOMORROW)
    answer = appraiser_of(cast.andi.pk, TODAY)
    assert (answer.employee, answer.source) == (cast.dewi, "override")
    assert "SK 12/2026" in answer.why
    assert "tim data" in answer.why
    assert appraiser_of(cast.andi.pk, TOMORROW).employee == cast.hendra


def test_the_newest_override_wins_and_one_to_somebody_who_left_counts_no_more(cast):
    override(cast, "andi", "dewi", since=YESTERDAY)
    override(cast, "andi", "bambang")
    assert appraiser_of(cast.andi.pk, TODAY).employee == cast.bambang
    Employee.objects.filter(pk=cast.bambang.pk).update(left_on=TODAY)
    assert appraiser_of(cast.andi.pk, TODAY).employee == cast.dewi


def test_the_superior_of_the_appraiser_is_never_the_person(cast):
    assert superior_of_appraiser(cast.andi.pk, TODAY).employee == cast.sri
    assert superior_of_appraiser(cast.hendra.pk, TODAY).employee == cast.mayor
    assert superior_of_appraiser(cast.sri.pk, TODAY) is None
    override(cast, "hendra", "andi")
    assert superior_of_appraiser(cast.hendra.pk, TODAY).employee == cast.sri


def test_direct_reports_are_those_one_appraises_on_that_day(cast):
    assert set(direct_reports(cast.hendra, TODAY)) == {cast.andi, cast.rina}
    assert set(direct_reports(cast.sri, TODAY)) == {cast.hendra, cast.joko}
    assert set(direct_reports(cast.mayor, TODAY)) == {cast.sri, cast.maya, cast.agus, cast.bambang}
    assert set(direct_reports(cast.andi, TODAY)) == set()
    override(cast, "andi", "dewi")
    assert set(direct_reports(cast.dewi, TODAY)) == {cast.siti, cast.andi}
    assert set(direct_reports(cast.hendra, TODAY)) == {cast.rina}
    assert set(direct_reports(cast.dewi, YESTERDAY)) == {cast.siti}


def test_direct_reports_agree_with_the_appraisers_of_everybody(cast):
    act(cast, "rina", "civil_head", "plt")
    act(cast, "joko", "register_head", "plh")
    override(cast, "siti", "maya")
    everybody = appraisers_on(cast.agency.pk, TODAY)
    for leader in cast.people.values():
        expected = {
            pk for pk, a in everybody.items() if leader.pk in (a.employee_id, a.stand_in.pk if a.stand_in else 0)
        }
        assert {person.pk for person in direct_reports(leader, TODAY)} == expected


def test_a_stranger_government_never_mixes_in(cast):
    other = make_cast("99.72", "Pemerintah Kota Lain")
    assert appraiser_of(other.andi.pk, TODAY).employee == other.hendra
    assert set(appraisers_on(cast.agency.pk, TODAY)) <= {person.pk for person in cast.people.values()}


def staff(cast, count):
    people = Employee.objects.bulk_create(
        Employee(
            agency=cast.agency,
            nip=f"1990010120190310{number:02}",
            name=f"Pegawai {number}",
            status="pns",
            joined_on=date(2020, 1, 2),
        )
        for number in range(20, 20 + count)
    )
    Assignment.objects.bulk_create(
        Assignment(employee=person, post=cast.posts["register_officer"], starts_on=date(2020, 1, 2))
        for person in people
    )


@pytest.mark.parametrize("count", [1, 50])
def test_queries_stay_the_same_however_many_people(cast, count, django_assert_num_queries):
    staff(cast, count)
    with django_assert_num_queries(4):
        assert len(appraisers_on(cast.agency.pk, TODAY)) == 12 + count
    with django_assert_num_queries(5):
        assert name_of(appraiser_of(cast.andi.pk, TODAY)) == "Hendra Saputra"
    with django_assert_num_queries(5):
        assert name_of(superior_of_appraiser(cast.andi.pk, TODAY)) == "Sri Wahyuni"
    with django_assert_num_queries(7):
        assert len(direct_reports(cast.hendra, TODAY)) == 2 + count
    with django_assert_num_queries(2):
        assert len(direct_reports(cast.andi, TODAY)) == 0


def test_a_reading_request_reads_the_tree_once_and_answers_the_same(cast, django_assert_num_queries):
    asked = [cast.andi.pk, cast.hendra.pk, cast.joko.pk, cast.siti.pk, cast.mayor.pk]
    apart = [appraisers_on(cast.agency.pk, TODAY, [pk]) for pk in asked]
    with one_reading():
        with django_assert_num_queries(5):
            first = appraisers_on(cast.agency.pk, TODAY, asked[:1])
        with django_assert_num_queries(2):
            second = appraisers_on(cast.agency.pk, TODAY, asked[1:2])
        assert [first, second, *(appraisers_on(cast.agency.pk, TODAY, [pk]) for pk in asked[2:])] == apart
