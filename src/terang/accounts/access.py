"""Who may act on another person's account. Accounts lie below the registry, so the viewer is asked by duck-typing."""

import time
from datetime import date
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext

from terang.accounts.models import User
from terang.web.errors import NotAllowed

PERSONNEL = "kepegawaian"


def require_personnel(viewer: Any) -> None:
    """Raises `NotAllowed` unless the viewer is appointed to the personnel agency."""
    if not viewer or not viewer.has(PERSONNEL):
        raise NotAllowed(gettext("Hanya pengelola kepegawaian yang dapat menerbitkan kode. Hubungi BKD/BKPSDM Anda."))


def require_personnel_for(viewer: Any, user: User) -> None:
    """Raises `NotAllowed` unless the account belongs to somebody else of the viewer's own agency."""
    require_personnel(viewer)
    if user.pk == viewer.user.pk:
        raise NotAllowed(gettext("Kode untuk akun sendiri harus diterbitkan oleh rekan pengelola kepegawaian lain."))
    if agency_id_of(user) != viewer.agency_id:
        raise NotAllowed(gettext("Orang ini bukan pegawai instansi Anda."))


def agency_id_of(user: User) -> int | None:
    """The agency of the employee behind an account, or None where it is linked to nobody."""
    return getattr(getattr(user, "employee", None), "agency_id", None)


def needs_second_factor(viewer: Any) -> bool:
    """Whether one of the viewer's appointed roles is on the list `MFA_REQUIRED_ROLES` or on that of the policy."""
    if not viewer or not viewer.grants:
        return False
    minute = int(time.time() // 60)
    return bool(viewer.has(*settings.MFA_REQUIRED_ROLES, *_roles_of_policy(viewer.agency_id, viewer.today, minute)))


@lru_cache(maxsize=1024)
def _roles_of_policy(agency_id: int, day: date, minute: int) -> tuple[str, ...]:
    """Asked from the higher room that `MFA_POLICY_ROLES` names, at most once a minute for each agency."""
    if not settings.MFA_POLICY_ROLES:
        return ()
    roles: tuple[str, ...] = import_string(settings.MFA_POLICY_ROLES)(agency_id, day)
    return roles
