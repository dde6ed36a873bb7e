"""The performance dialogue of a leader and an employee: what is to be talked about, what was agreed, and that both say
so (PermenPANRB 6/2022 Pasal 7, 17 and 19)."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from terang.registry.people.models import Employee


class TalkState(models.TextChoices):
    OPEN = "disiapkan", _("Disiapkan")
    TOLD = "menunggu_konfirmasi", _("Menunggu konfirmasi")
    CONFIRMED = "dikonfirmasi", _("Dikonfirmasi keduanya")
    CANCELLED = "dibatalkan", pgettext_lazy("dialog", "Dibatalkan")


class Talk(models.Model):
    """One talk on a day. Both prepare and write it; once the leader calls it told nothing is changed, and the employee
    confirms or gives it back with a reason. Both keys and their moments stay."""

    leader = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="talks_led")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="talks")
    day = models.DateField("tanggal")
    state = models.CharField("status", max_length=20, choices=TalkState, default=TalkState.OPEN)
    told_at = models.DateTimeField("dikonfirmasi pimpinan pada", null=True, blank=True)
    confirmed_at = models.DateTimeField("dikonfirmasi pegawai pada", null=True, blank=True)
    reason = models.CharField("alasan", max_length=250, blank=True)
    form_key = models.UUIDField(unique=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["-day", "-id"]
        indexes = [models.Index(fields=["employee", "day"], name="talks_of_a_person")]
        constraints = [
            models.CheckConstraint(condition=~Q(leader=F("employee")), name="talk_of_two"),
            models.UniqueConstraint(
                fields=["leader", "employee"],
                condition=Q(state__in=["disiapkan", "menunggu_konfirmasi"]),
                name="one_open_talk_of_two",
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("dialogue:talk", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state == TalkState.OPEN


class Agreement(models.Model):
    """What one of both will do by a day. `done_on` is missing until the owner says so; an open one comes back in the
    next talk."""

    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="agreements")
    owner = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    text = models.CharField("kesepakatan", max_length=300)
    due_on = models.DateField("tenggat")
    done_on = models.DateField("selesai", null=True, blank=True)
    outcome = models.CharField("hasilnya", max_length=300, blank=True)

    class Meta:
        ordering = ["due_on", "id"]


class TalkPoint(models.Model):
    """Something to talk about, found by Terang (`url` opens it) or added by one of both; `note` is what was said."""

    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="points")
    number = models.PositiveSmallIntegerField("nomor")
    text = models.CharField("pokok bahasan", max_length=300)
    url = models.CharField("alamat", max_length=200, blank=True)
    added_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField("yang dibicarakan", max_length=600, blank=True)

    class Meta:
        ordering = ["number", "id"]
        constraints = [models.UniqueConstraint(fields=["talk", "number"], name="talk_point_number_once")]
