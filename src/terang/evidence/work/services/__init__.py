"""The verbs of daily work. Each: access, state, one transaction, one journal entry for each work entry."""

from terang.evidence.work.services.deciding import Batch, UnopenedError, accept_entries, accept_entry, return_entry
from terang.evidence.work.services.escalating import escalate, remind, sweep
from terang.evidence.work.services.noting import (
    drop_draft,
    point_favourite,
    remove_favourite,
    rename_favourite,
    save_favourite,
    take_back_drop,
)
from terang.evidence.work.services.opening import open_entry
from terang.evidence.work.services.retiming import shorten_lags
from terang.evidence.work.services.submitting import resubmit_entry, submit_entry, withdraw_entry

__all__ = [
    "Batch",
    "UnopenedError",
    "accept_entries",
    "accept_entry",
    "drop_draft",
    "escalate",
    "open_entry",
    "point_favourite",
    "remind",
    "remove_favourite",
    "rename_favourite",
    "resubmit_entry",
    "return_entry",
    "save_favourite",
    "shorten_lags",
    "submit_entry",
    "sweep",
    "take_back_drop",
    "withdraw_entry",
]
