"""The verbs of a plan: write it, talk about it, agree it, change it, close it."""

from terang.planning.plans.services.changing import close_plan, discard_version, open_change
from terang.planning.plans.services.dialogue import agree, comment, discuss, submit, withdraw
from terang.planning.plans.services.writing import open_plan, write_document

__all__ = [
    "agree",
    "close_plan",
    "comment",
    "discard_version",
    "discuss",
    "open_change",
    "open_plan",
    "submit",
    "withdraw",
    "write_document",
]
