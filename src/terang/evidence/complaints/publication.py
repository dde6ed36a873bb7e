"""What of complaints everybody may read, on public pages, in open data and through Open311: one query set for all."""

from django.db.models import QuerySet

from terang.evidence.complaints.models import Complaint, ComplaintClass
from terang.registry.organization.models import Agency


def open_complaints(agency: Agency) -> QuerySet[Complaint]:
    """Every complaint that may be counted in public: secret ones and reports of misconduct never are."""
    return Complaint.objects.filter(agency=agency, is_secret=False).exclude(complaint_class=ComplaintClass.MISCONDUCT)


def published_complaints(agency: Agency) -> QuerySet[Complaint]:
    """Those of them that somebody has looked at and let appear. Who reported stands in none."""
    return open_complaints(agency).filter(is_published=True)
