"""What `terang check` says about signing and fonts before the first document is issued."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage

from terang.reporting.documents.rendering import FIRST_CHOICE, fonts
from terang.reporting.documents.signing import SigningError, is_configured, load_signer


@checks.register()
def certificate_can_be_used(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The certificate of the settings opens with its password."""
    if not is_configured():
        return []
    try:
        load_signer()
    except SigningError as error:
        return [checks.Error(str(error), id="documents.E001")]
    return []


@checks.register()
def font_is_there(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A folder that is named holds a font, best the one of the regulation."""
    folder = settings.TERANG_FONTS
    if not folder:
        return []
    if not Path(folder).is_dir():
        return [checks.Error(f"TERANG_FONTS: folder {folder} tidak ada.", id="documents.E002")]
    if FIRST_CHOICE not in fonts(folder):
        return [checks.Warning(f"TERANG_FONTS: {folder} tidak memuat {FIRST_CHOICE}.", id="documents.W001")]
    return []
