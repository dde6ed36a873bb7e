"""Who sees what: two observers who do not see each other's marks, and everybody else who waits for the feedback."""

from datetime import timedelta

import pytest
from django.urls import reverse
from tests.cast import make_cast

from terang.audit.models import JournalEntry
from terang.evidence.observation import services
from terang.evidence.observation.access import open_sheets
from terang.evidence.observation.evidence import records
from terang.evidence.observation.models import ObservationState
from terang.evidence.observation.results import agreement_of, result_rows
from terang.evidence.observation.selectors import observation_for
from terang.evidence.observation.services import Noted
from terang.evidence.observation.work_drafts import drafts
from terang.web.errors import NotAllowed

SECRET = "Catatan-Rahasia"
READERS = ("siti", "dewi", "wati", "bambang", "maya", "agus", "lina", "mayor")
OUTSIDERS = ("andi", "rina", "sri", "hendra", "joko", "tono")


def seen(ward, row, name):
    """The numbers of the sheets whose marks somebody sees."""
    found = observation_for(ward.viewer(name), row.pk)
    return [sheet.number for sheet in open_sheets(ward.viewer(name), found)]


@pytest.fixture
def half(ward):
    """Dewi has given hers with a note, Wati not yet."""
    row = ward.agreed()
    ward.give(row, "dewi", 2, 1, 0, note=SECRET)
    return row


def test_the_second_observer_sees_nothing_of_the_first_by_any_road(ward, half, client):
    wati = ward.viewer("wati")
    assert seen(ward, half, "wati") == [2]
    found = observation_for(wati, half.pk)
    assert agreement_of(wati, found) is None
    assert all(not cell.tags and not cell.main for row in result_rows(wati, found) for cell in row.cells)
    client.force_login(ward.wati.user)
    own = half.sheets.get(number=2)
    for url in (
        half.get_absolute_url(),
        reverse("observation:given"),
        reverse("observation:sheet", args=[own.pk]),
        reverse("audit:journal"),
        reverse("boards:today"),
    ):
        page = client.get(url)
        assert page.status_code == 200, url
        assert SECRET not in page.content.decode(), url
        assert "is-main" not in page.content.decode(), url
    other = reverse("observation:sheet", args=[half.sheets.get(number=1).pk])
    assert client.get(other).status_code == 403
    assert client.post(other, {"level_1": "0", "action": "serahkan"}).status_code == 403
    assert client.get(reverse("observation:settle", args=[half.pk])).status_code == 409
    entries = JournalEntry.objects.filter(object_type="observation.observation", object_id=half.pk)
    assert SECRET not in str(list(entries.values()))
    assert {key for entry in entries for key in entry.changes} == {"day"}


def test_the_curious_appraiser_and_everybody_else_wait_for_the_feedback(ward, half):
    for name in ("siti", "bambang", "maya", "agus", "lina", "mayor"):
        assert seen(ward, half, name) == [], name
    ward.give(half, "wati", 2, 2, 1)
    assert seen(ward, half, "dewi") == seen(ward, half, "wati") == [1, 2]
    for name in ("siti", "bambang", "maya", "agus", "lina", "mayor"):
        assert seen(ward, half, name) == [], name
        assert agreement_of(ward.viewer(name), observation_for(ward.viewer(name), half.pk)) is None
    half.refresh_from_db()
    row = ward.settle(half, 2, 2, 0)
    [record] = records("observation_score", ward.cast.siti.pk, row.day, row.day + timedelta(days=1))
    assert (record.lines, record.counted) == ((), False)
    row = ward.tell(row)
    for name in READERS:
        assert seen(ward, row, name) == [1, 2], name
    agreed = agreement_of(ward.viewer("siti"), observation_for(ward.viewer("siti"), row.pk))
    assert (agreed.pairs, agreed.same, agreed.exact_bp, agreed.near_bp) == (3, 1, 3_333, 6_667)


def test_an_appraiser_who_does_not_observe_marks_settles_and_tells_nothing(ward):
    """Dewi is the appraiser; here two others observe."""
    row = ward.plan("wati", "agus")
    prepared = services.Prepared("Lebih jelas", "", "penjelasan")
    row = services.prepare_observation(actor=ward.viewer("siti"), observation=row, prepared=prepared, version=0)
    row = services.agree_observation(actor=ward.viewer("wati"), observation=row, version=1)
    dewi = ward.viewer("dewi")
    with pytest.raises(NotAllowed):
        services.save_sheet(actor=dewi, sheet=row.sheets.get(number=1), noted={"1": Noted(0)})
    for name in ("wati", "agus"):
        row = ward.give(row, name, 1, 1, 1)
    with pytest.raises(NotAllowed):
        ward.settle(row, 1, 1, 1, actor="dewi")
    row = ward.settle(row, 1, 1, 1, actor="agus")
    with pytest.raises(NotAllowed):
        ward.tell(row, actor="dewi")
    row = ward.tell(row, actor="agus")
    with pytest.raises(NotAllowed):
        services.accept_observation(actor=dewi, observation=row, version=row.version)
    services.withdraw_observation(actor=dewi, observation=row, reason="Jam pelayanan salah", version=row.version)
    row.refresh_from_db()
    assert row.state == ObservationState.WITHDRAWN


def test_outsiders_and_another_government_read_nothing(ward, client):
    row = ward.finished()
    stranger = make_cast("99.72", "Pemerintah Kota Seberang")
    people = [*(ward.cast.people[name] for name in OUTSIDERS), stranger.maya, stranger.mayor]
    for person in people:
        client.force_login(person.user)
        assert client.get(row.get_absolute_url()).status_code == 403, person.name
    client.force_login(stranger.maya.user)
    assert client.get(row.instrument.get_absolute_url()).status_code == 404
    assert "poliklinik" not in client.get(reverse("observation:instruments")).content.decode().lower().replace(
        "dari=poliklinik", ""
    ).replace("observasi pelayanan poliklinik", "")


def test_a_draft_of_daily_work_tells_that_one_observed_and_no_mark(ward, half):
    day = half.day
    [draft] = drafts(ward.cast.dewi, day, day + timedelta(days=1))
    assert (draft.text, draft.source) == (
        "Mengamati Siti Rahma: Poli umum",
        f"observation.sheet:{half.sheets.get(number=1).pk}",
    )
    assert drafts(ward.wati, day, day + timedelta(days=1)) == []
