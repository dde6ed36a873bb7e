"""Verbs on accounts and sessions. Each is one transaction with one journal entry; secrets never reach the journal."""

import secrets
import time
from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.contrib.auth import login, logout
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext

from terang.accounts.access import agency_id_of
from terang.accounts.devices import browser_of, nip_digest, place_of
from terang.accounts.models import Method, OneTimeCode, Purpose, SignIn, User
from terang.audit.services import record
from terang.web.errors import NotNow

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
STARTED, SIGN_IN, SEEN, DEMO = "started_at", "sign_in_id", "seen_at", "demo_sign_in"
"""What a session remembers: when it began (absolute end), its row, when that row was touched, and the demo's door."""

LIFETIMES = {Purpose.ACTIVATION: timedelta(days=7), Purpose.RECOVERY: timedelta(hours=24)}
CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 12


@transaction.atomic
def open_session(request: HttpRequest, user: User, *, method: Method) -> SignIn:
    """Signs the person in on this browser under a new session key, and notes device and network."""
    login(request, user, backend=BACKEND)
    now = timezone.now()
    sign_in = SignIn.objects.create(
        user=user,
        session_key=request.session.session_key or "",
        method=method,
        browser=browser_of(request),
        place=place_of(request),
        started_at=now,
        last_seen_at=now,
    )
    request.session.update({STARTED: time.time(), SEEN: time.time(), SIGN_IN: sign_in.pk, DEMO: method == Method.DEMO})
    changes = {"method": method.value, "place": sign_in.place, "browser": sign_in.browser}
    record("accounts.signed_in", actor=user, obj=user, agency_id=agency_id_of(user), changes=changes)
    return sign_in


@transaction.atomic
def close_session(request: HttpRequest) -> None:
    """Signs the person out of this browser."""
    SignIn.objects.filter(pk=request.session.get(SIGN_IN, 0), ended_at__isnull=True).update(
        session_key="", ended_at=timezone.now()
    )
    if request.user.is_authenticated:
        record("accounts.signed_out", actor=request.user, obj=request.user, agency_id=agency_id_of(request.user))
    logout(request)


@transaction.atomic
def end_session(*, actor: User, sign_in: SignIn) -> None:
    """Ends one of the actor's own sessions, wherever it is open."""
    _end(SignIn.objects.filter(pk=sign_in.pk, user=actor))
    record("accounts.session_ended", actor=actor, obj=actor, agency_id=agency_id_of(actor), changes={"count": 1})


def note_failed_sign_in(request: HttpRequest, nip: str) -> None:
    """Journals a wrong password or an unknown NIP, both in the same way and without the NIP."""
    with transaction.atomic():
        changes = {"nip": nip_digest(nip), "place": place_of(request), "browser": browser_of(request)}
        record("accounts.sign_in_failed", actor=None, changes=changes)


@transaction.atomic
def note_password_changed(*, actor: User, keep_session: str = "") -> None:
    """After a new password: every session ends, but the one with the key `keep_session`."""
    ended = _end(SignIn.objects.filter(user=actor).exclude(session_key=keep_session))
    changes = {"sessions_ended": ended}
    record("accounts.password_changed", actor=actor, obj=actor, agency_id=agency_id_of(actor), changes=changes)


def follow_session_key(request: HttpRequest) -> None:
    """After Django gave the session a new key, its row must know it."""
    SignIn.objects.filter(pk=request.session.get(SIGN_IN, 0)).update(session_key=request.session.session_key or "")


@transaction.atomic
def note_factor_added(*, actor: User, kind: str) -> None:
    record("accounts.factor_added", actor=actor, obj=actor, agency_id=agency_id_of(actor), changes={"type": kind})


@transaction.atomic
def note_factor_removed(*, actor: User, kind: str, keep_session: str) -> None:
    """After a factor went: all other sessions end, for whoever removed it may not be its owner."""
    _end(SignIn.objects.filter(user=actor).exclude(session_key=keep_session))
    record("accounts.factor_removed", actor=actor, obj=actor, agency_id=agency_id_of(actor), changes={"type": kind})


