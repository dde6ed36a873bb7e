"""What citizens got: services and their standard, requests and who asked, and what citizens say of them."""

from terang.evidence.citizens.models.applicants import (
    Applicant,
    ApplicantTerms,
    KeyKind,
    RequestFile,
    RequestKey,
)
from terang.evidence.citizens.models.catalogue import (
    LimitUnit,
    Requirement,
    Service,
    ServicePledge,
    ServiceStandard,
    StandardStep,
)
from terang.evidence.citizens.models.interventions import Intervention
from terang.evidence.citizens.models.requests import (
    QueueTicket,
    RequestChannel,
    RequestPause,
    RequestReopening,
    RequestState,
    RequestStep,
    ServiceRequest,
)
from terang.evidence.citizens.models.survey import (
    HiddenRemark,
    Kiosk,
    ShortForm,
    SurveyInvitation,
    SurveyResponse,
)
from terang.evidence.citizens.models.survey_periods import FollowUp, SurveyPeriod, SurveyResult

__all__ = [
    "Applicant",
    "ApplicantTerms",
    "FollowUp",
    "HiddenRemark",
    "Intervention",
    "KeyKind",
    "Kiosk",
    "LimitUnit",
    "QueueTicket",
    "RequestChannel",
    "RequestFile",
    "RequestKey",
    "RequestPause",
    "RequestReopening",
    "RequestState",
    "RequestStep",
    "Requirement",
    "Service",
    "ServicePledge",
    "ServiceRequest",
    "ServiceStandard",
    "ShortForm",
    "StandardStep",
    "SurveyInvitation",
    "SurveyPeriod",
    "SurveyResponse",
    "SurveyResult",
]
