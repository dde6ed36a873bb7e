"""The terms of a government on a day, and the due days they give."""

from dataclasses import dataclass, fields
from datetime import date

from terang.evidence.complaints.models import Complaint, ComplaintTerms
from terang.registry.organization.calendars import deadline_calendar
from terang.registry.organization.models import Agency
from terang.rules.complaints import deadlines
from terang.rules.complaints.deadlines import Terms, local_terms, national_terms
from terang.rules.regulations.working_days import Calendar

IDENTITY_DAYS = 365
"""Days after its end at which a reporter's identity is deleted where a government set nothing else."""
OWN_TERMS = tuple(each.name for each in fields(Terms) if each.name != "ombudsman")


@dataclass(frozen=True)
class InForce:
    """Terms and calendar of a government. `own` is missing where it set none."""

    terms: Terms
    calendar: Calendar
    own: ComplaintTerms | None

    @property
    def identity_days(self) -> int:
        return self.own.identity_days if self.own else IDENTITY_DAYS

    def receipt(self, complaint: Complaint, day: date) -> None:
        """Sets what counts from the day a file is complete."""
        complaint.complete_on = day
        complaint.verify_due_on = deadlines.verification_due(day, self.terms, self.calendar)
        complaint.ombudsman_on = deadlines.ombudsman_on(day, self.terms)
        self.classify(complaint)

    def classify(self, complaint: Complaint) -> None:
        """Sets the last day of the final answer, by class."""
        complaint.finish_due_on = deadlines.finish_due(
            complaint.complete_on, complaint.complaint_class, self.terms, self.calendar
        )


def own_terms(agency_id: int, day: date) -> ComplaintTerms | None:
    """The government's own terms in force on a day. One query."""
    return ComplaintTerms.objects.filter(agency_id=agency_id, valid_from__lte=day).first()


def terms_in_force(agency: Agency, day: date) -> InForce:
    """Three queries."""
    own = own_terms(agency.pk, day)
    national = national_terms(day)
    terms = local_terms(national, {name: getattr(own, name) for name in OWN_TERMS}) if own else national
    return InForce(terms, deadline_calendar(agency), own)
