"""Files in custody: kept outside the web root under the hash of their content, never changed, never lost silently."""

from django.db import models


class StoredFile(models.Model):
    """One uploaded file. The bytes lie under `sha256`; two uploads of the same bytes share them."""

    sha256 = models.CharField(max_length=64, db_index=True)
    name = models.CharField("nama berkas", max_length=150)
    media_type = models.CharField("jenis", max_length=80)
    shown_sha256 = models.CharField(max_length=64, blank=True)
    """The copy of an image without its metadata (place, device), shown to everybody but its keeper; empty for other
    files.
    """
    size_bytes = models.PositiveBigIntegerField("ukuran")
    uploaded_at = models.DateTimeField("diunggah", auto_now_add=True)
    uploaded_by_id = models.BigIntegerField("pengunggah (pegawai)", null=True)

    class Meta:
        ordering = ["id"]
