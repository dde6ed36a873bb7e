"""What closing asks of rooms above it, which it does not know: the papers of a closed period.

`TERANG_CLOSING_DOCUMENTS` names two functions by dotted path. `queue(closing)` has the worker make the papers of what
was handed over in the period, part by part of the government, and gives how many parts were added; it runs within the
transaction that ends the run, so that either both are there or neither. `bundles(closing, viewer)` tells how far each
part is. Empty: nobody makes papers.
"""

from dataclasses import dataclass
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string

from terang.evaluation.closing.models import Closing
from terang.registry.people.viewer import Viewer


@dataclass(frozen=True)
class Bundle:
    """The papers of one part of the government: `done` of `total` people. `state` in words with the `tone` of its
    badge; `missing` people have no paper of this kind; `url` is empty for whom may not fetch it."""

    name: str
    state: str
    tone: str
    done: int
    total: int
    missing: int
    runs: bool
    url: str


def queue_documents(closing: Closing) -> int:
    """How many parts were queued; none twice."""
    path = _paths().get("queue")
    return cast(int, import_string(path)(closing)) if path else 0


def bundles_of(closing: Closing, viewer: Viewer) -> list[Bundle]:
    """The parts as they stand, in the order of the tree."""
    path = _paths().get("bundles")
    return cast(list[Bundle], import_string(path)(closing, viewer)) if path else []


def _paths() -> dict[str, str]:
    return getattr(settings, "TERANG_CLOSING_DOCUMENTS", {})
