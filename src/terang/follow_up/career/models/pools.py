"""The pool of candidates for one post: opened by the personnel agency, answered by who is in it."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from terang.registry.people.models import Employee, Post


class PoolState(models.TextChoices):
    OPEN = "terbuka", _("Terbuka")
    DECIDED = "diputus", _("Sudah diputus")
    CLOSED = "ditutup", _("Ditutup tanpa keputusan")


class Pool(models.Model):
    """`told`: who is considered reads that and why; an untold one says `reason`, and is read once it is decided.
    `needed_on` is from when the post is empty, missing where it is already."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="career_pools")
    needed_on = models.DateField("kosong sejak", null=True, blank=True)
    told = models.BooleanField("calon diberi tahu", default=True)
    reason = models.CharField("alasan", max_length=500, blank=True)
    state = models.CharField("status", max_length=10, choices=PoolState, default=PoolState.OPEN)
    opened_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    opened_on = models.DateField("dibuka")
    closed_on = models.DateField("ditutup", null=True, blank=True)
    closing = models.CharField("alasan penutupan", max_length=500, blank=True)
    form_key = models.UUIDField(unique=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-opened_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["post"], condition=Q(state="terbuka"), name="one_open_pool_per_post"),
            models.CheckConstraint(condition=Q(told=True) | ~Q(reason=""), name="an_untold_pool_says_why"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("career:pool", args=[self.pk])


class Willingness(models.TextChoices):
    WILLING = "bersedia", _("Berminat")
    DECLINED = "tidak", _("Tidak bersedia")


class PoolAnswer(models.Model):
    """What somebody in a pool says to it. No answer is none: it counts neither for nor against."""

    pool = models.ForeignKey(Pool, on_delete=models.CASCADE, related_name="answers")
    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="career_answers")
    answer = models.CharField("jawaban", max_length=10, choices=Willingness)
    note = models.CharField("catatan", max_length=500, blank=True)
    answered_on = models.DateField("dijawab")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pool", "employee"], name="one_answer_in_a_pool")]
