"""What happens between the states: a goal that changes, people who go, days that pass, two at once."""

from datetime import timedelta

import pytest
from django.urls import reverse

from terang.evidence.observation import services
from terang.evidence.observation.models import Mark, Observation, Sheet
from terang.evidence.observation.services import Noted, Prepared
from terang.web.errors import Stale

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
    assert 'name="indicator" value="penjelasan"' in client.get(url).content.decode()
    levels = {"level_1": 2, "level_2": 2, "level_3": 2, "action": "serahkan"}
    Observation.objects.update(indicator="identitas")
    assert client.post(url, levels | {"indicator": "penjelasan"}).status_code == 409
    with pytest.raises(Stale):
        services.save_sheet(
            actor=ward.viewer("dewi"), sheet=row.sheets.get(number=1), noted={"1": Noted(2)}, indicator="penjelasan"
        )
    assert not Mark.objects.exists()
    assert client.post(url, levels | {"indicator": "identitas"}).status_code == 302
