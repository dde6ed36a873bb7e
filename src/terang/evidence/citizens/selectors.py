"""Questions about services, requests and answers."""

from typing import Any

from django.db.models import Count, Sum

from terang.evidence.citizens.models import SurveyInvitation
from terang.rules.tables import ELEMENTS
from terang.web.secrets import token_hash


def survey_sums() -> dict[str, Any]:
    """The aggregates of a survey row after `respondents`: all sums, then all numbers of answers not blank."""
    sums = {f"sum_{element}": Sum(element, default=0) for element in ELEMENTS}
    return sums | {f"answered_{element}": Count(element) for element in ELEMENTS}


def invitation_of(token: str) -> SurveyInvitation | None:
    """The invitation behind a link with its service; None for an unknown token. One query."""
    rows = SurveyInvitation.objects.select_related("request__service__unit__agency")
    return rows.filter(token_hash=token_hash(token)).first()
