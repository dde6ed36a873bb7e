"""Questions about documents."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.cache import cache
from django.db.models import QuerySet
from django.utils import timezone

from terang.evaluation.appraisals.models import Appraisal
from terang.evaluation.closing.models import Closing
from terang.evaluation.credit.selectors import counts
from terang.evidence.citizens.models import SurveyResult
from terang.planning.matrix.models import Matrix
from terang.planning.plans.models import Plan, PlanVersion, VersionState
from terang.planning.plans.selectors import version_in_force
from terang.registry.organization.models import Unit
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer
from terang.reporting.documents.access import may_ask
from terang.reporting.documents.appraisals import appraisal_sheets
from terang.reporting.documents.award_sheets import award_sheet
from terang.reporting.documents.certificate_sheets import certificate_sheet
from terang.reporting.documents.codes import ALPHABET, LENGTH, read_code, shown_code
from terang.reporting.documents.facts import day_of
from terang.reporting.documents.guidance_sheets import behaviour_sheet
from terang.reporting.documents.models import Document, Kind, Packet, PacketState
from terang.reporting.documents.observation_sheets import observation_sheet
from terang.reporting.documents.records import record_sheet, times_of
from terang.reporting.documents.report_sheets import report_sheet
from terang.reporting.documents.score_services import EXPLAINED, explained_digest
from terang.reporting.documents.services import content_digest, guidance_sheet, matrix_digest
from terang.reporting.documents.survey_sheets import result_sheet
from terang.reporting.documents.visit_sheets import minutes_sheet

RECENT_SECONDS = 60


@dataclass(frozen=True)
class Checked:
    """What anybody may know of an issued document: nothing about the person or the results.

    `newer` is the number of the version that replaced it (of the others: 0 where they say something else now),
    None while the document is the latest.
    """

    code: str
    kind: str
    formats: str
    agency: str
    year: int
    version: int | None
    issued_on: date
    sha256: str
    source_digest: str
    signed: bool
    newer: int | None

    @property
    def latest(self) -> bool:
        return self.newer is None

    @property
    def groups(self) -> list[str]:
        """The digest in groups of eight, to compare by eye."""
        return [self.sha256[place : place + 8] for place in range(0, 64, 8)]


_OF: dict[str, tuple[str, ...]] = {
    "matrix": ("matrix__owner__agency", "matrix__unit"),
    "report": ("report__employee__agency", "report__unit", "report__terms"),
    "survey": ("survey__period__unit__agency",),
    "plan": ("plan__employee__agency",),
    "inspection": ("inspection__unit__agency", "inspection__mission", "inspection__lead"),
    "score": tuple(path for path in EXPLAINED if path.startswith("score")),
    "observation": tuple(
        f"observation__{each}" for each in ("employee__agency", "unit", "instrument", "told_by", "previous")
    ),
    "appraisal": (
        *(path for path in EXPLAINED if path.startswith("appraisal")),
        "appraisal__objection__decider",
    ),
    "training": ("training__employee__agency", "training__enrolment__session"),
    "award": ("award__employee__agency", "award__call__winner", "award__call__announced_by"),
    "credit": ("credit",),
    "guidance": ("guidance__employee__agency", "guidance__guide"),
    "behaviour": ("behaviour__employee__agency", "behaviour__reporter"),
}
"""What is read along with a document, by what it is about: all at once would be more tables than SQLite joins."""


def check_code(text: str) -> Checked | None:
    """The document behind a code as typed, or None. Three queries, a few more for a matrix once a minute."""
    code = read_code(text)
    if len(code) != LENGTH or not set(code) <= set(ALPHABET):
        return None
    found = Document.objects.select_related("agency", "plan_version").filter(code=code)
    document = found.first()
    if document is None:
        return None
    if asked := [path for name, paths in _OF.items() if getattr(document, f"{name}_id") for path in paths]:
        document = found.select_related("agency", "plan_version", *asked).get()
    return Checked(
        code=shown_code(document.code),
        kind=str(document.get_kind_display()),
        formats=document.formats,
        agency=document.agency.name,
        year=document.year,
        version=document.plan_version.number if document.plan_version else None,
        issued_on=day_of(document.issued_at, document.agency),
        sha256=document.sha256,
        source_digest=document.source_digest,
        signed=document.signed,
        newer=_newer(document),
    )


def _newer(document: Document) -> int | None:
    version = document.plan_version
    if version:
        agreed = PlanVersion.objects.filter(plan_id=version.plan_id, state=VersionState.AGREED)
        latest = agreed.order_by("-number").values_list("number", flat=True).first()
        return latest if latest and latest > version.number else None
    if document.report:
        return None if content_digest([report_sheet(document.report)]) == document.source_digest else 0
    if document.survey:
        return None if _is_latest(document) else 0
    if document.plan:
        return None if _recent_record(document) == document.source_digest else 0
    if document.inspection:
        return None if content_digest([minutes_sheet(document.inspection)]) == document.source_digest else 0
    if document.kind in (Kind.SCORE, Kind.EXPLAINED):
        return None if explained_digest(document) == document.source_digest else 0
    if document.observation:
        return None if content_digest([observation_sheet(document.observation)]) == document.source_digest else 0
    if document.training:
        return None if content_digest([certificate_sheet(document.training)]) == document.source_digest else 0
    if document.guidance:
        sheet = guidance_sheet(document.guidance, document.kind)
        return None if content_digest([sheet]) == document.source_digest else 0
    if document.behaviour:
        return None if content_digest([behaviour_sheet(document.behaviour)]) == document.source_digest else 0
    if document.award:
        return None if content_digest([award_sheet(document.award)]) == document.source_digest else 0
    if document.credit:
        return None if counts(document.credit) else 0
    if document.appraisal:
        return None if _recent_appraisal(document.appraisal, document.kind) == document.source_digest else 0
    assert document.matrix is not None
    return None if _recent_digest(document.matrix, document.kind) == document.source_digest else 0


def _is_latest(document: Document) -> bool:
    """Whether no revision came after a survey result, and nothing new is told of what is done about it."""
    result = document.survey
    assert result is not None
    revised = SurveyResult.objects.filter(period_id=result.period_id, number__gt=result.number).exists()
    return not revised and content_digest([result_sheet(result)]) == document.source_digest


def _recent_digest(matrix: Matrix, kind: str) -> str:
    """What the matrix said within the last minute: a page that anybody may open must not draw it anew each time."""
    key = f"terang:matriks:{matrix.pk}:{kind}"
    return str(cache.get_or_set(key, lambda: matrix_digest(matrix, kind), RECENT_SECONDS))


def _recent_record(document: Document) -> str:
    """What is recorded now, or was within the last minute, as `_recent_digest`; empty where nothing is in force."""
    plan = document.plan
    assert plan is not None
    key = f"terang:rekaman:{plan.pk}:{document.kind}:{document.period}"
    return str(cache.get_or_set(key, lambda: _record_digest(plan, document.kind, document.period), RECENT_SECONDS))


def _record_digest(plan: Plan, kind: str, period: str) -> str:
    version = version_in_force(plan)
    times = times_of(plan, day_of(timezone.now(), plan.employee.agency))
    return content_digest([record_sheet(version, kind, times[period])]) if version and period in times else ""


def _recent_appraisal(appraisal: Appraisal, kind: str) -> str:
    """What the evaluation says now, or said within the last minute, as `_recent_digest`."""
    key = f"terang:evaluasi:{appraisal.pk}:{kind}"
    return str(cache.get_or_set(key, lambda: content_digest(appraisal_sheets(appraisal, kind)), RECENT_SECONDS))


def version_to_print(pk: int) -> QuerySet[PlanVersion]:
    """A version with all that its forms need at hand."""
    return PlanVersion.objects.filter(pk=pk).select_related(
        "agreed_by", "plan__employee__agency", "plan__post", "plan__unit"
    )


def packets_of(viewer: Viewer) -> QuerySet[Packet]:
    """The packets a person asked for, the latest first, without what closings queued. One query when read."""
    return Packet.objects.filter(asked_by=viewer.employee, closing=None).select_related("unit")


def packets_to_fetch(viewer: Viewer) -> list[Packet]:
    """Finished packets that the person has not fetched yet. One query, none for who may not ask for any."""
    if not may_ask(viewer):
        return []
    return list(packets_of(viewer).filter(state=PacketState.DONE, fetched_at=None).order_by("finished_at"))


def closings_to_fetch(viewer: Viewer) -> list[Closing]:
    """Closings by the person whose papers are all made, and nobody has fetched any. Two queries, none for who may not
    ask for packets."""
    if not may_ask(viewer):
        return []
    rows = Packet.objects.filter(asked_by=viewer.employee, closing__isnull=False).exclude(state=PacketState.GONE)
    known: dict[int, bool] = {}
    for pk, state, fetched in rows.values_list("closing_id", "state", "fetched_at"):
        known[pk] = known.get(pk, True) and fetched is None and state in (PacketState.DONE, PacketState.FAILED)
    ready = [pk for pk, all_there in known.items() if all_there]
    return list(Closing.objects.filter(pk__in=ready).select_related("period"))


def versions_of_unit(unit: Unit, year: int, people: QuerySet[Employee]) -> QuerySet[PlanVersion]:
    """The version in force of each plan of a year in the unit and below, of these people, by unit and name."""
    latest: dict[int, int] = {}
    plans = _plans_of(unit, year, people)
    agreed = PlanVersion.objects.filter(plan__in=plans, state=VersionState.AGREED).order_by("number")
    for plan_id, pk in agreed.values_list("plan_id", "pk"):
        latest[plan_id] = pk
    rows = PlanVersion.objects.filter(pk__in=latest.values())
    return rows.order_by("plan__unit__path", "plan__employee__name", "pk")


def plans_without_agreement(unit: Unit, year: int, people: QuerySet[Employee]) -> int:
    """How many plans of the year in the unit and below have no agreed version. One query."""
    return _plans_of(unit, year, people).exclude(versions__state=VersionState.AGREED).count()


def _plans_of(unit: Unit, year: int, people: QuerySet[Employee]) -> QuerySet[Plan]:
    first = date(year, 1, 1)
    after = (date(year, 12, 31)) + timedelta(days=1)
    inside = Plan.objects.filter(unit__path__startswith=unit.path, period_start__lt=after, period_end__gt=first)
    return inside.filter(employee__in=people)
