"""Who may change the organization. This room lies below `people`, so it asks only for what it needs of whoever acts."""

from typing import Any, Protocol

from django.utils.translation import gettext as _

from terang.web.errors import NotAllowed

KEEPER = "kepegawaian"
"""The value of `people.Role.PERSONNEL`, the personnel agency, which keeps units, calendars and the outage ledger."""


class Actor(Protocol):
    """What `people.viewer.Viewer` offers."""

    @property
    def user(self) -> Any: ...

    @property
    def employee(self) -> Any: ...

    @property
    def agency_id(self) -> int: ...

    def has(self, *roles: Any) -> bool: ...


def may_keep(actor: Actor | None) -> bool:
    """Whether somebody keeps the registry of the own government."""
    return bool(actor and actor.has(KEEPER))


def require_member(actor: Actor | None) -> Actor:
    """Anybody who belongs to a government: units, calendar and outages hold no secrets inside it."""
    if not actor:
        raise NotAllowed(_("Akun ini tidak terhubung dengan data pegawai. Hubungi pengelola kepegawaian."))
    return actor


def require_keeper(actor: Actor | None, agency_id: int) -> Actor:
    """Only the personnel agency of this government."""
    actor = require_member(actor)
    if actor.agency_id != agency_id:
        raise NotAllowed(_("Data ini milik pemerintah daerah lain."))
    if not may_keep(actor):
        raise NotAllowed(_("Hanya pengelola kepegawaian yang dapat mengubah data ini."))
    return actor
