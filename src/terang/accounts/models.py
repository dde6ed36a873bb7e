"""Who can sign in. What a person may see follows from dated facts in `registry.people`, never from flags here."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

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
