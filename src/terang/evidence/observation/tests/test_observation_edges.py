"""What happens between the states: a goal that changes, people who go, days that pass."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from terang.audit.models import JournalEntry
from terang.evidence.observation import services
from terang.evidence.observation.models import Mark, Observation, ObservationState, Sheet
from terang.evidence.observation.selectors import Follower, beside
from terang.evidence.observation.services import Noted, Prepared
from terang.evidence.observation.steps import next_step
from terang.registry.people.models import Employee
from terang.web.errors import NotAllowed, NotNow, Stale

S = ObservationState
WEEK = timedelta(days=7)


def begun(ward):
    """Dewi has begun her sheet and given nothing."""
    row = ward.agreed()
    services.save_sheet(actor=ward.viewer("dewi"), sheet=row.sheets.get(number=1), noted={"1": Noted(2, "Jelas")})
    return row


def moved(ward, row, actor="siti", day=None):
    return services.reschedule_observation(
        actor=ward.viewer(actor), observation=row, day=day or row.day, reason="Rapat", version=row.version
    )


def test_another_day_begins_an_empty_sheet(ward):
    moved(ward, begun(ward))
    assert not Mark.objects.exists()
    assert set(Sheet.objects.values_list("saved_at", flat=True)) == {None}


def test_another_indicator_begins_an_empty_sheet_and_the_same_one_keeps_it(ward):
    """Behaviours are 1, 2, 3 in every indicator: marks of one would become marks of another."""
    row = begun(ward)
    Observation.objects.update(state="direncanakan")
    for indicator, kept in (("penjelasan", 1), ("identitas", 0)):
        row.refresh_from_db()
        row = services.prepare_observation(
            actor=ward.viewer("siti"), observation=row, prepared=Prepared("A", "", indicator), version=row.version
        )
        assert (Mark.objects.count(), Sheet.objects.exclude(saved_at=None).count()) == (kept, kept)


def test_a_page_of_another_indicator_marks_nothing(ward, client):
    row = ward.agreed()
    client.force_login(ward.cast.dewi.user)
    url = reverse("observation:sheet", args=[row.sheets.get(number=1).pk])
    assert 'name="picked" value="penjelasan"' in client.get(url).content.decode()
    levels = {"level_1": 2, "level_2": 2, "level_3": 2, "action": "serahkan"}
    Observation.objects.update(indicator="identitas")
    assert client.post(url, levels | {"picked": "penjelasan"}).status_code == 409
    with pytest.raises(Stale):
        services.save_sheet(
            actor=ward.viewer("dewi"), sheet=row.sheets.get(number=1), noted={"1": Noted(2)}, indicator="penjelasan"
        )
    assert not Mark.objects.exists()
    assert client.post(url, levels | {"picked": "identitas"}).status_code == 302


def half(ward):
    """Dewi has given, Wati has begun and then left."""
    row = ward.agreed()
    services.save_sheet(actor=ward.viewer("wati"), sheet=row.sheets.get(number=2), noted={"1": Noted(1)})
    row = ward.give(row, "dewi", 2, 1, 0)
    Employee.objects.filter(pk=ward.wati.pk).update(left_on=ward.today)
    return row


def replaced(ward, row, actor="bambang", name="agus", number=2):
    return services.replace_observer(
        actor=ward.viewer(actor), observation=row, number=number, observer=ward.cast.people[name], version=row.version
    )


def test_an_open_sheet_goes_to_somebody_else_who_begins_anew(ward):
    row = half(ward)
    for actor in ("dewi", "siti", "agus", "lina"):
        with pytest.raises(NotAllowed):
            replaced(ward, row, actor=actor)
    for name in ("dewi", "wati", "siti"):
        with pytest.raises(ValidationError):
            replaced(ward, row, name=name)
    with pytest.raises(NotNow, match="sudah diserahkan"):
        replaced(ward, row, number=1)
    row = replaced(ward, row)
    sheet = row.sheets.get(number=2)
    assert (sheet.observer, sheet.kind, sheet.saved_at, sheet.marks.count()) == (ward.cast.agus, "pengawas", None, 0)
    assert ward.give(row, "agus", 2, 1, 0).state == S.MARKED
    assert JournalEntry.objects.filter(verb="observation.observer_replaced").count() == 1


def test_what_can_go_no_further_is_withdrawn_and_stands_in_nobodys_way(ward):
    """Half given, given by both, and settled: whoever must go on has gone."""
    for number in range(3):
        row = half(ward) if number == 0 else ward.marked() if number == 1 else ward.settled()
        with pytest.raises(NotAllowed):
            withdrawn(ward, row, "dewi")
        assert withdrawn(ward, row).state == S.WITHDRAWN
        Employee.objects.filter(pk=ward.wati.pk).update(left_on=None)
    assert ward.plan()


def withdrawn(ward, row, actor="bambang"):
    return services.withdraw_observation(
        actor=ward.viewer(actor), observation=row, reason="Pengamatnya pindah", version=row.version
    )


def test_before_the_first_sheet_it_is_called_off_instead(ward):
    with pytest.raises(NotNow, match="Batalkan saja"):
        withdrawn(ward, ward.agreed())


def test_who_decides_finds_both_ways_on_the_page(ward, client):
    row = half(ward)
    urls = [reverse(f"observation:{name}", args=[row.pk]) for name in ("replace", "withdraw")]
    for name, shown in (("bambang", True), ("dewi", False)):
        client.force_login(ward.cast.people[name].user)
        page = client.get(row.get_absolute_url()).content.decode()
        assert [f'href="{url}"' in page for url in urls] == [shown, shown]
    client.force_login(ward.cast.bambang.user)
    told = {"number": 2, "observers": ward.cast.agus.pk, "version": row.version}
    assert "Dewi" not in client.get(urls[0]).content.decode().split('name="number"')[1].split("</select>")[0]
    assert client.post(urls[0], told | {"nip": "1"}).status_code == 422
    assert client.post(urls[0], told).status_code == 302
    assert row.sheets.get(number=2).observer == ward.cast.agus


def test_a_third_party_who_moves_the_day_agrees_in_nobodys_name(ward):
    """Dewi leads Siti and does not observe."""
    row = ward.agreed("wati")
    row = moved(ward, row, actor="dewi", day=row.day + WEEK)
    row.refresh_from_db()
    assert (row.state, row.observed_agreed_at, row.observer_agreed_at) == (S.PLANNED, None, None)
    row = moved(ward, row, actor="wati")
    row.refresh_from_db()
    assert (row.observed_agreed_at, bool(row.observer_agreed_at)) == (None, True)


def test_nobody_agrees_to_a_day_that_has_passed(ward, client):
    row = ward.plan()
    row = services.prepare_observation(
        actor=ward.viewer("siti"), observation=row, prepared=Prepared("A", "", "penjelasan"), version=0
    )
    ward.at(1)
    with pytest.raises(NotNow, match="sudah lewat"):
        services.agree_observation(actor=ward.viewer("dewi"), observation=row, version=row.version)
    step = next_step(ward.viewer("dewi"), row, beside(row))
    assert [action.url for action in step.actions][:1] == [reverse("observation:reschedule", args=[row.pk])]
    row = moved(ward, row, actor="dewi", day=ward.today)
    assert services.agree_observation(actor=ward.viewer("siti"), observation=row, version=row.version).state == S.AGREED


def test_what_was_tried_and_written_down_is_not_asked_for_again(ward):
    row = ward.finished()
    siti = ward.viewer("siti")
    assert "Coba sasarannya" in next_step(siti, row, beside(row)).words
    row = services.reflect_observation(actor=siti, observation=row, text="Sudah saya coba", version=row.version)
    assert "Observasi kedua" in next_step(siti, row, beside(row)).words
    second = Follower(second=row, renewed=None)
    assert next_step(siti, row, second).words == "Observasi ini selesai."
