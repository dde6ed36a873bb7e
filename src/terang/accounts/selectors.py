"""Questions about accounts. Each asks for one person only: their own."""

from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import QuerySet

from terang.accounts.models import SignIn, User

FACTOR_TYPES = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def open_sign_ins(user: User, now: datetime) -> QuerySet[SignIn]:
    """The sessions that are still open at `now`, newest first. One query."""
    earliest = now - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    return SignIn.objects.filter(user=user, ended_at__isnull=True, started_at__gt=earliest)


def recent_sign_ins(user: User, limit: int = 10) -> QuerySet[SignIn]:
    """The last sign-ins, newest first. One query."""
    return SignIn.objects.filter(user=user)[:limit]


def second_factors(user: User) -> list[Authenticator]:
    """What the person can prove themselves with beside the password; recovery codes are no factor. One query."""
    return list(Authenticator.objects.filter(user_id=user.pk, type__in=FACTOR_TYPES).order_by("created_at"))


def has_second_factor(user: User) -> bool:
    """One query."""
    return bool(Authenticator.objects.filter(user_id=user.pk, type__in=FACTOR_TYPES).exists())
