"""The verbs of custody: taking files in, asking about look-alikes, dated rules, destroying what is past them."""

from terang.custody.services.destroying import destroy_due, destroy_files
from terang.custody.services.resemblances import ask_about, close_resemblance, explain_resemblance
from terang.custody.services.rules import set_retention, set_terms
from terang.custody.services.uploads import (
    RejectedFileError,
    TakenIn,
    clean_name,
    store_upload,
    take_in,
    write_row,
)

__all__ = [
    "RejectedFileError",
    "TakenIn",
    "ask_about",
    "clean_name",
    "close_resemblance",
    "destroy_due",
    "destroy_files",
    "explain_resemblance",
    "set_retention",
    "set_terms",
    "store_upload",
    "take_in",
    "write_row",
]
