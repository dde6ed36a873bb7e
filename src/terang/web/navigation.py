"""One link in the navigation or among tabs. The shell draws them; which there are is decided by the boards."""

from dataclasses import dataclass


@dataclass(frozen=True)
class NavItem:
    """`icon` names a drawing of `terang.web.icons`; `count` is how many things wait there (0 shows nothing).

    `head` is the name of the group that begins with this item; empty inside a group.
    """

    label: str
    url: str
    icon: str = ""
    current: bool = False
    count: int = 0
    head: str = ""
