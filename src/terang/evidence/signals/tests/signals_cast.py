"""What tests of questions find."""

from datetime import date

from terang.evidence.oddities import Oddity, Trace
from terang.rules.sentences import Sentence

DAY = date(2026, 11, 20)


def odd(employee, *refs, unit=None):
    """An oddity with records of these names."""
    traces = tuple(Trace(ref, Sentence("Catatan"), "/kegiatan/1/", DAY) for ref in refs)
    told = Sentence("%(count)s catatan. Apa yang terjadi?", {"count": len(refs)})
    return Oddity(DAY, DAY, told, traces, employee_id=employee.pk if employee else None, unit_id=unit)
