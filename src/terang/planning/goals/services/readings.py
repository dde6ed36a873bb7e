"""Values reported by hand. Nothing is overwritten: a correction is a new reading that names the old one and why."""

import uuid
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from terang.planning.goals.access import require_reporter
from terang.planning.goals.models import KeyIndicator, Reading
from terang.planning.goals.services.writing import require_reason, tell
from terang.planning.measuring import Direction
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotNow, Stale
from terang.web.numbers import longdate


@transaction.atomic
def report_reading(
    *,
    actor: Viewer,
    indicator: KeyIndicator,
    day: date,
    value_milli: int,
    source: str,
    form_key: uuid.UUID,
    corrects: Reading | None = None,
    reason: str = "",
) -> Reading:
    """A value as it was on a day, with its source; the same form twice is one reading.

    Raises NotNow where the value comes from a measure, Stale where somebody corrected `corrects` already.
    """
    require_reporter(actor, indicator)
    KeyIndicator.objects.select_for_update(of=("self",)).get(pk=indicator.pk)
    if known := Reading.objects.filter(form_key=form_key, indicator=indicator).first():
        return known
    _check(actor, indicator, day, value_milli, source)
    if corrects:
        reason = require_reason(reason)
        _require_last(indicator, corrects)
    reading = Reading.objects.create(
        indicator=indicator,
        day=day,
        value_milli=value_milli,
        source=source.strip(),
        corrects=corrects,
        reason=reason if corrects else "",
        reported_by=actor.employee,
        reported_at=timezone.now(),
        form_key=form_key,
    )
    value = [corrects.value_milli if corrects else None, value_milli]
    verb = "reading_corrected" if corrects else "reading_reported"
    tell(
        verb, actor, indicator, {"value_milli": value, "on": day.isoformat(), "source": reading.source}, reading.reason
    )
    return reading


def _check(actor: Viewer, indicator: KeyIndicator, day: date, value_milli: int, source: str) -> None:
    if indicator.measure:
        raise NotNow(_("Nilai indikator ini dibaca langsung dari ukuran Terang, tidak dilaporkan dengan tangan."))
    if indicator.retired_on or indicator.goal.retired_on:
        raise NotNow(_("Indikator ini sudah tidak dipakai."))
    if day > actor.today:
        raise ValidationError({"day": _("Tanggal ini belum tiba: paling akhir %s.") % longdate(actor.today)})
    if day.year < (first := min(indicator.goal.year_start, indicator.baseline_year or indicator.goal.year_start)):
        raise ValidationError({"day": _("Tanggal ini sebelum tahun %s.") % first})
    if indicator.direction == Direction.YES_NO and value_milli not in (0, 1000):
        raise ValidationError({"value_milli": _("Pilih ya atau belum.")})
    if not source.strip():
        raise ValidationError({"source": _("Sebutkan dari mana angka ini, misalnya laporan atau survei.")})


def _require_last(indicator: KeyIndicator, corrects: Reading) -> None:
    if corrects.indicator_id != indicator.pk:
        raise ValidationError(_("Nilai yang dibetulkan bukan milik indikator ini."))
    if Reading.objects.filter(corrects=corrects).exists():
        raise Stale(_("Nilai ini baru saja dibetulkan orang lain. Muat ulang, lalu betulkan yang terbaru bila perlu."))
