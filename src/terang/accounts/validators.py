"""Validators for model and form fields: the pure checks of `rules`, told in Django's way."""

from django.core.exceptions import ValidationError

from terang.rules.nip import InvalidNip, check_nip


def validate_nip(text: str) -> None:
    """Raises Django's `ValidationError` with the reason when `text` is no well-formed NIP."""
    try:
        check_nip(text)
    except InvalidNip as error:
        raise ValidationError(str(error), code="nip") from None
