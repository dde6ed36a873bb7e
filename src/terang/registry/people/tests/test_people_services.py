"""The verbs of the registry: what they do, what they refuse and with which words, and what the journal keeps."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from tests.cast import SINCE, TODAY, make_cast

from terang.accounts.models import User
from terang.audit.models import JournalEntry
from terang.registry.people import services
from terang.registry.people.models import Assignment, AssignmentKind, Employee, Post, Role, RoleGrant
from terang.registry.people.selectors import appraiser_of, main_posts
from terang.web.errors import NotAllowed, NotNow, Stale

TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def keeper(cast):
    return cast.viewer("maya")


def refuses(field, words):
    return pytest.raises(ValidationError, match=rf"(?s).*{field}.*{words}")


def new_person(keeper, **changed):
    values = {
        "nip": "199001012019031077",
        "name": "Nina Kartika",
        "status": "pns",
        "rank": "II/c",
        "email": "",
        "joined_on": TODAY,
    }
    return services.add_employee(actor=keeper, **(values | changed))


def test_a_new_person_gets_an_account_without_a_password_and_one_entry(cast, keeper):
    nina = new_person(keeper)
    assert nina.agency == cast.agency
    assert not nina.user.has_usable_password()
    entry = JournalEntry.objects.get()
    assert (entry.verb, entry.subject_employee_id, entry.actor_id) == (
        "people.employee_added",
        nina.pk,
        keeper.user.pk,
    )


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"nip": "199203172019031004"}, "nip", "sudah terdaftar"),
        ({"nip": "123"}, "nip", "18 angka"),
        ({"status": "raja"}, "status", ""),
        ({"name": " "}, "name", ""),
    ],
)
def test_a_wrong_entry_is_refused_beside_its_field_and_nothing_stays(cast, keeper, changed, field, words):
    people, accounts = Employee.objects.count(), User.objects.count()
    with refuses(field, words):
        new_person(keeper, **changed)
    assert (Employee.objects.count(), User.objects.count(), JournalEntry.objects.count()) == (people, accounts, 0)


@pytest.mark.parametrize("name", ["andi", "hendra", "lina", "agus", "tono", "mayor"])
def test_nobody_but_the_personnel_agency_changes_the_registry(cast, name):
    viewer = cast.viewer(name)
    with pytest.raises(NotAllowed):
        new_person(viewer)
    with pytest.raises(NotAllowed):
        services.grant_role(
            actor=viewer, employee=cast.siti, role=Role.PERSONNEL, unit=None, on=TODAY, until=None, document="SK"
        )
    with pytest.raises(NotAllowed):
        services.move_employee(
            actor=viewer, employee=cast.andi, post=cast.posts["nurse"], on=TODAY, document="SK", version=0
        )
    assert not JournalEntry.objects.exists()


def test_the_keeper_of_another_government_is_refused(cast):
    stranger = make_cast("99.72", "Pemerintah Kota Lain").viewer("maya")
    with pytest.raises(NotAllowed):
        services.move_employee(
            actor=stranger, employee=cast.andi, post=cast.posts["nurse"], on=TODAY, document="SK", version=0
        )


def test_a_correction_keeps_before_and_after_and_a_stale_one_is_refused(cast, keeper):
    services.correct_employee(actor=keeper, employee=cast.andi, version=0, reason="Salah ketik", name="Andi Pratomo")
    entry = JournalEntry.objects.get()
    assert list(entry.changes) == ["name"]
    assert entry.changes["name"][0] != entry.changes["name"][1]
    assert User.objects.get(employee=cast.andi).name == "Andi Pratomo"
    with pytest.raises(Stale):
        services.correct_employee(actor=keeper, employee=cast.andi, version=0, reason="Lagi", name="Andi P.")
    assert Employee.objects.get(pk=cast.andi.pk).name == "Andi Pratomo"


def test_a_move_ends_the_old_post_the_day_the_new_one_begins(cast, keeper):
    services.move_employee(
        actor=keeper, employee=cast.andi, post=cast.posts["civil_officer"], on=TODAY, document="SK 9/2026", version=0
    )
    rows = list(Assignment.objects.filter(employee=cast.andi).order_by("starts_on").values_list("starts_on", "ends_on"))
    assert rows == [(SINCE, TODAY), (TODAY, None)]
    assert main_posts([cast.andi.pk], TODAY)[cast.andi.pk].post == cast.posts["civil_officer"]
    assert appraiser_of(cast.andi.pk, TODAY).employee == cast.sri
    assert JournalEntry.objects.get().verb == "people.employee_moved"


def test_a_move_to_where_one_is_or_before_a_later_one_is_refused(cast, keeper):
    with refuses("post", "sudah menduduki"):
        services.move_employee(
            actor=keeper, employee=cast.andi, post=cast.posts["register_officer"], on=TODAY, document="SK", version=0
        )
    with refuses("on", "Pilih tanggal sesudahnya"):
        services.move_employee(
            actor=keeper, employee=cast.andi, post=cast.posts["nurse"], on=SINCE, document="SK", version=0
        )


def start(cast, keeper, **changed):
    values = {
        "employee": cast.rina,
        "post": cast.posts["civil_head"],
        "kind": AssignmentKind.ACTING,
        "on": TODAY,
        "until": None,
        "document": "SP 1/2026",
        "version": 0,
    }
    return services.start_assignment(actor=keeper, **(values | changed))


def test_an_acting_official_starts_beside_the_definitive_post(cast, keeper):
    start(cast, keeper)
    assert appraiser_of(cast.joko.pk, TODAY).employee == cast.rina
    assert Assignment.objects.filter(employee=cast.rina, ends_on=None).count() == 2


def test_assignments_that_make_no_sense_are_refused_with_what_to_do(cast, keeper):
    posts = cast.posts
    with refuses("post", "Pindahkan"):
        start(cast, keeper, kind="definitif", post=posts["civil_officer"])
    with refuses("post", "Hendra Saputra menduduki jabatan ini"):
        start(cast, keeper, kind="definitif", employee=new_person(keeper), post=posts["register_head"])
    with refuses("until", "isi tanggal berakhir"):
        start(cast, keeper, kind="plh")
    with refuses("until", "sesudah tanggal mulai"):
        start(cast, keeper, until=TODAY)
    with refuses("post", "memimpin unit"):
        start(cast, keeper, post=posts["civil_officer"])
    with refuses("document", "surat keputusan"):
        start(cast, keeper, document=" ")
    with refuses("post", "tidak berlaku"):
        start(cast, keeper, on=date(2019, 1, 1))
    with pytest.raises(Stale):
        start(cast, keeper, version=7)
    assert not Assignment.objects.filter(starts_on=TODAY).exists()


def test_two_plt_on_one_post_may_follow_but_not_overlap(cast, keeper):
    start(cast, keeper, until=TOMORROW)
    with refuses("post", "Rina Marlina"):
        start(cast, keeper, employee=cast.andi)
    start(cast, keeper, employee=cast.andi, on=TOMORROW)
    assert appraiser_of(cast.joko.pk, TOMORROW).employee == cast.andi


def test_ending_an_assignment_once(cast, keeper):
    row = Assignment.objects.get(employee=cast.hendra)
    with refuses("on", "sesudah penugasan mulai"):
        services.end_assignment(actor=keeper, assignment=row, on=SINCE, reason="Pensiun", version=0)
    services.end_assignment(actor=keeper, assignment=row, on=TODAY, reason="Pensiun", version=0)
    assert appraiser_of(cast.andi.pk, TODAY).employee == cast.sri
    with pytest.raises(NotNow, match="sudah berakhir"):
        services.end_assignment(actor=keeper, assignment=row, on=TOMORROW, reason="Pensiun", version=1)


def test_who_leaves_leaves_posts_and_roles(cast, keeper):
    services.record_departure(actor=keeper, employee=cast.hendra, version=0, on=TODAY, reason="Pensiun")
    assert not Assignment.objects.filter(employee=cast.hendra, ends_on=None).exists()
    assert not RoleGrant.objects.filter(employee=cast.hendra, ends_on=None).exists()
    with pytest.raises(NotNow, match="sudah tercatat keluar"):
        services.record_departure(actor=keeper, employee=cast.hendra, version=1, on=TOMORROW, reason="Lagi")


def name_appraiser(cast, keeper, **changed):
    values = {
        "employee": cast.andi,
        "appraiser": cast.dewi,
        "on": TODAY,
        "until": None,
        "reason": "Tim data",
        "document": "SK 3/2026",
    }
    return services.set_appraiser(actor=keeper, **(values | changed))


def test_naming_an_appraiser_and_ending_it_returns_to_the_tree(cast, keeper):
    made = name_appraiser(cast, keeper)
    assert appraiser_of(cast.andi.pk, TODAY).employee == cast.dewi
    services.end_appraiser(actor=keeper, override=made, on=TOMORROW, reason="Selesai")
    assert appraiser_of(cast.andi.pk, TOMORROW).employee == cast.hendra
    verbs = list(JournalEntry.objects.values_list("verb", "subject_employee_id"))
    assert verbs == [("people.appraiser_set", cast.andi.pk), ("people.appraiser_ended", cast.andi.pk)]


def test_an_appraiser_that_cannot_be_is_refused(cast, keeper):
    with refuses("appraiser", "dirinya sendiri"):
        name_appraiser(cast, keeper, appraiser=cast.andi)
    with refuses("appraiser", "Pilih orang lain"):
        name_appraiser(cast, keeper, employee=cast.hendra, appraiser=cast.andi)
    with refuses("appraiser", "Pilih orang lain"):
        name_appraiser(cast, keeper, employee=cast.sri, appraiser=cast.andi)
    with refuses("reason", "alasannya"):
        name_appraiser(cast, keeper, reason=" ")
    with refuses("document", "dokumen"):
        name_appraiser(cast, keeper, document="")
    with pytest.raises(NotNow, match="Kepala daerah"):
        name_appraiser(cast, keeper, employee=cast.mayor, appraiser=cast.sri)
    name_appraiser(cast, keeper)
    with refuses("on", "Akhiri penetapan itu"):
        name_appraiser(cast, keeper, appraiser=cast.maya, on=TOMORROW)


def test_an_appraiser_who_left_or_belongs_elsewhere_is_refused(cast, keeper):
    Employee.objects.filter(pk=cast.dewi.pk).update(left_on=TODAY)
    cast.dewi.refresh_from_db()
    with refuses("appraiser", "sudah keluar"):
        name_appraiser(cast, keeper)
    stranger = make_cast("99.72", "Pemerintah Kota Lain")
    with pytest.raises(NotAllowed):
        name_appraiser(cast, keeper, appraiser=stranger.sri)


def grant(cast, keeper, **changed):
    values = {
        "employee": cast.siti,
        "role": Role.OVERSIGHT,
        "unit": None,
        "on": TODAY,
        "until": None,
        "document": "SK 7/2026",
    }
    return services.grant_role(actor=keeper, **(values | changed))


def test_a_role_is_given_and_ended(cast, keeper):
    made = grant(cast, keeper)
    assert cast.viewer("siti").has(Role.OVERSIGHT)
    services.end_role(actor=keeper, grant=made, on=TOMORROW, reason="Selesai")
    with pytest.raises(NotNow, match="sudah berakhir"):
        services.end_role(actor=keeper, grant=made, on=TOMORROW, reason="Selesai")
    assert list(JournalEntry.objects.values_list("verb", flat=True)) == ["people.role_granted", "people.role_ended"]


def test_roles_nobody_should_have_are_refused(cast, keeper):
    with pytest.raises(NotAllowed, match="diri sendiri"):
        grant(cast, keeper, employee=cast.maya)
    with refuses("document", "dasar penunjukan"):
        grant(cast, keeper, document="")
    grant(cast, keeper)
    with refuses("role", "sudah memegang"):
        grant(cast, keeper)
    grant(cast, keeper, unit=cast.units["health"])


def test_the_personnel_agency_is_not_given_in_parts(cast, keeper):
    with refuses("unit", "seluruh instansi"):
        grant(cast, keeper, role=Role.PERSONNEL, unit=cast.units["health"])
    grant(cast, keeper, role=Role.PERSONNEL)


def test_a_post_is_made_corrected_and_closed_only_when_empty(cast, keeper):
    with refuses("is_head", "sudah memimpin unit ini"):
        services.add_post(
            actor=keeper, unit=cast.units["civil"], title="Kepala", kind="administrator", on=TODAY, is_head=True
        )
    post = services.add_post(actor=keeper, unit=cast.units["civil"], title="Arsiparis", kind="fungsional", on=SINCE)
    services.correct_post(actor=keeper, post=post, version=0, seats=4)
    with pytest.raises(Stale):
        services.correct_post(actor=keeper, post=post, version=0, seats=5)
    services.close_post(actor=keeper, post=post, version=1, on=TODAY, reason="Digabung")
    assert Post.objects.get(pk=post.pk).valid_to == TODAY
    with pytest.raises(NotNow, match="masih menduduki"):
        services.close_post(actor=keeper, post=cast.posts["nurse"], version=0, on=TODAY, reason="Digabung")
