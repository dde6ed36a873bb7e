"""Finds Indonesian sentences that no translation can reach: plain texts in our modules that nobody marked.

`terang messages check` compares the marked texts with their English; a text without a mark is invisible to it. A text
counts as one when it has a space and a telltale word. Docstrings, comments, logging, and the verbose names of model
fields (which no screen shows) are left out.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from terang.web.extraction import CONTEXT, CONTEXT_PLURAL, PLAIN, PLURAL, SKIPPED, SOURCE

TELLTALES = re.compile(
    r"\b(tidak|harus|belum|sudah|dengan|untuk|bukan|yang|hanya|masih|adalah|jangan|silakan|periksa|pilih|hapus|lalu)\b",
    re.IGNORECASE,
)
MARKS = {"mark", *PLAIN, *PLURAL, *CONTEXT, *CONTEXT_PLURAL}
UNSEEN_BY_SCREENS = {
    "audit/background.py": "the fault of a lost task, for the log and the operator",
    "audit/exporting.py": "faults of an exported journal, told by the command line",
    "cli": "the terminal is Indonesian",
    "config/env.py": "faults of the settings, told when the program starts",
    "demo": "content of the simulated governments",
    "engine": "faults of evidence files, told by the command line",
    "evidence/attendance/report_facts.py": "words of a report, which stays Indonesian",
    "evidence/citizens/inspection_cases.py": "steps kept with a visit, which stay Indonesian",
    "evidence/citizens/inspection_criteria.py": "points of a visit, which stay Indonesian",
    "evidence/citizens/report_facts.py": "words of a report, which stays Indonesian",
    "evidence/colleagues/report_facts.py": "words of a report, which stays Indonesian",
    "evidence/colleagues/services/preparing.py": "a reason kept with the round, which stays Indonesian",
    "evidence/observation/report_facts.py": "words of a report, which stays Indonesian",
    "evidence/complaints/inspection_criteria.py": "points of a visit, which stay Indonesian",
    "evidence/oversight/report_facts.py": "words of a report, which stays Indonesian",
    "evidence/oversight/roster_words.py": "points of a visit, which stay Indonesian",
    "evidence/signals/services/finding.py": "why a question is left out, for the log",
    "evidence/work/report_facts.py": "words of a report, which stays Indonesian",
    "planning/plans/suggestions.py": "texts of the plan itself, which stay Indonesian",
    "reporting/documents/checks.py": "faults of the settings, told when the program starts",
    "reporting/running": "told to the administrator on a terminal, and to monitors",
    "reporting/documents/codes.py": "the foot of official papers",
    "reporting/documents/observation_sheets.py": "the words of the printed observation",
    "reporting/documents/appraisal_sheets.py": "the words of official forms",
    "reporting/documents/record_sheets.py": "the words of official forms",
    "reporting/documents/records.py": "the words of official forms",
    "reporting/documents/credit_sheets.py": "the words of the printed tables",
    "reporting/documents/score_sheets.py": "the words of the printed explanation",
    "reporting/documents/sheets.py": "the words of official forms",
    "reporting/documents/signing.py": "faults of the settings, told when the program starts",
    "reporting/documents/spreadsheet.py": "the words of official forms",
    "reporting/documents/survey_sheets.py": "the words of the printed report",
    "reporting/documents/survey_workbook.py": "the words of the printed report",
    "reporting/documents/tasks.py": "a file inside an empty packet",
    "reporting/documents/visit_sheets.py": "the words of the printed minutes",
    "reporting/live": "answers to the browser's script, which shows none of them",
    "rules/allowance": "faults of facts, told row by row to who computes; reasons are sentences",
    "rules/attendance": "faults of a schedule or a set of bands, told to who loads them; reasons are marked",
    "rules/catalogue.py": "labels stand beside their English; formulas and reasons are marked",
    "rules/plans/behaviour.py": "the behaviour guide in the words of the regulation",
    "rules/plans/document.py": "faults of a stored document, which only the program writes",
    "rules/plans/wording.py": "the words looked for in a plan",
    "rules/predicate.py": "asked by the command line only",
    "rules/regulations": "faults of input at the command line; labels are marked",
    "rules/work/hints.py": "the words looked for in an activity; hints are marked",
    "web/catalogue.py": "faults of the catalogue, told by the command line",
    "web/styleguide.py": "sample content, in demo and debug only",
    "web/unmarked.py": "the words looked for",
}
"""Modules, or folders of them, that may hold Indonesian without a mark, each with the reason."""

INPUT_WORDS = {"ya, tidak"}
"""What people write in the cells of a file; the same whatever language is on."""


def unmarked_sentences(source: Path = SOURCE) -> list[str]:
    """Every such text, one line each: place, line number, text. Raises `SyntaxError` where a module cannot be read."""
    lines = []
    for path in sorted(source.rglob("*.py")):
        place = path.relative_to(source)
        if SKIPPED & set(place.parts) or _unseen(place.as_posix()):
            continue
        lines += [f"{place.as_posix()}:{number}: {text!r}" for number, text in in_module(path.read_text("utf-8"))]
    return lines


def in_module(module: str) -> Iterator[tuple[int, str]]:
    """Line number and text of the Indonesian sentences of one module that are not marked."""
    tree = ast.parse(module)
    passed = {id(inner) for node in ast.walk(tree) for part in _passed(node) for inner in ast.walk(part)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in passed:
            text = node.value
            if " " in text and TELLTALES.search(text) and text not in INPUT_WORDS:
                yield node.lineno, text


def _unseen(place: str) -> bool:
    return any(place == known or place.startswith(f"{known}/") for known in UNSEEN_BY_SCREENS)


def _passed(node: ast.AST) -> list[ast.expr]:
    """What is fine below a node: a docstring, the texts of a mark, a log entry, or of a model field."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return [node.value]
    if not isinstance(node, ast.Call):
        return []
    function = node.func
    name = function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")
    owner = function.value.id if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name) else ""
    if name == "Sentence":
        return node.args[:1]  # what fills it must be marked by itself
    return node.args if name in MARKS or owner in {"logger", "models"} else []
