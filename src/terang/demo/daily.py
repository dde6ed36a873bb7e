"""What makes daily work quick in the demo: favourites, minutes told, and units without signal that report later."""

from collections import Counter
from datetime import date, datetime, time, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from terang.demo.scene import Scene
from terang.evidence.work.models import Entry, Favourite
from terang.registry.organization.models import SignalZone
from terang.web.writing import write

RECENT_DAYS = 30
MINUTES = (30, 45, 60, 90, 120, 180)
FAVOURITES = 2
MOST_PEOPLE = 200
"""Enough to look at; a government made for load work keeps the rest plain."""
BASIS = "Keputusan Kepala Dinas Kominfo (rekaan)"


def note_down(scene: Scene) -> None:
    """Of the last month: minutes of most entries, each person's favourites, and the device's time in the zones."""
    keys = scene.facts.get("no_signal", ())
    zones = [scene.units[key] for key in keys if "." not in key]
    SignalZone.objects.bulk_create(
        SignalZone(agency=scene.agency, unit=unit, valid_from=date(2025, 1, 1), basis=BASIS) for unit in zones
    )
    since = scene.today - timedelta(days=RECENT_DAYS)
    people = sorted(person.employee.pk for person in scene.people.values())[:MOST_PEOPLE]
    entries = Entry.objects.filter(employee__in=people, day__gte=since).order_by("employee_id", "day", "id")
    remote = {person.employee.pk for person in scene.people.values() if person.unit.key in keys}
    rows = list(entries)
    for entry in rows:
        dice = scene.dice(f"daily:{entry.form_key}")
        entry.minutes = dice.choice(MINUTES) if dice.random() < 0.8 else None
        if entry.employee_id in remote:
            _carried(entry, scene, dice.randint(0, 2))
    Entry.objects.bulk_update(rows, ["minutes", "written_at", "submitted_at"], batch_size=500)
    write([row for _person, own in groupby(rows, key=lambda row: row.employee_id) for row in _favourites(list(own))])


def _carried(entry: Entry, scene: Scene, days: int) -> None:
    """Written on the day, arrived when there was a network again."""
    zone = ZoneInfo(scene.agency.time_zone)
    entry.written_at = datetime.combine(entry.day, time(15), zone)
    arrived = entry.written_at + timedelta(days=days, hours=1)
    if arrived.date() < scene.today:
        entry.submitted_at = arrived


def _favourites(own: list[Entry]) -> list[Favourite]:
    """The texts written most often, under their first words."""
    usual = [text for text, _n in Counter(entry.text for entry in own if entry.indicator_id).most_common(FAVOURITES)]
    found = [next(entry for entry in own if entry.text == text and entry.indicator_id) for text in usual]
    names = [" ".join(entry.text.split()[:3]) for entry in found]
    return [
        Favourite(
            employee_id=entry.employee_id,
            name=name,
            result_id=entry.result_id,
            indicator_id=entry.indicator_id,
            text=entry.text,
            quantity_milli=entry.quantity_milli,
            minutes=entry.minutes,
        )
        for number, (name, entry) in enumerate(zip(names, found, strict=True))
        if name not in names[:number]
    ]
