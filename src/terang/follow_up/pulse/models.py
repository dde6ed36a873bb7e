"""A short survey on trust and pressure, asked of a part of the staff each month. Nothing here joins an answer and who
gave it (ADR 0040, in the way of ADR 0015): while a wave is open answers lie in sealed sheets, afterwards there are only
figures of groups."""

import uuid
from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q

from terang.registry.organization.models import Agency, Unit
from terang.registry.people.models import Employee


class PulseSurvey(models.Model):
    """That a government asks, from `begun_on` until before `ended_on` (missing while it does). `reason` is why it
    ended, for everybody to read."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="pulse_surveys")
    begun_on = models.DateField("dimulai")
    begun_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField("dihentikan", null=True, blank=True)
    reason = models.CharField("alasan", max_length=300, blank=True)

    class Meta:
        ordering = ["-begun_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["agency"], condition=Q(ended_on=None), name="one_pulse_survey_at_a_time"),
            models.CheckConstraint(condition=Q(ended_on=None) | ~Q(reason=""), name="an_ended_pulse_survey_says_why"),
        ]


class Wave(models.Model):
    """One month's asking; `closes_on` is exclusive. `answered` counts all that came in: the only thing an open wave
    tells of its answers. `released_on` and `dropped_on` are missing while it runs."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="pulse_waves")
    month = models.DateField("bulan")
    opens_on = models.DateField("dibuka")
    closes_on = models.DateField("ditutup (tidak termasuk)")
    asked = models.PositiveIntegerField("yang diminta")
    answered = models.PositiveIntegerField("yang masuk", default=0)
    key_name = models.UUIDField("nama kunci", unique=True, default=uuid.uuid4, editable=False)
    released_on = models.DateField("hasil dibuka", null=True)
    dropped_on = models.DateField("dibatalkan", null=True)

    class Meta:
        ordering = ["month"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "month"], name="one_pulse_wave_a_month"),
            models.CheckConstraint(condition=Q(closes_on__gt=F("opens_on")), name="pulse_wave_closes_after_it_opens"),
        ]

    @property
    def last_day(self) -> date:
        return self.closes_on - timedelta(days=1)


class PulseTicket(models.Model):
    """Who is asked, and in which unit on that day: a list of invitations. Whether an answer came stands in no table.
    Deleted when the wave ends."""

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="tickets")
    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="pulse_tickets")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["wave", "employee"], name="one_pulse_ticket_a_wave")]


class PulseSheet(models.Model):
    """One sealed sheet for each ticket, made when the wave opens and always of the same size, empty or filled.

    `locator` is found from a ticket by the wave's key only; rows are written in its order, which is no order. There is
    no other column, and none may be added: each would be a thread from a sheet to who filled it.
    """

    locator = models.CharField(max_length=64, primary_key=True)
    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="sheets")
    sealed = models.BinaryField()


class PulseTurn(models.Model):
    """When somebody was last asked, answered or not: nobody is asked again before the others had their turn."""

    employee = models.OneToOneField(Employee, on_delete=models.CASCADE, primary_key=True, related_name="+")
    month = models.DateField("bulan")


class PulseFigure(models.Model):
    """What a unit with all below it answered to one question in one wave: how many, and how many of them agree, told as
    `rules.pulse.told_share`. Only groups that may be shown have a row. Written once, when the wave is released."""

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="figures")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    question = models.CharField(max_length=12)
    answers = models.PositiveIntegerField("jawaban")
    agree_bp = models.PositiveIntegerField("setuju")
    low_bp = models.PositiveIntegerField("paling rendah")
    high_bp = models.PositiveIntegerField("paling tinggi")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["wave", "unit", "question"], name="one_pulse_figure"),
        ]


class PulseRemark(models.Model):
    """Words without names, unit or day. They wait without a wave until enough have come to be shown together; then all
    of them are written anew in random order."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="pulse_remarks")
    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, null=True, related_name="remarks")
    text = models.CharField("catatan", max_length=300)
