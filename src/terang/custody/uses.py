"""Where files are used, as the rooms above tell it: the settings name functions by dotted path.

`TERANG_FILE_USES`: functions (file_ids) → `FileUse`s, as many as there are, with a constant number of queries. They
tell everything; who may read what is decided here. A file in a room that tells nothing is never destroyed, and no
question is asked about it.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string

from terang.custody.models import UseKind
from terang.registry.people.access import may_see_performance
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer


class Compared(StrEnum):
    """Against what a file of this use is held: near look-alikes too, the same picture only, or nothing, where a file is
    too private to be looked up."""

    NEAR = "near"
    SAME = "same"
    NEVER = "never"


@dataclass(frozen=True)
class FileUse:
    """One use of a file. `source` is the table whose row refers to the file (`work.entryfile`); `object_type` and
    `object_id` say what it proves. `file_url` opens the file, `url` what it proves. `is_open` while something about it
    is undecided: such a file is not destroyed. `seen_by` tells who sees it in its own room, and so its small copy."""

    file_id: int
    source: str
    kind: UseKind
    object_type: str
    object_id: int
    employee_id: int
    day: date
    title: str
    url: str
    file_url: str
    compared: Compared
    is_open: bool = False
    seen_by: Callable[[Viewer, Employee], bool] = may_see_performance

    @property
    def place(self) -> tuple[str, int]:
        """What it proves; the same file twice there is one use."""
        return self.object_type, self.object_id


def uses_of(file_ids: Collection[int]) -> dict[int, list[FileUse]]:
    """The uses of each file, earliest day first; files nobody tells of are left out. The providers' queries."""
    found: dict[int, list[FileUse]] = defaultdict(list)
    if file_ids:
        for path in settings.TERANG_FILE_USES:
            provider = cast(Callable[[Collection[int]], Iterable[FileUse]], import_string(path))
            for use in provider(file_ids):
                found[use.file_id].append(use)
    for uses in found.values():
        uses.sort(key=lambda use: (use.day, use.place))
    return dict(found)
