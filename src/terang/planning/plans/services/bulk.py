"""Many plans that were agreed elsewhere or long ago, written at once: the demo, a government that changes over."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from terang.planning.plans.models import Indicator, Plan, PlanResult, PlanVersion, VersionState
from terang.planning.plans.services.settling import new_rows
from terang.rules.plans import PlanDocument, as_json, digest_of

BATCH = 2_000


@dataclass(frozen=True)
class Agreed:
    """An agreed plan with the wording in force and the rows made of it, in the order of the document."""

    plan: Plan
    document: PlanDocument
    results: tuple[PlanResult, ...]
    indicators: tuple[Indicator, ...]


@transaction.atomic
def write_agreed(plans: Sequence[tuple[Plan, PlanVersion, PlanDocument]]) -> list[Agreed]:
    """Saves new plans with an agreed version and its rows: four statements, whatever their number.

    Each plan says its state and when it was agreed, each version its number and who agreed when; document, state and
    digest of the version are set here, from the document. There is no journal entry: the caller tells once.
    """
    Plan.objects.bulk_create([plan for plan, _version, _document in plans], batch_size=BATCH)
    made = [Agreed(plan, document, *new_rows(plan, document)) for plan, _version, document in plans]
    for plan, version, document in plans:
        version.plan = plan
        word(version, document)
    PlanVersion.objects.bulk_create([version for _plan, version, _document in plans], batch_size=BATCH)
    PlanResult.objects.bulk_create([row for each in made for row in each.results], batch_size=BATCH)
    Indicator.objects.bulk_create([row for each in made for row in each.indicators], batch_size=BATCH)
    return made


def word(version: PlanVersion, document: PlanDocument) -> None:
    """Gives an unsaved version its agreed wording with the digest."""
    version.state, version.document = VersionState.AGREED, as_json(document)
    version.digest = digest_of(version.document)
