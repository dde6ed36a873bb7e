"""A certificate as plain JSON for Typst: who followed which training, for how many hours. In Indonesian whatever the
language of the reader."""

from dataclasses import asdict

from django.utils.translation import override

from terang.follow_up.training.models import TrainingRecord
from terang.registry.people.selectors import main_posts
from terang.reporting.documents.facts import party, place_of
from terang.reporting.documents.sheets import Proof, Sheet
from terang.web.numbers import longdate, whole


def certificate_sheet(row: TrainingRecord) -> Sheet:
    """What was learned in one of our own sessions, on the post of its last day. Two queries."""
    assert row.enrolment is not None
    session, employee = row.enrolment.session, row.employee
    with override("id"):
        first, last = longdate(row.starts_on), longdate(row.ends_on)
        return {
            "kind": "certificate",
            "name": f"Sertifikat {row.title}",
            "agency": employee.agency.name,
            "number": row.certificate,
            "employee": asdict(party(employee, main_posts([employee.pk], row.ends_on).get(employee.pk))),
            "title": row.title,
            "form": str(row.get_form_display()),
            "days": f"pada {first}" if first == last else f"{first} sampai {last}",
            "where": session.place,
            "hours": whole(row.hours),
            "all": whole(sum(day.hours for day in session.days.all())),
            "provider": row.provider,
            "day": last,
            "place": place_of(employee.agency),
            "mark": "",
            "proof": asdict(Proof()),
        }
