"""Who can sign in, from where they did, and the codes that let them back in.

What a person may see follows from dated facts in `registry.people`, never from flags here.
"""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from terang.accounts.validators import validate_nip


class UserManager(BaseUserManager["User"]):
    def create_user(self, nip: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(nip=nip, **fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(nip=username)


class User(AbstractBaseUser):
    """An account, known by its NIP. One person has one account; there is no default account and no superuser flag."""

    nip = models.CharField("NIP", max_length=18, unique=True, validators=[validate_nip])
    name = models.CharField("nama", max_length=150)
    email = models.EmailField("surel", blank=True)
    language = models.CharField("bahasa", max_length=2, default="id")
    is_active = models.BooleanField("aktif", default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "nip"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = UserManager()

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name


class Method(models.TextChoices):
    """How somebody came in."""

    PASSWORD = "password", _("Kata sandi")
    SECOND_FACTOR = "second_factor", _("Kata sandi dan faktor kedua")
    PASSKEY = "passkey", _("Kunci sandi (passkey)")
    SINGLE_SIGN_ON = "single_sign_on", _("Masuk tunggal (SSO)")
    DEMO = "demo", _("Demo, tanpa kata sandi")


class SignIn(models.Model):
    """One signed-in session on one device. `place` is the network prefix, never the full address.

    `session_key` finds the session to end; it is emptied once `ended_at` is set.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(max_length=40, blank=True, db_index=True)
    method = models.CharField("cara", max_length=16, choices=Method)
    browser = models.CharField("peramban", max_length=60)
    place = models.CharField("jaringan", max_length=45)
    started_at = models.DateTimeField("masuk")
    last_seen_at = models.DateTimeField("terakhir terlihat")
    ended_at = models.DateTimeField("berakhir", null=True)

    class Meta:
        ordering = ["-started_at", "-id"]
        indexes = [models.Index(fields=["user", "started_at"])]


class Purpose(models.TextChoices):
    ACTIVATION = "activation", _("Aktivasi akun")
    RECOVERY = "recovery", _("Pemulihan akun")


class OneTimeCode(models.Model):
    """A code that lets a person set a password once: first access, or recovery where there is no e-mail.

    Only its digest is kept. With `drops_factors` the second factors go as well (a lost telephone).
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="one_time_codes")
    purpose = models.CharField(max_length=10, choices=Purpose)
    digest = models.CharField(max_length=64, unique=True)
    drops_factors = models.BooleanField(default=False)
    issued_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-issued_at", "-id"]
