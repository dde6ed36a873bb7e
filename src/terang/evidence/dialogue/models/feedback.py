"""Feedback as PermenPANRB 6/2022 Pasal 17 to 20 wants it: by leaders, colleagues, subordinates and others, at any time,
on a result or a value, in words or by a symbol, with the evidence, and all of it kept."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from terang.planning.plans.models import PlanResult
from terang.registry.organization.models import Agency
from terang.registry.people.models import Employee

WORDS = 400
"""Characters of each part of a feedback."""


class Topic(models.TextChoices):
    """What feedback is about."""

    RESULT = "hasil", _("Hasil kerja")
    VALUE = "nilai", _("Perilaku kerja")
    WORK = "umum", _("Pekerjaan pada umumnya")


class Symbol(models.TextChoices):
    """The symbols drawn in the examples of the regulation (p. 203 to 237)."""

    THUMB = "jempol", _("Jempol")
    SMILE = "senyum", _("Wajah senyum")
    FROWN = "murung", _("Wajah murung")


class GiverKind(models.TextChoices):
    """In which part somebody speaks, from the posts of that day."""

    LEADER = "pimpinan", _("Pimpinan")
    SUBORDINATE = "bawahan", _("Pegawai di bawahnya")
    PEER = "rekan", _("Rekan kerja")
    OTHER = "unit_lain", _("Unit lain")
    STAKEHOLDER = "pemangku", _("Pemangku kepentingan")


class AskState(models.TextChoices):
    OPEN = "menunggu", _("Menunggu")
    GIVEN = "diberikan", _("Diberikan")
    DECLINED = "tidak_dapat", pgettext_lazy("umpan balik", "Tidak dapat memberi")


class About(models.Model):
    """What feedback, or an ask for it, is about. `about` is the result's text or the value's name as it stood then;
    `result` is missing for all but results, `value` (its code) for all but values."""

    topic = models.CharField("tentang", max_length=8, choices=Topic, default=Topic.WORK)
    result = models.ForeignKey(PlanResult, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    value = models.CharField("nilai", max_length=4, blank=True)
    about = models.CharField("isi", max_length=300, blank=True)

    class Meta:
        abstract = True


class FeedbackAsk(About):
    """Somebody asks another for feedback. An ask that is declined says nothing about why."""

    asker = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="feedback_asked_for")
    asked = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="feedback_asked_of")
    question = models.CharField("pertanyaan", max_length=300, blank=True)
    asked_at = models.DateTimeField("diminta pada")
    state = models.CharField("status", max_length=12, choices=AskState, default=AskState.OPEN)
    form_key = models.UUIDField(unique=True)

    class Meta:
        ordering = ["-asked_at", "-id"]
        indexes = [models.Index(fields=["asked", "state"], name="feedback_asks_waiting")]


class Feedback(About):
    """What one person said to another about the work, on a day of their government. At least a symbol or what was done
    is there. `evidence` is an address within Terang or on the web, or empty. A withdrawn one stays with its reason and
    without its words on the screens of others than both."""

    subject = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="feedback_received")
    giver = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="feedback_given")
    giver_kind = models.CharField("sebagai", max_length=12, choices=GiverKind)
    said_by = models.CharField("disampaikan oleh", max_length=80, blank=True)
    symbol = models.CharField("simbol", max_length=8, choices=Symbol, blank=True)
    situation = models.CharField("situasi", max_length=WORDS, blank=True)
    behaviour = models.CharField("yang dilakukan", max_length=WORDS, blank=True)
    impact = models.CharField("akibatnya", max_length=WORDS, blank=True)
    advice = models.CharField("saran", max_length=WORDS, blank=True)
    evidence = models.CharField("bukti", max_length=300, blank=True)
    day = models.DateField("tanggal")
    given_at = models.DateTimeField("diberikan pada")
    ask = models.OneToOneField(FeedbackAsk, on_delete=models.PROTECT, null=True, blank=True, related_name="answer")
    reply = models.CharField("tanggapan", max_length=WORDS, blank=True)
    replied_at = models.DateTimeField("ditanggapi pada", null=True, blank=True)
    withdrawn_at = models.DateTimeField("dicabut pada", null=True, blank=True)
    withdraw_reason = models.CharField("alasan dicabut", max_length=250, blank=True)
    form_key = models.UUIDField(unique=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["-day", "-id"]
        indexes = [
            models.Index(fields=["subject", "day"], name="feedback_of_a_person"),
            models.Index(fields=["giver", "day"], name="feedback_by_a_person"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(symbol="", behaviour=""), name="feedback_says_something"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdraw_reason=""), name="feedback_withdrawn_with_reason"
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("dialogue:feedback", args=[self.pk])

    @property
    def withdrawn(self) -> bool:
        return self.withdrawn_at is not None


class FeedbackTerms(models.Model):
    """How often leaders owe everybody feedback, from a day on: at least once in so many days (Pasal 18(1): periodic
    feedback is a duty, its rhythm is agreed). `DEFAULT_DAYS` where a government set nothing."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="feedback_terms")
    valid_from = models.DateField("berlaku sejak")
    days = models.PositiveSmallIntegerField("sekurang-kurangnya sekali dalam (hari)")
    basis = models.CharField("dasar", max_length=200)

    class Meta:
        ordering = ["-valid_from"]
        constraints = [models.UniqueConstraint(fields=["agency", "valid_from"], name="feedback_terms_once_per_day")]
