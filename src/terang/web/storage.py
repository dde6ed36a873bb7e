"""Static files under a hash of their content, compressed; as they are in debug mode and before collection."""

from django.contrib.staticfiles.storage import StaticFilesStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

from terang.config import env


class HashedStorage(CompressedManifestStaticFilesStorage):
    manifest_strict = False

    def stored_name(self, name: str) -> str:
        """The hashed name, or the plain one where the file has not been collected."""
        try:
            return str(super().stored_name(name))
        except ValueError:
            return name


StaticStorage = StaticFilesStorage if env.flag("TERANG_DEBUG") else HashedStorage
