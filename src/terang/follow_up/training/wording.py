"""What can be weak, in the reader's words."""

from collections.abc import Iterable

from django.utils.translation import gettext

from terang.evaluation import wording as measured
from terang.evaluation.policies import measure_rules
from terang.rules.policies import Policy
from terang.rules.regulations.satisfaction import ELEMENT_LABELS
from terang.rules.tables import ELEMENTS
from terang.rules.training import ASPECT, ELEMENT, MEASURE, RATING, RATINGS, code_of, kind_of


def subject_label(subject: str, policy: Policy | None) -> str:
    """The name of a weak place; its code where the policy in force no longer knows it."""
    code = code_of(subject)
    match kind_of(subject):
        case "element":
            return gettext(ELEMENT_LABELS[code]) if code in ELEMENT_LABELS else code
        case "measure":
            return measured.measure_label(code)
        case "rating":
            return gettext("Rating hasil kerja") if code == RATINGS[0] else gettext("Rating perilaku kerja")
        case _:
            return _aspect_label(code, policy)


def _aspect_label(code: str, policy: Policy | None) -> str:
    for instrument in policy.instruments if policy else ():
        for aspect in instrument.aspects:
            if code == f"{instrument.code}.{aspect.code}":
                return measured.label(aspect)
    return code.rpartition(".")[2].replace("_", " ").capitalize()


def subject_choices(policy: Policy | None) -> list[tuple[str, list[tuple[str, str]]]]:
    """What a course may help with under the policy in force, in groups: (group, [(subject, label)])."""
    measures = dict.fromkeys(rule.code for rule in measure_rules(policy)) if policy else {}
    groups = [
        (gettext("Unsur survei kepuasan"), [f"{ELEMENT}.{each}" for each in ELEMENTS]),
        (gettext("Ukuran kinerja"), [f"{MEASURE}.{each}" for each in measures]),
        (gettext("Perilaku menurut rekan"), list(_aspects(policy))),
        (gettext("Evaluasi resmi"), [f"{RATING}.{each}" for each in RATINGS]),
    ]
    return [(name, [(each, subject_label(each, policy)) for each in subjects]) for name, subjects in groups if subjects]


def _aspects(policy: Policy | None) -> Iterable[str]:
    for instrument in policy.instruments if policy else ():
        for aspect in instrument.aspects:
            yield f"{ASPECT}.{instrument.code}.{aspect.code}"
