"""The roster of a visit: everybody who belonged there on the day, what was known of them and what was seen."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from terang.evidence.oversight.models.visits import Inspection, InspectionCheck
from terang.registry.people.models import Employee
from terang.rules.oversight.roster import Away, Line, Mark, Outcome

MARKS = [(Mark.SEEN, _("Terlihat")), (Mark.EXCUSED, _("Tidak ada, beralasan")), (Mark.ABSENT, _("Tidak terlihat"))]
AWAY = [
    (Away.SICK, _("Sakit")),
    (Away.PERMISSION, _("Izin")),
    (Away.LEAVE, _("Cuti")),
    (Away.DUTY, _("Dinas luar")),
    (Away.SHIFT_OFF, _("Lepas sif")),
    (Away.OTHER, _("Alasan lain")),
]
OUTCOMES = [
    (Outcome.MATCHED, _("Sesuai")),
    (Outcome.NOTE, _("Catatan")),
    (Outcome.QUESTION, _("Pertanyaan")),
    (Outcome.FINDING, _("Menunggu tanggapan")),
]


class RosterLine(models.Model):
    """One person of the unit on the day of the visit. `seen_at` is when they were looked for, in the government's time;
    `punched_at` (up to then) and `recorded` are what the records knew when the line was written or last corrected
    (empty: nothing); `told` is what was said on the spot. `check_row` is the point that came of it,
    for which the person is heard like for any other."""

    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="roster")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    seen_at = models.TimeField("dilihat pukul")
    punched_at = models.CharField("rekaman hadir", max_length=5, blank=True)
    recorded = models.CharField("tercatat", max_length=12, choices=AWAY, blank=True)
    recorded_label = models.CharField(max_length=60, blank=True)
    mark = models.CharField("terlihat", max_length=16, choices=MARKS)
    told = models.CharField("alasan", max_length=12, choices=AWAY, blank=True)
    note = models.CharField("catatan", max_length=200, blank=True)
    outcome = models.CharField("hasil", max_length=12, choices=OUTCOMES)
    check_row = models.OneToOneField(
        InspectionCheck, on_delete=models.PROTECT, null=True, blank=True, related_name="roster_line"
    )

    class Meta:
        ordering = ["employee__name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "employee"], name="one_line_per_person_and_visit"),
            models.CheckConstraint(
                condition=models.Q(mark=Mark.EXCUSED) | models.Q(told=""), name="a_reason_is_told_of_who_is_excused"
            ),
        ]

    @property
    def line(self) -> Line:
        """For the rules."""
        return Line(
            punched=bool(self.punched_at),
            recorded=Away(self.recorded) if self.recorded else None,
            mark=Mark(self.mark),
            told=Away(self.told) if self.told else None,
        )
