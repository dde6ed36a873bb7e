"""Who reads which entries, and in which words."""

import pytest
from django.urls import reverse
from tests.cast import make_cast

from terang.audit.sealing import seal
from terang.audit.services import record
from terang.reporting.journal.selectors import entries_visible, history_of
from terang.reporting.journal.wording import what_changed

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(cast):
    """Maya changes Andi and Siti, a colleague answers about Andi, and something happens elsewhere."""
    maya = cast.maya.user
    common = {"agency_id": cast.agency.pk}
    changes = {"name": ["Andi", "Andi Pratama"], "rank": ["III/a", "III/b"]}
    record("people.employee_changed", actor=maya, obj=cast.andi, subject_employee_id=cast.andi.pk,
           unit_id=cast.units["register"].pk, changes=changes, reason="Kenaikan pangkat", **common)  # fmt: skip
    record("people.employee_changed", actor=maya, obj=cast.siti, subject_employee_id=cast.siti.pk,
           unit_id=cast.units["puskesmas"].pk, **common)  # fmt: skip
    record("colleagues.review_answered", actor=cast.rina.user, subject_employee_id=cast.andi.pk, **common)
    record("demo.filled", actor=None, agency_id=cast.agency.pk + 1)
    seal()
    return cast


def verbs(viewer) -> list[str]:
    return [entry.verb for entry in entries_visible(viewer)]


def test_keepers_read_everything_of_their_government(told, viewer_of):
    """What is told by its day stands at the beginning of that day for who does not read the seals."""
    changed = ["people.employee_changed", "people.employee_changed"]
    assert verbs(viewer_of("lina")) == ["colleagues.review_answered", *changed]
    assert verbs(viewer_of("maya")) == [*changed, "colleagues.review_answered"]


@pytest.mark.parametrize(("name", "count"), [("andi", 1), ("siti", 1), ("rina", 0), ("hendra", 0), ("tono", 0)])
def test_others_read_what_is_about_themselves(told, viewer_of, name, count):
    assert verbs(viewer_of(name)) == ["people.employee_changed"] * count


def test_what_happened_to_one_s_report_is_told_without_a_word_of_the_program(cast):
    changes = {"period_start": "2026-01-01", "seat": "superior", "look": 1, "note": ["Rahasia"]}
    entry = record("reports.report_rated", actor=cast.dewi.user, subject_employee_id=cast.siti.pk, changes=changes)
    assert what_changed(entry) == (
        "awal periode: 1 Januari 2026; pembaca: atasan langsung; tinjauan ke: 1; catatan: disamarkan"
    )


def test_another_government_is_out_of_sight(told):
    from terang.registry.people.viewer import viewer_for

    stranger = make_cast("99.72", "Pemerintah Kota Seberang")
    viewer = viewer_for(stranger.lina.user, stranger.now)
    assert "people.employee_changed" not in verbs(viewer)


def test_history_of_one_object(told, viewer_of):
    assert history_of("people.employee", told.andi.pk, viewer_of("maya")).count() == 1
    assert history_of("people.employee", told.andi.pk, viewer_of("siti")).count() == 0


def test_screen_tells_it_in_words(told, client):
    client.force_login(told.lina.user)
    page = client.get(reverse("audit:journal")).content.decode()
    assert "Maya Lestari mengubah data pegawai." in page
    assert "III/a → III/b" in page
    assert "disamarkan → disamarkan" in page
    assert "Kenaikan pangkat" in page
    assert "Sebuah penilaian rekan kerja masuk." in page
    assert "Pekerja latar belum pernah berjalan" in page


def test_nobody_learns_who_answered(told, client):
    for name in ("lina", "maya", "andi"):
        client.force_login(told.people[name].user)
        assert "Rina Marlina" not in client.get(reverse("audit:journal")).content.decode()
        export = client.get(reverse("audit:journal"), {"ekspor": "csv"})
        assert "Rina Marlina" not in b"".join(export).decode()


def test_subject_sees_own_and_stranger_nothing(told, client):
    address = reverse("audit:history", args=["people.employee", told.andi.pk])
    client.force_login(told.andi.user)
    assert "Maya Lestari mengubah data pegawai." in client.get(address).content.decode()
    client.force_login(told.siti.user)
    assert "Maya Lestari" not in client.get(address).content.decode()


def test_screen_asks_first_who_is_there(client):
    assert client.get(reverse("audit:journal")).status_code == 302


def test_queries_do_not_grow_with_entries(told, client, django_assert_max_num_queries):
    client.force_login(told.lina.user)
    client.get(reverse("audit:journal"))
    for _ in range(50):
        record("work.entry_submitted", actor=told.andi.user, agency_id=told.agency.pk, subject_employee_id=told.andi.pk)
    with django_assert_max_num_queries(25):
        client.get(reverse("audit:journal"))
