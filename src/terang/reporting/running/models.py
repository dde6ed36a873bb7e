"""What is known of the running of this installation that the data folder alone does not tell."""

from django.db import models


class Drill(models.Model):
    """A backup restored into a throwaway database and looked through. Of the installation, not of one government."""

    made_at = models.DateTimeField("diuji pada")
    archive = models.CharField("arsip", max_length=200)
    """Name of the file, without its folder."""
    backup_at = models.DateTimeField("cadangan dibuat pada")
    source = models.CharField("dari", max_length=10)
    target = models.CharField("ke", max_length=10)
    """Kinds of database: sqlite or postgresql."""
    seconds = models.PositiveIntegerField("lama (detik)")
    rows = models.PositiveBigIntegerField("baris")
    files = models.PositiveIntegerField("berkas")
    entries = models.PositiveBigIntegerField("entri jejak")
    faults = models.JSONField("cacat", default=list)
    """Sentences that say what did not come back as it was; empty where the drill succeeded."""

    class Meta:
        ordering = ["-made_at", "-id"]

    @property
    def succeeded(self) -> bool:
        return not self.faults