@transaction.atomic
def note_recovery_codes_renewed(*, actor: User) -> None:
    record("accounts.recovery_codes_renewed", actor=actor, obj=actor, agency_id=agency_id_of(actor))


@transaction.atomic
def change_email(*, actor: User, email: str) -> None:
    """Sets the confirmed address."""
    actor.email = email
    actor.save(update_fields=["email"])
    record("accounts.email_changed", actor=actor, obj=actor, agency_id=agency_id_of(actor))


@transaction.atomic
def change_language(*, actor: User, language: str) -> None:
    changes = {"language": [actor.language, language]}
    actor.language = language
    actor.save(update_fields=["language"])
    record("accounts.language_changed", actor=actor, obj=actor, agency_id=agency_id_of(actor), changes=changes)


@transaction.atomic
def create_account(*, actor: User | None, nip: str, name: str, email: str = "") -> User:
    """An account without a password, which an activation code sets. Raises ValidationError for a bad NIP."""
    user = User.objects.create_user(nip, name=name, email=email)
    record("accounts.account_created", actor=actor, obj=user, changes={"nip": nip_digest(nip)})
    return user


@transaction.atomic
def issue_code(*, actor: User | None, user: User, purpose: Purpose, drops_factors: bool = False) -> str:
    """A one-time code in clear, for this once; codes issued before it no longer work. `actor` None: the command line.

    Raises `NotNow` where the account is closed.
    """
    if not user.is_active:
        raise NotNow(gettext("Akun ini tidak aktif. Aktifkan dahulu sebelum menerbitkan kode."))
    now = timezone.now()
    OneTimeCode.objects.filter(user=user, used_at__isnull=True, expires_at__gt=now).update(expires_at=now)
    code = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
    OneTimeCode.objects.create(
        user=user,
        purpose=purpose,
        digest=_code_digest(user, code),
        drops_factors=drops_factors,
        issued_by=actor,
        issued_at=now,
        expires_at=now + LIFETIMES[purpose],
    )
    verb = "accounts.activation_code_issued" if purpose == Purpose.ACTIVATION else "accounts.recovery_code_issued"
    changes = {"drops_factors": drops_factors}
    record(verb, actor=actor, obj=user, agency_id=agency_id_of(user), changes=changes)
    return "-".join(code[start : start + 4] for start in range(0, CODE_LENGTH, 4))


@transaction.atomic
def redeem_code(*, nip: str, code: str, password: str) -> User | None:
    """Sets the password with a code and ends every session. None where NIP and code do not fit, or the code is over."""
    user = User.objects.filter(nip=nip, is_active=True).first()
    issued = OneTimeCode.objects.filter(digest=_code_digest(user, code)).first() if user else None
    if user is None or issued is None or not _use(issued):
        return None
    user.set_password(password)
    user.save(update_fields=["password"])
    if issued.drops_factors:
        Authenticator.objects.filter(user_id=user.pk).delete()
    _end(SignIn.objects.filter(user=user))
    changes = {
        "purpose": issued.purpose,
        "dropped_factors": issued.drops_factors,
        "issued_at": issued.issued_at.isoformat(),
    }
    record("accounts.code_redeemed", actor=user, obj=user, agency_id=agency_id_of(user), changes=changes)
    return user


def _use(issued: OneTimeCode) -> bool:
    """Whether this call is the one that used the code: the row decides, also between two processes."""
    now = timezone.now()
    free = OneTimeCode.objects.filter(pk=issued.pk, used_at__isnull=True, expires_at__gt=now)
    return free.update(used_at=now) == 1


def _code_digest(user: User, code: str) -> str:
    letters = "".join(letter for letter in code.upper() if letter in CODE_LETTERS)
    return salted_hmac("terang.accounts.code", f"{user.pk}:{letters}", algorithm="sha256").hexdigest()


def _end(sign_ins: QuerySet[SignIn]) -> int:
    open_ones = sign_ins.filter(ended_at__isnull=True)
    keys = [key for key in open_ones.values_list("session_key", flat=True) if key]
    ended = open_ones.update(session_key="", ended_at=timezone.now())
    Session.objects.filter(session_key__in=keys).delete()
    return ended
