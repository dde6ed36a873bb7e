"""Static files under a hash of their content, compressed; in debug mode and tests as they are."""

from django.conf import settings
from django.contrib.staticfiles.storage import StaticFilesStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStorage(CompressedManifestStaticFilesStorage):
    manifest_strict = False


StaticStorage = StaticFilesStorage if settings.DEBUG else HashedStorage
