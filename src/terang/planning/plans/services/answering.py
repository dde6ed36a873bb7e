"""The appraiser's answer: what only the leader decides, and agreeing to many plans after reading them."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from terang.planning.plans.access import require_answer
from terang.planning.plans.models import PlanVersion
from terang.planning.plans.services.dialogue import agree_as, comment, discuss
from terang.planning.plans.services.locking import locked, moved
from terang.planning.plans.services.writing import write_document
from terang.planning.plans.states import require_move
from terang.registry.people.selectors import direct_report_ids
from terang.registry.people.viewer import Viewer
from terang.rules.plans import PlanDocument, as_json, from_json
from terang.rules.plans.behaviour import VALUE_CODES
from terang.rules.plans.document import Approach
from terang.web.errors import NotNow, Refusal


@dataclass(frozen=True)
class Decision:
    """What the leader decides about a plan: per result whether it is main (Lampiran II p. 49-50), the special
    expectation per value (Pasal 10), the approach (p. 50). What is left out stays as it is."""

    main: Mapping[str, bool] = field(default_factory=dict)
    behaviour: Mapping[str, str] = field(default_factory=dict)
    approach: Approach | None = None


@dataclass(frozen=True)
class Batch:
    """What became of many plans: the agreed ones, and the others each with the reason."""

    agreed: tuple[PlanVersion, ...]
    failed: tuple[tuple[PlanVersion, str], ...]


def decide(*, actor: Viewer, version: PlanVersion, seen: int, decision: Decision) -> PlanVersion:
    """Writes the leader's decision into the plan, which is then discussed: the person must agree too, and cannot write
    it back.

    Raises NotNow where nothing changes, where no main result would be left, and where work as Plt. or Plh. is made
    additional (p. 50).
    """
    before = from_json(version.document)
    after = decided(before, decision)
    if after == before:
        raise NotNow(gettext("Belum ada yang Anda ubah."))
    if not after.main_results:
        raise NotNow(gettext("Sekurang-kurangnya satu hasil kerja harus utama."))
    hopes = {code: text.strip() for code, text in decision.behaviour.items()}
    ruled: dict[str, Any] = {"main": dict(decision.main), "behaviour": hopes}
    approach = {"approach": decision.approach} if decision.approach else {}
    return write_document(actor=actor, version=version, seen=seen, document=after, decided={**ruled, **approach})


def decided(document: PlanDocument, decision: Decision) -> PlanDocument:
    """The document with the decision in it."""
    for result in document.results:
        if result.acting and not decision.main.get(result.key, True):
            raise NotNow(gettext("Hasil kerja sebagai Plt. atau Plh. selalu utama."))
    results = tuple(replace(each, main=decision.main.get(each.key, each.main)) for each in document.results)
    hopes = {**document.behaviour, **decision.behaviour}
    kept = {code: text for code in VALUE_CODES if (text := hopes.get(code, "").strip())}
    return replace(document, results=results, behaviour=kept, approach=decision.approach or document.approach)


def give_back(*, actor: Viewer, version: PlanVersion, seen: int, text: str, form_key: uuid.UUID) -> PlanVersion:
    """Back to be talked about, with a comment on the whole plan where `text` is given."""
    with transaction.atomic():
        if text.strip():
            comment(actor=actor, version=version, row_key="", text=text.strip(), form_key=form_key)
        return discuss(actor=actor, version=version, seen=seen)


def answer_assignment(*, actor: Viewer, version: PlanVersion, seen: int, row_key: str, approved: bool) -> PlanVersion:
    """The appraiser's word about work that another leader gives (A3 p. 46).

    A yes leaves the plan submitted: the person's wording stays. A no makes it discussed, so that the row goes.
    """
    require_answer(actor, version)
    with transaction.atomic():
        current = locked(version, seen)
        require_move(current, "reword")
        document = from_json(current.document)
        result = document.result(row_key)
        if result is None or not result.from_elsewhere:
            raise NotNow(gettext("Hasil kerja ini bukan penugasan dari pimpinan lain."))
        rows = tuple(replace(each, approved=approved) if each.key == row_key else each for each in document.results)
        changed = replace(document, results=rows)
        if not approved:
            return write_document(actor=actor, version=current, seen=seen, document=changed)
        current.document = as_json(changed)
        return moved(current, "assignment_approved", actor, ["document"], row=row_key)


def agree_many(*, actor: Viewer, seen: Mapping[int, int]) -> Batch:
    """Agrees to plans that were read: `seen` gives by id the version that was on screen. Each is its own transaction,
    and what one of them is refused for stops none of the others. Whom the actor appraises is asked once."""
    own = set(direct_report_ids(actor.employee, actor.today))
    agreed: list[PlanVersion] = []
    failed: list[tuple[PlanVersion, str]] = []
    rows = PlanVersion.objects.filter(pk__in=seen).select_related("plan__employee__agency", "plan__post", "plan__unit")
    for version in rows.defer("document").order_by("plan__employee__name", "pk"):
        try:
            instead = version.plan.employee_id not in own and require_answer(actor, version)
            agreed.append(agree_as(instead, actor=actor, version=version, seen=seen[version.pk]))
        except Refusal as refusal:
            failed.append((version, refusal.reason))
    return Batch(tuple(agreed), tuple(failed))
