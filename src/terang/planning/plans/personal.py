"""What of a plan belongs to one person, one unit or one year, and does not go along to others."""

from dataclasses import replace

from terang.rules.plans import PlanDocument, PlannedResult


def without_giver(result: PlannedResult) -> PlannedResult:
    """A result without who gave it this year: the leader's row, the cell of a matrix, assignment and programme. So it
    may stand in a later plan of the same person."""
    return replace(
        result, leader=None, cell_id=None, assigned_by="", assigner_id=None, approved=None, acting=False, programme=""
    )


def impersonal(result: PlannedResult) -> PlannedResult:
    """A result that may stand in anybody's plan: also without the reason for an absolute target, which is one person's
    work, and without the promises of one unit."""
    indicators = tuple(replace(each, goal_indicator_id=None) for each in result.indicators)
    return replace(without_giver(result), vital="", goal_indicator_id=None, indicators=indicators)


def impersonal_document(document: PlanDocument) -> PlanDocument:
    """A plan that may begin anybody's: without work given to this person alone, expectations, steps of a year
    and study leave."""
    own = [each for each in document.results if not each.acting and not each.from_elsewhere]
    rows = tuple(replace(impersonal(each), steps=()) for each in own)
    return replace(document, results=rows, behaviour={}, study=None)
