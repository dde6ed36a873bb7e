"""What only the leader decides in a plan, kept through the dialogue: main or additional per result (Lampiran II
p. 49–50), the approach (p. 50), the special expectation per value (Pasal 10). Pure.

Kept on the version as JSON: `{"main": {key: true}, "approach": "kuantitatif", "behaviour": {code: text}}`, each only
where the appraiser decided; an empty text is the decision for no special expectation.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from terang.rules.plans import PlanDocument
from terang.rules.plans.behaviour import VALUE_CODES
from terang.rules.plans.differences import Difference

Decided = Mapping[str, Any]


def all_decided(document: PlanDocument) -> dict[str, Any]:
    """Everything a leader decides, as the document has it."""
    return {
        "main": {each.key: each.main for each in document.results},
        "approach": document.approach,
        "behaviour": {code: document.behaviour.get(code, "") for code in VALUE_CODES},
    }


def changed_by_leader(before: PlanDocument, after: PlanDocument) -> dict[str, Any]:
    """What of it the appraiser's wording changes."""
    old, new = all_decided(before), all_decided(after)
    found: dict[str, Any] = {part: _new(old[part], new[part]) for part in ("main", "behaviour")}
    if new["approach"] != old["approach"]:
        found["approach"] = new["approach"]
    return found


def _new(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in new.items() if key not in old or old[key] != value}


def merged(decided: Decided, more: Decided) -> dict[str, Any]:
    """What was decided before with what is decided now."""
    found: dict[str, Any] = {part: {**decided.get(part, {}), **more.get(part, {})} for part in ("main", "behaviour")}
    approach = more.get("approach") or decided.get("approach")
    return {**found, "approach": approach} if approach else found


def contradicts(document: PlanDocument, decided: Decided) -> bool:
    """Whether the document says otherwise than the appraiser decided. A result that is gone contradicts nothing."""
    now = all_decided(document)
    for part in ("main", "behaviour"):
        mine = now[part]
        if any(mine[key] != value for key, value in decided.get(part, {}).items() if key in mine):
            return True
    return decided.get("approach", document.approach) != document.approach


def told_fields(changes: Iterable[Difference]) -> str:
    """The names of what changed, without a word of it: for the journal."""
    return ", ".join(sorted({each.field or f"row_{each.kind}" for each in changes}))
