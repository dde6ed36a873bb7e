"""Who may act on another person's account. Accounts lie below the registry, so the viewer is asked by duck-typing."""

from typing import Any

from django.conf import settings
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
    """Whether one of the viewer's appointed roles is on the list `MFA_REQUIRED_ROLES`."""
    return bool(viewer) and viewer.has(*settings.MFA_REQUIRED_ROLES)
