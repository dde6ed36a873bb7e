"""One observation from its plan to what became of it; what each observer saw alone, and what both settled on."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from terang.evidence.observation.models.instruments import Instrument
from terang.registry.organization.models import Unit
from terang.registry.people.models import Employee
from terang.rules.observations.rubric import Indicator

WORDS = 800
"""Characters of each part of a feedback, a reply, a reflection."""


class ObservationState(models.TextChoices):
    PLANNED = "direncanakan", _("Direncanakan")
    AGREED = "disepakati", _("Disepakati")
    MARKED = "menunggu_nilai_bersama", _("Menunggu nilai bersama")
    SETTLED = "menunggu_umpan_balik", _("Menunggu umpan balik")
    TOLD = "umpan_balik_diberikan", _("Umpan balik diberikan")
    CONTESTED = "minta_pengamat_lain", _("Minta pengamat lain")
    FINISHED = "selesai", pgettext_lazy("observasi", "Selesai")
    WITHDRAWN = "dicabut", pgettext_lazy("observasi", "Dicabut")
    CANCELLED = "dibatalkan", pgettext_lazy("observasi", "Dibatalkan")


OVER = (ObservationState.WITHDRAWN, ObservationState.CANCELLED)
"""What neither counts nor stands in the way of another one."""
TOLD_STATES = (ObservationState.TOLD, ObservationState.CONTESTED, ObservationState.FINISHED)
"""Once feedback was given, marks are open to the observed person and to who may see their performance."""


class ObserverKind(models.TextChoices):
    """In which part somebody observes, from the posts and roles of the day of the plan."""

    LEADER = "pimpinan", _("Pimpinan")
    PEER = "rekan", _("Rekan sejawat")
    OVERSEER = "pengawas", _("Tim pengawas")
    APPOINTED = "ditunjuk", _("Pengamat yang ditunjuk")


class Observation(models.Model):
    """Somebody's work is looked at on a day, to help; under the version of an instrument it was planned with.

    `indicator` is the code of what was picked (empty until then). `previous` is the observation this one follows to see
    what changed; `replaces` the contested one in whose place it stands. `points_milli` of `max_milli` are those of the
    marks once settled (missing before). `told_on` is the local day of the feedback; `contest_due_on` the last day on
    which another observer may be asked for. `aim` is what the observed person will try, by `aim_due_on`.
    """

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="observations")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="observations")
    indicator = models.SlugField("indikator", max_length=40, blank=True)
    place = models.CharField("tempat", max_length=120)
    day = models.DateField("tanggal")
    state = models.CharField("status", max_length=24, choices=ObservationState, default=ObservationState.PLANNED)
    planned_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    previous = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by")
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by")

    goal = models.CharField("tujuan", max_length=WORDS, blank=True)
    look_for = models.CharField("yang dicari", max_length=WORDS, blank=True)
    observed_agreed_at = models.DateTimeField("disepakati yang diamati", null=True, blank=True)
    observer_agreed_at = models.DateTimeField("disepakati pengamat", null=True, blank=True)

    settled_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField("nilai bersama pada", null=True, blank=True)
    points_milli = models.PositiveIntegerField("poin", null=True, blank=True)
    max_milli = models.PositiveIntegerField("poin tertinggi", null=True, blank=True)

    went_well = models.CharField("yang sudah baik", max_length=WORDS, blank=True)
    to_try = models.CharField("yang dapat dicoba", max_length=WORDS, blank=True)
    aim = models.CharField("sasaran perbaikan", max_length=300, blank=True)
    aim_due_on = models.DateField("sampai", null=True, blank=True)
    told_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    told_at = models.DateTimeField("umpan balik pada", null=True, blank=True)
    told_on = models.DateField("hari umpan balik", null=True, blank=True)
    contest_due_on = models.DateField("dapat dipersoalkan sampai", null=True, blank=True)

    reply = models.CharField("tanggapan", max_length=WORDS, blank=True)
    replied_at = models.DateTimeField("ditanggapi pada", null=True, blank=True)
    reflection = models.CharField("refleksi", max_length=WORDS, blank=True)
    reflected_at = models.DateTimeField("refleksi pada", null=True, blank=True)
    contest_reason = models.CharField("alasan meminta pengamat lain", max_length=300, blank=True)
    finished_on = models.DateField("selesai", null=True, blank=True)
    reason = models.CharField("alasan", max_length=300, blank=True)
    form_key = models.UUIDField(unique=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["-day", "-id"]
        indexes = [
            models.Index(fields=["employee", "day"], name="observations_of_a_person"),
            models.Index(fields=["state", "contest_due_on"], name="observations_by_state"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(points_milli__isnull=True) | Q(points_milli__lte=F("max_milli")),
                name="observation_points_in_reach",
            ),
            models.CheckConstraint(
                condition=~Q(state="dicabut") | ~Q(reason=""), name="observation_withdrawn_with_reason"
            ),
            models.UniqueConstraint(
                fields=["previous"],
                condition=~Q(state__in=["dicabut", "dibatalkan"]),
                name="one_observation_follows",
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("observation:observation", args=[self.pk])

    @property
    def picked(self) -> Indicator | None:
        """The indicator that was picked; missing until then."""
        return self.instrument.content.indicator(self.indicator)

    @property
    def title(self) -> str:
        return self.picked.name if self.picked else self.instrument.name

    @property
    def late_days(self) -> int:
        """Days after the observation on which feedback was given; 0 on the same day or while there is none."""
        return (self.told_on - self.day).days if self.told_on else 0

    @property
    def counts(self) -> bool:
        return self.state == ObservationState.FINISHED and not self.instrument.formative

    @property
    def is_told(self) -> bool:
        """Whether the marks and the feedback are open to the observed person."""
        return self.told_at is not None


class Sheet(models.Model):
    """What one observer marks alone. Until it is given only that observer sees it; a given one stays as it is."""

    observation = models.ForeignKey(Observation, on_delete=models.CASCADE, related_name="sheets")
    number = models.PositiveSmallIntegerField("pengamat ke")
    observer = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="observation_sheets")
    kind = models.CharField("sebagai", max_length=12, choices=ObserverKind)
    saved_at = models.DateTimeField("tersimpan pada", null=True, blank=True)
    given_at = models.DateTimeField("diserahkan pada", null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["observation", "observer"], name="sheet_once_per_observer"),
            models.UniqueConstraint(fields=["observation", "number"], name="sheet_number_once"),
        ]


class Seen(models.Model):
    """The level of one behaviour (its points) with what was seen."""

    behaviour = models.CharField("perilaku", max_length=8)
    value = models.PositiveSmallIntegerField("tingkat")
    note = models.CharField("bukti", max_length=400, blank=True)

    class Meta:
        abstract = True


class Mark(Seen):
    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="marks")

    class Meta:
        ordering = ["behaviour"]
        constraints = [models.UniqueConstraint(fields=["sheet", "behaviour"], name="mark_once_per_behaviour")]


class CommonMark(Seen):
    """What counts: the mark of the only observer, or the one both settled on."""

    observation = models.ForeignKey(Observation, on_delete=models.CASCADE, related_name="marks")

    class Meta:
        ordering = ["behaviour"]
        constraints = [models.UniqueConstraint(fields=["observation", "behaviour"], name="common_mark_once")]
