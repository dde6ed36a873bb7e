"""What the page of a version needs: its rows, the words about each, the other versions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.shortcuts import get_object_or_404

from terang.planning.plans.models import PlanComment, PlanVersion, VersionState
from terang.planning.plans.presenting import AnnexRows, PlanRows, ResultRow, present, present_annex
from terang.planning.plans.seats import Seat
from terang.planning.plans.setting import setting_of
from terang.planning.plans.study import study_facts
from terang.rules.plans import PlanDocument, from_json
from terang.rules.plans.checks import problems

ASSIGNMENT_OPEN = "approval_open"


@dataclass(frozen=True)
class TalkedRow:
    """A result with what was said about it."""

    row: ResultRow
    comments: Sequence[PlanComment]


@dataclass(frozen=True)
class Reading:
    """A version as a page shows it. Comments on an indicator stand with its result; those on rows that are gone, and on
    the whole plan, stand together in `comments`."""

    document: PlanDocument
    rows: PlanRows
    results: Sequence[TalkedRow]
    comments: Sequence[PlanComment]
    annex: AnnexRows

    @property
    def main(self) -> list[TalkedRow]:
        return [each for each in self.results if each.row.main]

    @property
    def additional(self) -> list[TalkedRow]:
        return [each for each in self.results if not each.row.main]

    @property
    def hopes(self) -> int:
        """How many values carry a special expectation."""
        return len(self.document.behaviour)

    @property
    def study(self) -> list[tuple[str, str]]:
        """The study leave in words, nothing where there is none."""
        return study_facts(self.document.study) if self.document.study else []


def version_at(pk: int) -> PlanVersion:
    """A version with its plan, person, post and unit; Http404 where there is none. One query."""
    rows = PlanVersion.objects.select_related(
        "plan__employee__agency", "plan__post", "plan__unit", "agreed_by", "opened_by"
    )
    return get_object_or_404(rows, pk=pk)


def reading_of(version: PlanVersion, seat: Seat | None = None) -> Reading:
    """The version as rows. Findings are told to the two who can mend them, while it is open; what waits for the
    appraiser's own word stands at its row anyway. At most two queries."""
    document = from_json(version.document)
    found = problems(document, setting_of(version.plan)) if seat and seat.talks else ()
    found = tuple(each for each in found if each.code != ASSIGNMENT_OPEN or (seat and seat.own))
    rows = present(document, found)
    spoken = comments_of(version, document)
    return Reading(
        document=document,
        rows=rows,
        results=[TalkedRow(row, spoken.get(row.key, ())) for row in rows.results],
        comments=spoken.get("", ()),
        annex=present_annex(document),
    )


def comments_of(version: PlanVersion, document: PlanDocument) -> Mapping[str, Sequence[PlanComment]]:
    """What was said, by the key of the result; "" holds the rest. One query."""
    owner = {result.key: result.key for result in document.results}
    for result in document.results:
        owner |= {indicator.key: result.key for indicator in result.indicators}
    found: dict[str, list[PlanComment]] = {}
    for each in version.comments.select_related("author"):
        found.setdefault(owner.get(each.row_key, ""), []).append(each)
    return found


def versions_of(version: PlanVersion) -> list[PlanVersion]:
    """Every version of the same plan, newest first, without the documents. One query."""
    return list(version.plan.versions.select_related("agreed_by").defer("document"))


def version_before(version: PlanVersion) -> PlanVersion | None:
    """The version agreed last before this one: what it is compared with. One query."""
    earlier = version.plan.versions.filter(number__lt=version.number, state=VersionState.AGREED)
    return earlier.select_related("plan__employee__agency").first()
