"""Validators for model and form fields: the pure checks of `rules`, told in Django's way."""

from django.core.exceptions import ValidationError

from terang.rules.nip import InvalidNip, check_nip
from terang.web.sentences import said


def validate_nip(text: str) -> None:
    """Raises Django's `ValidationError` with the reason when `text` is no well-formed NIP."""
    try:
        check_nip(text)
    except InvalidNip as error:
        raise ValidationError(said(error.sentence), code="nip") from None
