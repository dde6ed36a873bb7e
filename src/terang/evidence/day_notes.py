"""Why a day of a person asks for no daily report, or is special: told by the room that keeps presence."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class DayNote:
    """`leave`: away, nothing is due. `off`: a day of rest of one's own shift plan. `duty`: works elsewhere, a report is
    due as on any day. `label` is in words, in lower case (“cuti”, “dinas luar”)."""

    kind: Literal["leave", "off", "duty"]
    label: str

    @property
    def excuses(self) -> bool:
        return self.kind != "duty"
