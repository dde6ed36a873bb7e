"""A condition with its proof as it is kept: in the stored lists, and for ever with a decision. Plain JSON, no words."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from terang.follow_up.career.gathering import Known, Profile
from terang.follow_up.career.models import Readiness, Subject
from terang.rules.regulations.promotion import MET, Condition
from terang.rules.regulations.succession import criteria, is_considered, order_key, targets

Kept = dict[str, Any]
"""`code`, `state` (met, not_met, unknown), `asked` and `has` as the rule gives them, `by` an ISO day or empty, `value`
of the fact behind it, `url` of its proof, and whether it is `contested`."""

_PROOFS = {
    "years": Subject.RANK_SINCE,
    "discipline": Subject.DISCIPLINE,
    "education": Subject.EDUCATION,
    "integrity": Subject.DISCIPLINE,
    "schooling": Subject.EDUCATION,
    "training": Subject.LEADERSHIP,
    "grade": Subject.RANK_SINCE,
    "box": Subject.POTENTIAL,
}


def rank_checks(profile: Profile) -> list[Kept]:
    """The conditions of the next rank, in the order of the rule."""
    return [_kept(profile, each) for each in profile.next_rank.conditions] if profile.applies else []


def readiness_of(profile: Profile) -> str:
    """Not known counts as missing here: it has to be shown before somebody is proposed."""
    if not profile.applies or not profile.next_rank.conditions:
        return Readiness.NONE
    gaps = len(profile.next_rank.missing)
    if not profile.next_rank.rank:
        return Readiness.MORE
    return Readiness.READY if not gaps else Readiness.ONE if gaps == 1 else Readiness.MORE


def contentions(profile: Profile) -> Iterable[tuple[str, str, list[Kept]]]:
    """Kinds of post for which somebody is considered: (kind, order, criteria)."""
    if profile.applies:
        found, day = profile.contender, profile.today
        for target in targets(day):
            if is_considered(found, target, day):
                checks = [_kept(profile, each) for each in criteria(found, target, day)]
                yield target, order_key(found, day), checks


def missing(checks: Iterable[Kept]) -> list[Kept]:
    return [each for each in checks if each["state"] != MET]


def _kept(profile: Profile, condition: Condition) -> Kept:
    known = _proof(profile, condition)
    url = known.url if known else ""
    if condition.code == "credit" and profile.account is not None:
        url = reverse("credit:person", args=[profile.employee.pk])
    return {
        "code": condition.code,
        "state": condition.state,
        "asked": condition.asked,
        "has": condition.has,
        "by": condition.by.isoformat() if condition.by else "",
        "value": known.value if known else "",
        "url": url,
        "contested": bool(known and known.contested),
    }


def _proof(profile: Profile, condition: Condition) -> Known | None:
    code, _dot, year = condition.code.partition(".")
    if code == "predicate":
        return profile.predicates.get(int(year))
    return profile.facts.get(_PROOFS.get(code, ""))
