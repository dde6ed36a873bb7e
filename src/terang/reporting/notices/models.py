"""How a person wants to be told, and up to where the news were read. The news themselves stand in the journal."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from terang.registry.people.models import Employee


class Letters(models.TextChoices):
    """How often a letter sums up what waits and what is new."""

    NEVER = "tidak", _("Tidak pernah")
    DAILY = "harian", _("Setiap hari kerja")
    WEEKLY = "mingguan", _("Seminggu sekali, pada hari kerja pertama")


class Choice(models.Model):
    """What one person chose; who has no row gets no letters.

    `hour` is the local hour from which the letter goes out, `silent` the codes of groups of news (`news.GROUPS`) that
    neither letters nor the mark count, as ",a,b,". `read_until` and `told_until` are positions in the journal: what was
    read on the page, and what the last letter, sent on `told_on`, summed up. Of the calendar's address only the hash
    stands here; empty: there is none.
    """

    employee = models.OneToOneField(Employee, on_delete=models.CASCADE, related_name="notice_choice")
    letters = models.CharField("surat ringkasan", max_length=8, choices=Letters, default=Letters.NEVER)
    hour = models.PositiveSmallIntegerField("pukul", default=7)
    silent = models.CharField("tidak diberitahukan", max_length=200, blank=True)
    read_until = models.BigIntegerField(default=0)
    told_until = models.BigIntegerField(default=0)
    told_on = models.DateField("surat terakhir", null=True, blank=True)
    calendar_hash = models.CharField(max_length=64, blank=True)
    calendar_made_at = models.DateTimeField("alamat kalender dibuat", null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["calendar_hash"], condition=~models.Q(calendar_hash=""), name="notices_one_calendar"
            )
        ]

    def __str__(self) -> str:
        return f"{self.employee}: {self.letters}"

    @property
    def silent_codes(self) -> list[str]:
        return [code for code in self.silent.split(",") if code]
