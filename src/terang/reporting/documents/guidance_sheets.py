"""What the forms of performance guidance and of behaviour print (PermenPANRB 6/2022 Formats B.1.6–B.1.10), as plain
JSON for Typst. In Indonesian whatever the language of the reader.

No sheet is ever made of a counselling: the regulation prints no form of it, and its two people alone read it.
"""

from dataclasses import asdict
from datetime import date

from django.utils.translation import override

from terang.follow_up.coaching.models import BehaviourReport, Guidance, GuidanceKind, GuidanceStep, SessionState
from terang.registry.people.models import Employee
from terang.registry.people.selectors import appraiser_of, main_posts
from terang.reporting.documents.facts import in_capacity, party, place_of
from terang.reporting.documents.sheets import Occasion, Party, Sheet, base_sheet
from terang.rules.regulations.guidance import MANAGERIAL, SOCIOCULTURAL, TECHNICAL, guidance_forms
from terang.web.numbers import longdate

CARRIED_OUT = {
    GuidanceKind.COACHING: ("B.1.6", "PELAKSANAAN COACHING"),
    GuidanceKind.MENTORING: ("B.1.7", "PELAKSANAAN MENTORING"),
}
GROUPS = ((MANAGERIAL, "Manajerial"), (SOCIOCULTURAL, "Sosio Kultural"), (TECHNICAL, "Teknis"))


def carried_out_sheet(row: Guidance) -> Sheet:
    """B.1.6 or B.1.7: the employee's own part and what both agreed in the sessions that are done. Some ten queries."""
    number, title = CARRIED_OUT[GuidanceKind(row.kind)]
    sessions = list(row.sessions.filter(state=SessionState.DONE).prefetch_related("steps"))
    day = sessions[-1].day if sessions else row.opened_on
    with override("id"):
        occasion = _occasion(row.employee, day)
        steps = [step for each in sessions for step in each.steps.all()]
        return _sheet(number, title, occasion) | {
            "period": ["PERIODE PENILAIAN:", occasion.period],
            "told": {code: str(text) for code, text in row.told.items()},
            "goal": row.goal,
            "steps": [_step(step) for step in steps],
            "journal": [
                {
                    "when": f"{longdate(each.day)}, {each.clock:%H.%M}, {each.place}",
                    "notes": each.notes,
                    "steps": [_step(step) for step in each.steps.all()],
                }
                for each in sessions
            ],
            "guide": asdict(_signing(row.guide, day)),
        }


def _step(step: GuidanceStep) -> Sheet:
    return {
        "text": step.text,
        "indicator": step.indicator,
        "adjusts": "YA" if step.adjusts else "TIDAK",
        "due": longdate(step.due_on),
    }


def word_sheet(row: Guidance) -> Sheet:
    """B.1.8: the employee's word on the guidance. It must be given."""
    word = row.feedback
    with override("id"):
        return _sheet("B.1.8", "UMPAN BALIK PELAKSANAAN BIMBINGAN KINERJA", _occasion(row.employee, word.given_on)) | {
            "thirds": [
                {"subject": each.subject.upper(), "criteria": list(each.criteria), "word": getattr(word, each.code)}
                for each in guidance_forms().told
            ]
        }


def competence_sheet(row: Guidance) -> Sheet:
    """B.1.9: the guide's evaluation of competence, what is not judged with an empty mark. It must be given."""
    review, told = row.review, guidance_forms()
    marks = {(each["group"], each["name"]): each for each in review.marks}
    fixed = {MANAGERIAL: told.managerial, SOCIOCULTURAL: told.sociocultural}
    technical = tuple(name for group, name in marks if group == TECHNICAL)
    with override("id"):
        occasion = _occasion(row.employee, review.given_on)
        sheet = _sheet("B.1.9", "EVALUASI KOMPETENSI PEGAWAI", occasion)
        return sheet | {
            "titles": [*sheet["titles"], "SEBAGAI TINDAK LANJUT BIMBINGAN KINERJA"],
            "groups": [
                {
                    "name": title,
                    "rows": [_marked(marks.get((group, name)), name) for name in fixed.get(group, technical)],
                }
                for group, title in GROUPS
            ],
            "recommendation": review.recommendation,
            "scale": [asdict(each) for each in told.scale],
            "guide": asdict(_signing(row.guide, review.given_on)),
        }


def _marked(mark: Sheet | None, name: str) -> Sheet:
    return {"name": name, "mark": str(mark["mark"]) if mark else "", "reason": mark["reason"] if mark else ""}


def behaviour_sheet(row: BehaviourReport) -> Sheet:
    """B.1.10: a report of a problem of behaviour, signed by who reported."""
    with override("id"):
        occasion = _occasion(row.employee, row.reported_on, row.reporter)
        return _sheet("B.1.10", "LAPORAN PERMASALAHAN PERILAKU KERJA", occasion) | {
            "expectation": row.expectation,
            "problem": row.problem,
            "others": "YA" if row.others_too else "TIDAK",
            "tried": row.tried,
        }


def _sheet(number: str, title: str, occasion: Occasion) -> Sheet:
    name = f"{title.capitalize()} · Format {number}"
    return base_sheet("guidance", name, occasion) | {"format": number, "titles": [f"FORMAT {number}", title]}


def _occasion(employee: Employee, day: date, appraiser: Employee | None = None) -> Occasion:
    """The circumstances of a day; the appraiser of that day where nobody is named."""
    found = appraiser_of(employee.pk, day)
    person = appraiser or (found.employee if found else None)
    places = main_posts([each.pk for each in (employee, person) if each], day)
    return Occasion(
        agency=employee.agency.name,
        start=date(day.year, 1, 1),
        end=date(day.year + 1, 1, 1),
        employee=party(employee, places.get(employee.pk)),
        appraiser=in_capacity(person, places.get(person.pk), found, employee, day) if person else Party(),
        place=place_of(employee.agency),
        day=day,
    )


def _signing(person: Employee, day: date) -> Party:
    return party(person, main_posts([person.pk], day).get(person.pk))
