"""What a plan must be before it is submitted, and what is worth a second look (PermenPANRB 6/2022 Lampiran II).

An error keeps a plan from being submitted; a hint never does. Sentences are Indonesian and marked for translation.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from terang.rules.plans.document import PERSPECTIVES, PlanDocument, PlannedResult
from terang.rules.sentences import mark as _

Severity = Literal["error", "hint"]


@dataclass(frozen=True)
class Setting:
    """What a check must know beside the document.

    `promised` are the indicators of the unit's yearly agreement (id, text) which a leading official must carry as main
    (p. 27). `post_kind` is the kind of post (`PostKind`), empty where unknown.
    """

    post_kind: str = ""
    promised: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class Problem:
    """One finding. `row_key` names the result or indicator (empty: the whole plan), `part` the part of the page.

    `message` and `advice` are sentences with `%(name)s` places filled from `words` after translation.
    """

    code: str
    severity: Severity
    message: str
    advice: str = ""
    row_key: str = ""
    part: str = "hasil"
    words: tuple[tuple[str, str], ...] = ()
    article: str = ""


def problems(document: PlanDocument, setting: Setting | None = None) -> tuple[Problem, ...]:
    """Every finding, errors first, in order of the document."""
    found = list(_found(document, setting or Setting()))
    return tuple(sorted(found, key=lambda problem: problem.severity != "error"))


def errors(document: PlanDocument, setting: Setting | None = None) -> tuple[Problem, ...]:
    """Only what keeps the plan from being submitted."""
    return tuple(problem for problem in problems(document, setting) if problem.severity == "error")


def _found(document: PlanDocument, setting: Setting) -> Iterator[Problem]:
    if not document.main_results:
        yield Problem("no_main", "error", _("Belum ada hasil kerja utama."), _("Tambahkan sekurang-kurangnya satu."))
    for result in document.results:
        yield from _result(document, result)
    if document.form == "jpt":
        yield from _perspectives(document)


def _result(document: PlanDocument, result: PlannedResult) -> Iterator[Problem]:
    if not result.indicators:
        yield Problem(
            "no_indicator",
            "error",
            _("Hasil kerja ini belum punya indikator."),
            _("Tambahkan ukuran keberhasilannya."),
            result.key,
        )


def _perspectives(document: PlanDocument) -> Iterator[Problem]:
    met = {indicator.perspective for result in document.results for indicator in result.indicators}
    for code in PERSPECTIVES:
        if code not in met:
            yield Problem(
                f"perspective_{code}",
                "error",
                _("Perspektif ini belum ada indikatornya."),
                words=(("perspective", code),),
            )
