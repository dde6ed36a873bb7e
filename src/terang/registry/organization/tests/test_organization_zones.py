"""Zones without signal: who sets them, what is refused, whom they hold for and when."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from tests.cast import TODAY, make_cast

from terang.audit.models import JournalEntry
from terang.registry.organization import services
from terang.registry.organization.models import SignalZone
from terang.registry.organization.zones import zones_of
from terang.web.errors import NotAllowed, NotNow


def add(cast, actor, **changed):
    values = {"unit": cast.units["health"], "on": TODAY, "basis": "SK 7/2026"}
    return services.add_zone(actor=actor, agency=cast.agency, **(values | changed))


def test_a_zone_holds_for_the_unit_and_those_below_from_its_day_to_its_end(cast):
    keeper, below = cast.viewer("maya"), cast.units["puskesmas"]
    zone = add(cast, keeper)
    held = zones_of(cast.agency)
    assert [held.hold(below, TODAY + timedelta(days=n)) for n in (-1, 0, 400)] == [False, True, True]
    assert not held.hold(cast.units["dukcapil"], TODAY)
    assert not held.hold(None, TODAY)
    services.end_zone(actor=keeper, zone=zone, on=TODAY + timedelta(days=3), reason="Menara baru")
    held = zones_of(cast.agency)
    assert [held.hold(below, TODAY + timedelta(days=n)) for n in (2, 3)] == [True, False]
    assert list(JournalEntry.objects.values_list("verb", "reason")) == [
        ("organization.zone_added", "SK 7/2026"),
        ("organization.zone_ended", "Menara baru"),
    ]


def test_a_zone_twice_abroad_or_without_basis_is_refused(cast):
    keeper = cast.viewer("maya")
    zone = add(cast, keeper)
    abroad = make_cast("98.71", "Kota Lain")
    for changed, words in (
        ({"unit": cast.units["puskesmas"]}, "sudah termasuk"),
        ({"unit": abroad.units["health"]}, "pemerintah daerah lain"),
        ({"unit": cast.units["bkd"], "basis": " "}, "dasar penetapan"),
    ):
        with pytest.raises(ValidationError, match=words):
            add(cast, keeper, **changed)
    with pytest.raises(ValidationError, match="Pilih tanggal sesudah"):
        services.end_zone(actor=keeper, zone=zone, on=TODAY, reason="x")
    services.end_zone(actor=keeper, zone=zone, on=TODAY + timedelta(days=1), reason="x")
    with pytest.raises(NotNow):
        services.end_zone(actor=keeper, zone=zone, on=TODAY + timedelta(days=2), reason="x")
    for name in ("andi", "tono"):
        with pytest.raises(NotAllowed):
            add(cast, cast.viewer(name), unit=cast.units["bkd"])


def test_the_screen_lists_sets_and_ends(cast, sign_in):
    client = sign_in("maya")
    assert "Belum ada wilayah tanpa sinyal" in client.get(reverse("organization:zones")).content.decode()
    values = {"unit": cast.units["health"].pk, "on": TODAY.isoformat(), "basis": "SK 7/2026"}
    assert client.post(reverse("organization:zone_new"), values).status_code == 302
    zone = SignalZone.objects.get()
    page = client.get(reverse("organization:zones")).content.decode()
    assert "SK 7/2026" in page
    assert reverse("organization:zone_end", args=[zone.pk]) in page
    ended = {"on": (TODAY + timedelta(days=1)).isoformat(), "reason": "Menara baru"}
    assert client.post(reverse("organization:zone_end", args=[zone.pk]), ended).status_code == 302
    zone.refresh_from_db()
    assert zone.valid_to == TODAY + timedelta(days=1)
    reader = sign_in("andi")
    assert reverse("organization:zone_new") not in reader.get(reverse("organization:zones")).content.decode()
