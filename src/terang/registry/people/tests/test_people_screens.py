"""The screens of people, units and roles: who may open them, what they show, what a form does, how many queries."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from tests.cast import SINCE

from terang.registry.people.models import AppraiserOverride, Assignment, Employee, Role, RoleGrant

EVERYBODY = set("mayor sri hendra andi rina joko maya tono agus lina bambang dewi siti".split())  # noqa: SIM905
KEEPER = {"maya"}
READERS = {"maya", "agus", "lina", "mayor"}


@pytest.fixture
def page(sign_in):
    def get(name, url, *args, **query):
        return sign_in(name).get(reverse(url, args=args), query)

    return get


@pytest.fixture
def send(sign_in):
    def post(who, url, *args, query="", **values):
        return sign_in(who).post(reverse(url, args=args) + query, values)

    return post


WALK = [
    ("people:list", None, EVERYBODY),
    ("people:tree", None, EVERYBODY),
    ("people:unit", "unit", EVERYBODY),
    ("people:person", "andi", READERS | {"andi", "hendra", "sri", "tono"}),
    ("people:mismatches", None, READERS),
    ("people:roles", None, READERS | {"tono"}),
    ("people:desk", None, KEEPER),
    ("people:employee_new", None, KEEPER),
    ("people:role_new", None, KEEPER),
    ("people:role_end", "grant", KEEPER),
    ("people:employee_edit", "andi", KEEPER),
    ("people:departure", "andi", KEEPER),
    ("people:assign", "andi", KEEPER),
    ("people:appraiser_set", "andi", KEEPER),
    ("people:assignment_end", "assignment", KEEPER),
    ("people:appraiser_end", "override", KEEPER),
    ("people:unit_new", "unit", KEEPER),
    ("people:unit_close", "unit", KEEPER),
    ("people:post_new", "unit", KEEPER),
    ("people:post_edit", "post", KEEPER),
    ("people:post_close", "post", KEEPER),
]


def target(cast, kind):
    if kind is None:
        return ()
    if kind == "override":
        made = AppraiserOverride.objects.create(
            employee=cast.andi, appraiser=cast.dewi, starts_on=SINCE, reason="x", document="y"
        )
        return (made.pk,)
    rows = {
        "unit": cast.units["register"],
        "post": cast.posts["nurse"],
        "grant": RoleGrant.objects.get(employee=cast.lina),
        "assignment": Assignment.objects.get(employee=cast.andi),
    }
    return (rows.get(kind, cast.people.get(kind)).pk,)


@pytest.mark.parametrize(("url", "kind", "allowed"), WALK, ids=[row[0] for row in WALK])
def test_every_screen_opens_for_those_it_is_for_and_refuses_the_others(cast, page, url, kind, allowed):
    args = target(cast, kind)
    extra = {"dewi"} if url == "people:person" and kind == "override" else set()
    opened = {name for name in EVERYBODY if page(name, url, *args).status_code == 200}
    assert opened == allowed | extra
    refused = page("siti", url, *args)
    assert refused.status_code in (200, 403)
    assert refused.status_code == (200 if "siti" in allowed else 403)


def test_the_list_shows_only_who_may_be_seen_and_filters_by_unit(cast, page):
    mine = page("hendra", "people:list").content.decode()
    assert "Andi Pratama" in mine
    assert "Siti Rahma" not in mine
    health = page("maya", "people:list", unit=cast.units["health"].path).content.decode()
    assert "Siti Rahma" in health
    assert "Andi Pratama" not in health


def test_the_export_holds_the_filtered_rows_with_the_nip_as_text(cast, page):
    response = page("maya", "people:list", ekspor="csv", q="Andi")
    text = b"".join(response).decode() if response.streaming else response.content.decode()
    assert "199203172019031004" in text
    assert "Siti Rahma" not in text


def test_the_person_page_tells_the_appraiser_of_any_day(cast, page):
    Assignment.objects.create(
        employee=cast.rina, post=cast.posts["register_head"], kind="plt", starts_on=date(2026, 3, 1)
    )
    Assignment.objects.filter(employee=cast.hendra).update(ends_on=date(2026, 3, 1))
    now = page("maya", "people:person", cast.andi.pk).content.decode()
    assert "Plt. Kepala Bidang Pendaftaran Penduduk" in now
    before = page("maya", "people:person", cast.andi.pk, tanggal="2026-02-28").content.decode()
    assert "Pejabat penilai pada 28 Februari 2026" in before
    assert "Hendra Saputra" in before
    assert page("maya", "people:person", cast.andi.pk, tanggal="2026-02-31").status_code == 200


def test_an_edit_shows_refusals_beside_the_field_and_saves_otherwise(cast, send):
    values = {
        "name": "Andi Pratomo",
        "status": "pns",
        "rank": "III/a",
        "email": "",
        "joined_on": "2020-01-02",
        "reason": "Salah ketik",
    }
    wrong = send("maya", "people:employee_edit", cast.andi.pk, version=0, **(values | {"name": ""}))
    assert wrong.status_code == 422
    assert send("maya", "people:employee_edit", cast.andi.pk, version=0, **values).status_code == 302
    assert send("maya", "people:employee_edit", cast.andi.pk, version=0, **values).status_code == 409
    assert Employee.objects.get(pk=cast.andi.pk).name == "Andi Pratomo"


def test_assigning_takes_two_steps_and_moves_who_has_a_post(cast, page, send):
    assert "Pilih unit" in page("maya", "people:assign", cast.andi.pk).content.decode()
    query = f"?unit={cast.units['civil'].pk}"
    values = {"post": cast.posts["civil_officer"].pk, "kind": "definitif", "on": "2026-11-24", "version": 0}
    missing = send("maya", "people:assign", cast.andi.pk, query=query, **values)
    assert missing.status_code == 422
    done = send("maya", "people:assign", cast.andi.pk, query=query, document="SK 9/2026", **values)
    assert done.status_code == 302
    assert Assignment.objects.get(employee=cast.andi, ends_on=None).post == cast.posts["civil_officer"]


def test_the_appraiser_is_found_by_name_or_nip_and_refused_beside_the_field(cast, send):
    values = {"on": "2026-11-24", "reason": "Tim data", "document": "SK 3/2026"}
    nobody = send("maya", "people:appraiser_set", cast.andi.pk, appraiser="Tidak Ada", **values)
    assert "Tidak ada pegawai" in nobody.content.decode()
    several = send("maya", "people:appraiser_set", cast.andi.pk, appraiser="ri", **values)
    assert "Beberapa orang cocok" in several.content.decode()
    himself = send("maya", "people:appraiser_set", cast.andi.pk, appraiser="Andi Pratama", **values)
    assert "dirinya sendiri" in himself.content.decode()
    assert not AppraiserOverride.objects.exists()
    assert send("maya", "people:appraiser_set", cast.andi.pk, appraiser=cast.dewi.nip, **values).status_code == 302
    assert AppraiserOverride.objects.get().appraiser == cast.dewi


def test_a_role_is_given_and_ended_on_screen(cast, send):
    given = send(
        "maya", "people:role_new", employee="Siti Rahma", role=Role.OVERSIGHT, on="2026-11-01", document="SK 7/2026"
    )
    assert given.status_code == 302
    grant = RoleGrant.objects.get(employee=cast.siti)
    assert send("maya", "people:role_end", grant.pk, on="2026-11-24", reason="Selesai").status_code == 302
    assert send("andi", "people:role_end", grant.pk, on="2026-11-25", reason="x").status_code == 403


def test_the_tree_is_balanced_names_the_vacancy_and_finds_units(cast, page):
    text = page("andi", "people:tree").content.decode()
    tree = text[text.index('<div class="tree">') :]
    assert tree.count("<details") == tree.count("</details>") == 3
    assert "Belum ada pimpinan" in tree
    found = page("andi", "people:tree", q="melati").content.decode()
    assert "Puskesmas Melati" in found
    assert "Inspektorat Daerah" not in found


def test_the_desk_counts_what_does_not_fit(cast, page):
    Assignment.objects.filter(employee=cast.andi).update(ends_on=date(2026, 11, 4))
    text = page("maya", "people:desk").content.decode()
    assert "Pegawai tanpa jabatan" in text
    assert "Unit tanpa pimpinan" in text
    assert "12 dari 13" in text


def more(cast, count):
    people = Employee.objects.bulk_create(
        Employee(agency=cast.agency, nip=f"1990010120190310{n:02}", name=f"Zul {n}", status="pns", joined_on=SINCE)
        for n in range(20, 20 + count)
    )
    Assignment.objects.bulk_create(
        Assignment(employee=person, post=cast.posts["register_officer"], starts_on=SINCE) for person in people
    )


@pytest.mark.parametrize("count", [1, 50])
@pytest.mark.parametrize(
    ("name", "url", "most"),
    [
        ("maya", "people:list", 14),
        ("sri", "people:list", 20),
        ("maya", "people:tree", 14),
        ("maya", "people:desk", 26),
        ("maya", "people:mismatches", 20),
        ("maya", "people:roles", 12),
    ],
)
def test_pages_cost_the_same_however_many_people(
    cast, page, client, django_assert_max_num_queries, count, name, url, most
):
    more(cast, count)
    address = page(name, url).wsgi_request.path
    with django_assert_max_num_queries(most):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("count", [1, 50])
def test_a_unit_page_costs_the_same_however_many_people(cast, page, client, django_assert_max_num_queries, count):
    more(cast, count)
    Employee.objects.filter(pk=cast.rina.pk).update(left_on=date(2026, 1, 1) + timedelta(days=1))
    address = page("maya", "people:unit", cast.units["register"].pk).wsgi_request.path
    with django_assert_max_num_queries(20):
        text = client.get(address).content.decode()
    assert "Rina Marlina" not in text
    assert "Melebihi formasi" in text or count == 1
