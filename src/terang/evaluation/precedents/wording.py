"""Words that tell a decision and nobody's name."""

import re

from terang.evaluation.appraisals.models import Objection
from terang.web.scrubbing import scrub

UNIT = "[unit]"


def without_names(objection: Objection, text: str) -> str:
    """The text without names of who objected, rated and decided, numbers, addresses and the names of their units."""
    appraisal = objection.appraisal
    people = [appraisal.employee.name, appraisal.rater.name]
    if objection.decided_by:
        people.append(objection.decided_by.name)
    for unit in (appraisal.home.name, appraisal.unit.name):
        text = re.sub(re.escape(unit), UNIT, text, flags=re.IGNORECASE)
    return scrub(text, people)
