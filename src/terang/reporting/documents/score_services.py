"""Issuing the explanation of a score or a result, and telling whether an issued one still says what is."""

from django.utils.translation import override

from terang.evaluation.appraisals.models import Appraisal, AppraisalState
from terang.evaluation.appraisals.opened import Official, open_result
from terang.evaluation.explanation import Explanation, explain
from terang.evaluation.models import Score
from terang.reporting.documents.models import Document, Kind
from terang.reporting.documents.score_sheets import result_sheet, score_sheet
from terang.reporting.documents.services import content_digest, issue_as_is

EXPLAINED = (
    "score__period__agency",
    "score__policy",
    "score__unit",
    "score__employee",
    "appraisal__employee",
    "appraisal__window__period__agency",
    "appraisal__unit",
    "appraisal__home",
    "appraisal__rater",
    "appraisal__objection",
)
"""What the sheets look at, to be read with a document."""


def issue_score(*, score: Score) -> Document:
    """The score as it is now. `score` with its components, employee, unit, policy and period's agency at hand."""
    told, period = _score_in_indonesian(score), score.period
    draft = Document(kind=Kind.SCORE, agency=period.agency, score=score, year=period.starts_on.year)
    return issue_as_is(draft, [score_sheet(told)], score.employee)


def issue_result(*, appraisal: Appraisal) -> Document:
    """The result as it stands now, with an objection if there is one."""
    told, period = _result_in_indonesian(appraisal), appraisal.window.period
    draft = Document(kind=Kind.EXPLAINED, agency=period.agency, appraisal=appraisal, year=period.starts_on.year)
    return issue_as_is(draft, [result_sheet(told)], appraisal.employee)


def explained_digest(document: Document) -> str:
    """What the score or result behind a document says now. At most five queries; empty where it was opened again."""
    if document.score:
        return content_digest([score_sheet(_score_in_indonesian(document.score))])
    appraisal = document.appraisal
    assert appraisal is not None
    if appraisal.state == AppraisalState.DRAFT:
        return ""
    return content_digest([result_sheet(_result_in_indonesian(appraisal))])


def _score_in_indonesian(score: Score) -> Explanation:
    """Labels are chosen when a score is opened: a paper says the same whoever asks for it."""
    with override("id"):
        return explain(score)


def _result_in_indonesian(appraisal: Appraisal) -> Official:
    with override("id"):
        return open_result(appraisal)
