"""The request as signed-in views see it."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

if TYPE_CHECKING:
    from terang.accounts.models import User


class SignedInRequest(HttpRequest):
    """A request behind `login_required`. `viewer` is asked by duck-typing, and is false where there is no employee."""

    user: "User"  # type: ignore[assignment]
    viewer: Any
