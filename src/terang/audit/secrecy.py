"""Verbs of the journal that are not told to everybody in full: whose actor, whose minute, or which at all. A room that
adds such a verb names it here."""

from collections.abc import Mapping
from typing import Any

CONFIDENTIAL = (
    "colleagues.review_answered",
    "colleagues.ticket_declined",
    "colleagues.review_given",
    "colleagues.peer_answered",
    "explainers.asked",
    "pulse.answered",
    "complaints.guarded_changed",
)
"""Verbs whose actor is shown to nobody and which are not announced to open pages (design §6: peer answers)."""

GUARDED = (
    "complaints.guarded_changed",
    "privacy.closed",
    "privacy.confirmed",
    "privacy.corrected",
    "privacy.dismissed",
    "privacy.notice_recorded",
    "privacy.notice_withdrawn",
    "privacy.reopened",
    "privacy.suspected",
    "signals.asked",
    "signals.dismissed",
    "signals.explained",
    "signals.found",
    "signals.record_opened",
    "signals.recounted",
    "signals.referred",
    "signals.shared",
)
"""Verbs about secret reports, reports of misconduct, failures of data protection and questions of overseers: read by
auditors of the whole government only; of confidential ones without who acted."""

UNTIMED = (
    "citizens.survey_answered",
    "citizens.survey_opened",
    "complaints.citizen_replied",
    "complaints.guarded_changed",
    "complaints.completed",
    "complaints.confirmed",
    "complaints.rated",
    "complaints.received",
    "complaints.reopened",
)
"""Verbs not listed to the person they are about: the minute of an answer would name the citizen behind it."""

UNTOLD = frozenset((*CONFIDENTIAL, *GUARDED, *UNTIMED))
"""Verbs that nothing derived from them may name, nor by its minute point to."""


def is_confidential(verb: str) -> bool:
    """Whether nobody may learn who did this, or when."""
    return verb in CONFIDENTIAL


def is_told_by_day(verb: str, changes: Mapping[str, Any]) -> bool:
    """Whether the minute of an entry is told to nobody: it would name the citizen or colleague behind it. So for what
    they did themselves, and for what followed from it, whose cause is not named (or, in old entries, must not be)."""
    if verb in CONFIDENTIAL or verb in UNTIMED:
        return True
    cause = changes.get("cause")
    return cause is not None and (not cause or cause in UNTOLD)
