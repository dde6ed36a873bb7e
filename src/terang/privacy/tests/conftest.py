"""Kota Terang at a moment that tests can move."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from tests.cast import NOW

from terang.privacy import services


@pytest.fixture
def clock(monkeypatch):
    """`clock(hours=3)` moves everybody's clock on from `NOW`."""
    state = {"now": NOW}
    monkeypatch.setattr(timezone, "now", lambda: state["now"])

    def move(**later):
        state["now"] = state["now"] + timedelta(**later)
        return state["now"]

    return move


def whole_facts(**own):
    """Facts with everything a notice must say."""
    told = {
        "title": "Daftar pemohon terkirim ke alamat yang salah",
        "known_at": NOW,
        "happened_at": NOW - timedelta(days=1),
        "happened_note": "",
        "how": "Lampiran surel keliru dipilih.",
        "data_kinds": ["identitas", "kontak"],
        "exposed": "Nama dan telepon.",
        "person_kinds": ["pemohon"],
        "persons": 41,
        "is_estimate": False,
        "handling": "Penerima diminta menghapus dan sudah menyatakannya.",
        "recovery": "Pengiriman daftar lewat surel dihentikan.",
        "contact": "Dinas Kependudukan, loket 1",
        "tells_public": "",
        "public_reason": "",
        "reason": "",
    }
    return told | own


@pytest.fixture
def breach(cast, clock):
    """A suspicion that Siti reported just now."""
    return services.report_suspicion(
        actor=cast.viewer("siti"), text="Daftar warga terkirim ke orang lain.", form_key=uuid4()
    )
