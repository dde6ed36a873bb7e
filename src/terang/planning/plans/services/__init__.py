"""The verbs of a plan: write it, talk about it, agree it, change it, close it; templates and terms."""

from terang.planning.plans.services.answering import (
    Batch,
    Decision,
    agree_many,
    answer_assignment,
    decide,
    give_back,
)
from terang.planning.plans.services.changing import close_plan, discard_version, open_change, reopen_closed
from terang.planning.plans.services.dialogue import agree, comment, discuss, submit, withdraw
from terang.planning.plans.services.following import follow_moves, sweep
from terang.planning.plans.services.templates import give_draft, make_template, retire_template, start_run
from terang.planning.plans.services.terms import set_terms
from terang.planning.plans.services.writing import open_plan, write_document

__all__ = [
    "Batch",
    "Decision",
    "agree",
    "agree_many",
    "answer_assignment",
    "close_plan",
    "comment",
    "decide",
    "discard_version",
    "discuss",
    "follow_moves",
    "give_back",
    "give_draft",
    "make_template",
    "open_change",
    "open_plan",
    "reopen_closed",
    "retire_template",
    "set_terms",
    "start_run",
    "submit",
    "sweep",
    "withdraw",
    "write_document",
]
