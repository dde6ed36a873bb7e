"""Verbs of questions: found by the worker, asked, explained, shared, dismissed, referred; and openings noted."""

from terang.evidence.signals.services.asking import ask_signal, explain_signal, share_signal
from terang.evidence.signals.services.deciding import dismiss_signal, refer_signal
from terang.evidence.signals.services.finding import look_over, sweep
from terang.evidence.signals.services.opening import note_opening
from terang.evidence.signals.services.terms import set_terms
from terang.evidence.signals.services.withdrawing import withdraw

__all__ = [
    "ask_signal",
    "dismiss_signal",
    "explain_signal",
    "look_over",
    "note_opening",
    "refer_signal",
    "set_terms",
    "share_signal",
    "sweep",
    "withdraw",
]
