"""Static files under a hash of their content, compressed; in debug mode, and before they are collected, as they are."""

from django.conf import settings
from django.contrib.staticfiles.storage import StaticFilesStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStorage(CompressedManifestStaticFilesStorage):
    manifest_strict = False

    def stored_name(self, name: str) -> str:
        """The hashed name, or the plain one where the file has not been collected (the tests never collect)."""
        try:
            return str(super().stored_name(name))
        except ValueError:
            return name


StaticStorage = StaticFilesStorage if settings.DEBUG else HashedStorage
