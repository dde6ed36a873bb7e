"""The certificate of an award as plain JSON for Typst: to whom, which, why. In Indonesian whatever the language of the
reader."""

from dataclasses import asdict

from django.utils.translation import override

from terang.follow_up.awards.models import Award
from terang.registry.people.selectors import main_posts
from terang.reporting.documents.facts import party, place_of
from terang.reporting.documents.sheets import Proof, Sheet
from terang.web.numbers import longdate


def award_sheet(row: Award) -> Sheet:
    """An award as it was announced, on the post of that day. One query."""
    call, employee = row.call, row.employee
    assert call.announced_by is not None
    with override("id"):
        return {
            "kind": "award",
            "name": f"Piagam {call.title}",
            "agency": employee.agency.name,
            "number": row.number,
            "employee": asdict(party(employee, main_posts([employee.pk], row.awarded_on).get(employee.pk))),
            "team": call.winner.team if call.winner else "",
            "title": call.title,
            "citation": call.citation,
            "document": call.document,
            "chair": call.announced_by.name,
            "day": longdate(row.awarded_on),
            "place": place_of(employee.agency),
            "mark": "",
            "proof": asdict(Proof()),
        }
