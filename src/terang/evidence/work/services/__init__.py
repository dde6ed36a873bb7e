"""The verbs of daily work. Each: access, state, one transaction, one journal entry for each work entry."""

from terang.evidence.work.services.deciding import Batch, UnopenedError, accept_entries, accept_entry, return_entry
from terang.evidence.work.services.opening import open_entry
from terang.evidence.work.services.submitting import resubmit_entry, submit_entry

__all__ = [
    "Batch",
    "UnopenedError",
    "accept_entries",
    "accept_entry",
    "open_entry",
    "resubmit_entry",
    "return_entry",
    "submit_entry",
]
