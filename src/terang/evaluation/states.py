"""The states of a period, of a score's completeness, and of a person against the standard, and what allows what."""

from django.utils.translation import gettext as _

from terang.evaluation.models import Period
from terang.web.errors import NotNow


def require_open(period: Period) -> None:
    """Raises NotNow where the period is closed: its results stay for ever."""
    if period.closed_at is not None:
        raise NotNow(_("Periode %(name)s sudah ditutup. Nilainya tidak dihitung ulang.") % {"name": period.name})
