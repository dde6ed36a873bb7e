"""The verbs of this room. Each: access, state, one transaction, one journal entry."""

from terang.evaluation.closing.services.asking import (
    ask_check,
    ask_closing,
    ask_documents,
    confirm_correction,
    continue_run,
    drop_correction,
    propose_correction,
)
from terang.evaluation.closing.services.freezing import Comparison, check_run, compare_run, freeze, take_up

__all__ = [
    "Comparison",
    "ask_check",
    "ask_closing",
    "ask_documents",
    "check_run",
    "compare_run",
    "confirm_correction",
    "continue_run",
    "drop_correction",
    "freeze",
    "propose_correction",
    "take_up",
]
