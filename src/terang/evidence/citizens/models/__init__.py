"""What citizens got: published services, their requests, and what citizens say after a finished one."""

from terang.evidence.citizens.models.catalogue import Service
from terang.evidence.citizens.models.requests import ServiceRequest
from terang.evidence.citizens.models.survey import SurveyInvitation, SurveyResponse

__all__ = ["Service", "ServiceRequest", "SurveyInvitation", "SurveyResponse"]
