"""Brings in one report of the national application (`national_report` in the government's file), fictional and a
little different from Terang, so that the page of differences has something to tell."""

import csv
import io
from datetime import datetime, time, timedelta
from uuid import NAMESPACE_OID, uuid5
from zoneinfo import ZoneInfo

from terang.demo.scene import Scene
from terang.interchange.national.services import confirm_report, start_report
from terang.interchange.national.tasks import apply_report, read_national
from terang.registry.people.models import PostKind
from terang.registry.people.selectors import main_posts
from terang.registry.people.viewer import viewer_for

HEAD = ("id", "skp_id", "nip", "nama", "skp_jabatan", "skp_unor", "skp_status", "periode_awal", "periode_akhir")
STRANGER = ("199001012015041071", "Bagus Pramono")
ABSENT, WAITING, RENAMED = 17, 11, 13
"""Every so many people: not in the report, still waiting there, with another name of the post."""


def exchange(scene: Scene) -> None:
    """Nothing where the government's file says nothing."""
    if not scene.facts.get("national_report"):
        return
    user = scene.people["personnel/head"].employee.user
    at = datetime.combine(scene.today, time(10), ZoneInfo(scene.agency.time_zone))
    actor = viewer_for(user, at) if user else None
    key = uuid5(NAMESPACE_OID, f"{scene.agency.code}:national")
    report = start_report(actor=actor, data=_file(scene), file_name="laporan-skp.csv", form_key=key)
    read_national.call(report.pk)
    confirm_report(actor=actor, report_id=report.pk)
    apply_report.call(report.pk)


def _file(scene: Scene) -> bytes:
    day = scene.today - timedelta(days=1)
    year = day.year
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerows(
        [[f"Laporan SKP Tahun {year}"], [f"Instansi {scene.agency.name}"], [f"Data per {day.isoformat()}"]]
    )
    writer.writerow(HEAD)
    seats = main_posts([person.employee.pk for person in scene.people.values()], day)
    for number, person in enumerate(scene.people.values(), 1):
        seat = seats.get(person.employee.pk)
        if seat is None or seat.post.kind == PostKind.ELECTED or number % ABSENT == 0:
            continue
        title = f"Plt. {seat.post.title}" if number % RENAMED == 0 else seat.post.title
        state = "Draft" if number % WAITING == 0 else "Persetujuan"
        nip, name = person.employee.nip, person.employee.name
        row = (number, number, nip, name, title, seat.post.unit.name, state, f"{year}-01-01", f"{year}-12-31")
        writer.writerow(row)
    place = "Pranata Komputer", scene.agency.name
    last = ("X", "X", *STRANGER, *place, "Persetujuan", f"{year}-01-01", f"{year}-12-31")
    writer.writerow(last)
    return text.getvalue().encode()
