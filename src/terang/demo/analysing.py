"""Saves two questions of the analysis (`saved_views` in the government's file), one for everybody who may ask."""

from datetime import datetime, time
from uuid import NAMESPACE_OID, uuid5
from zoneinfo import ZoneInfo

from terang.demo.scene import Scene
from terang.registry.people.viewer import viewer_for
from terang.reporting.analysis.forms import AskForm
from terang.reporting.analysis.models import Sharing
from terang.reporting.analysis.selectors import menu_of
from terang.reporting.analysis.services import save_view

VIEWS = (
    ("Nilai tiap perangkat daerah, enam bulan", Sharing.ALL, {"cara": "tren", "menurut": "unit"}),
    ("Sebaran ketepatan waktu hadir", Sharing.ME, {"cara": "sebaran", "apa": "ukuran:punctuality"}),
)
"""Name, readers, and what is asked. The first names no unit, so that everybody is answered with their own."""


def analyse(scene: Scene) -> None:
    """Nothing where the government's file says nothing."""
    user = scene.people["personnel/head"].employee.user
    if not scene.facts.get("saved_views") or user is None:
        return
    at = datetime.combine(scene.today, time(11), ZoneInfo(scene.agency.time_zone))
    actor = viewer_for(user, at)
    assert actor, "the head of personnel is an employee"
    menu = menu_of(actor)
    for name, shared, asked in VIEWS:
        form = AskForm(asked, menu=menu)
        if form.is_valid():
            key = uuid5(NAMESPACE_OID, f"{scene.agency.code}:{name}")
            save_view(actor=actor, question=form.question, name=name, shared=shared, form_key=key)
