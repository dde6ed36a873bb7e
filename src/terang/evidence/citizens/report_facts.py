"""What the citizens room tells a performance report: requests completed, and how people judged them."""

from datetime import date

from terang.evidence.citizens.evidence import facts
from terang.evidence.figures import CITIZENS, Figure
from terang.rules.catalogue import MEASURES
from terang.rules.tables import EVIDENCE_TABLES
from terang.web.numbers import grouped


def figures(employee_id: int, start: date, end: date, as_of: date) -> list[Figure]:
    """The figures of one person from `start` to before `end`, in Indonesian. Six queries. How many people answered is
    told only from the least number of answers on."""
    rows = facts([employee_id], (), start, end, as_of=as_of)
    done, timely = (_sum(rows, "services", name) for name in ("completed", "timely"))
    asked = _sum(rows, "surveys", "respondents")
    found = []
    if done:
        found.append(
            Figure(
                CITIZENS,
                "Permohonan warga selesai",
                f"{grouped(done)} permohonan",
                f"{grouped(timely)} tepat waktu",
                measures=("service_timeliness", "services_completed", "service_speed"),
            )
        )
    if asked >= MEASURES["citizen_satisfaction"].min_answers:
        found.append(
            Figure(CITIZENS, "Survei kepuasan", f"{grouped(asked)} warga menjawab", measures=("citizen_satisfaction",))
        )
    return found


def _sum(rows: dict[str, list[tuple[int, ...]]], table: str, name: str) -> int:
    place = EVIDENCE_TABLES[table].names.index(name)
    return sum(row[place] or 0 for row in rows[table])
