"""What the forms of evaluation print (PermenPANRB 6/2022 Formats C.1.1–C.1.3 and D.1.1–D.1.3), as plain JSON values.

Pure: a plan with its record, the two ratings and what was said against them in, one sheet out. Of what is chosen from a
list the form's own list is printed and the rest struck out.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date

from django.utils.translation import override

from terang.reporting.documents.record_sheets import Recorded, Time, feedback_sheet
from terang.reporting.documents.sheets import DOTS, Occasion, Party, Sheet, base_sheet
from terang.rules.plans import PlanDocument
from terang.web.numbers import longdate

RESULT_FORMATS = {
    ("jpt", "kualitatif"): "C.1.1",
    ("ja", "kualitatif"): "C.1.1",
    ("jpt", "kuantitatif"): "C.1.2",
    ("ja", "kuantitatif"): "C.1.3",
}
ORGANISATION = {
    "istimewa": "ISTIMEWA",
    "baik": "BAIK",
    "butuh_perbaikan": "BUTUH PERBAIKAN",
    "kurang": "KURANG",
    "sangat_kurang": "SANGAT KURANG",
}
RATINGS = {"above": "DIATAS EKSPEKTASI", "meets": "SESUAI EKSPEKTASI", "below": "DIBAWAH EKSPEKTASI"}
PREDICATES = {
    "sangat_baik": "SANGAT BAIK",
    "baik": "BAIK",
    "butuh_perbaikan": "BUTUH PERBAIKAN",
    "kurang": "KURANG (MISCONDUCT)",
    "sangat_kurang": "SANGAT KURANG",
}


@dataclass(frozen=True)
class Marks:
    """Two ratings (empty where a study leave was not finished) and the predicate they give."""

    work_result: str
    behaviour: str
    predicate: str


@dataclass(frozen=True)
class Dispute:
    """An objection as it stands. `changed` is missing where the result was kept or nothing is decided yet, `day` and
    `reason` are those of the decision."""

    filed_on: date
    text: str
    answer: str = ""
    reason: str = ""
    day: date | None = None
    changed: Marks | None = None


@dataclass(frozen=True)
class Judged:
    """An evaluation that was handed over. `pattern` are the heights of the regulation's curve by predicate; `superior`
    is the appraiser's superior, who signs where `instead`."""

    organisation: str
    marks: Marks
    notes: str
    decided_on: date
    superior: Party
    pattern: Mapping[str, int]
    instead: bool = False
    received_on: date | None = None
    dispute: Dispute | None = None

    @property
    def changed(self) -> Marks | None:
        return self.dispute.changed if self.dispute else None

    @property
    def standing(self) -> Marks:
        """What counts: the ratings of a decision that changed the result, else the appraiser's."""
        return self.changed or self.marks

    @property
    def number(self) -> str:
        """The format of the evaluation document."""
        if self.changed:
            return "D.1.3"
        return "D.1.2" if self.instead else "D.1.1"


def result_sheet(document: PlanDocument, recorded: Recorded, occasion: Occasion, time: Time, judged: Judged) -> Sheet:
    """The plan with what was reached and said, and the ratings (C.1.1, C.1.2 or C.1.3)."""
    told = feedback_sheet(document, recorded, occasion, time)
    number = RESULT_FORMATS[document.form, document.approach]
    before, now = judged.marks, judged.standing
    return told | {
        "kind": "result",
        "name": f"Hasil evaluasi kinerja · Format {number}",
        "format": number,
        "titles": [f"FORMAT {number}", "HASIL EVALUASI KINERJA PEGAWAI", *told["titles"][2:]],
        "organisation": _choice(ORGANISATION, judged.organisation),
        "pattern": [
            {"text": text.partition(" (")[0], "height": judged.pattern[code]} for code, text in PREDICATES.items()
        ],
        "work_result": _choice(RATINGS, now.work_result),
        "work_before": _before(RATINGS, before.work_result, now.work_result),
        "behaviour_rating": _choice(RATINGS, now.behaviour),
        "behaviour_before": _before(RATINGS, before.behaviour, now.behaviour),
        "predicate": _choice(PREDICATES, now.predicate),
        "predicate_before": _before(PREDICATES, before.predicate, now.predicate),
        "signer": asdict(judged.superior if judged.instead else occasion.appraiser),
        "role": "Atasan Pejabat Penilai Kinerja" if judged.instead else "Pejabat Penilai Kinerja",
    }


def _choice(words: Mapping[str, str], chosen: str) -> list[Sheet]:
    """The list of the form with the chosen word marked; all of them stand where nothing could be chosen."""
    return [{"text": text, "chosen": code == chosen or not chosen} for code, text in words.items()]


def _before(words: Mapping[str, str], first: str, now: str) -> str:
    return "" if first == now or not first else f"Semula {words[first]}; diubah dengan putusan atas keberatan."


def evaluation_sheet(occasion: Occasion, time: Time, judged: Judged) -> Sheet:
    """The evaluation document that is signed, handed over and reported (D.1.1, D.1.2; D.1.3 once an objection changed
    the result)."""
    number = judged.number
    with override("id"):
        return base_sheet("evaluation", f"Dokumen evaluasi kinerja · Format {number}", occasion) | {
            "format": number,
            "titles": [f"FORMAT {number}", "DOKUMEN EVALUASI KINERJA PEGAWAI"],
            "options": time.options,
            "period": ["PERIODE PENILAIAN:", occasion.period],
            "bands": [
                _person("PEGAWAI YANG DINILAI", occasion.employee),
                _person("PEJABAT PENILAI KINERJA", occasion.appraiser),
                _person("ATASAN PEJABAT PENILAI KINERJA", judged.superior),
                {
                    "title": "EVALUASI KINERJA",
                    "lines": [
                        ("CAPAIAN KINERJA ORGANISASI", ORGANISATION.get(judged.organisation, "")),
                        ("PREDIKAT KINERJA PEGAWAI", _predicate(judged)),
                    ],
                },
                *_boxes(judged),
            ],
            "signers": _signers(occasion, judged),
        }


def _person(title: str, person: Party) -> Sheet:
    labels = ("NAMA", "NIP", "PANGKAT/GOL RUANG", "JABATAN", "UNIT KERJA")
    values = (person.name, person.nip, person.rank, person.post, person.unit)
    return {"title": title, "lines": list(zip(labels, values, strict=True))}


def _predicate(judged: Judged) -> str:
    """What counts, and where an objection changed it what it was at first: the form has one line for both."""
    told = PREDICATES[judged.standing.predicate]
    if judged.standing.predicate == judged.marks.predicate:
        return told
    return f"{told} (semula {PREDICATES[judged.marks.predicate]})"


def _boxes(judged: Judged) -> list[Sheet]:
    dispute = judged.dispute
    if dispute is None or dispute.changed is None:
        return [_box("CATATAN/REKOMENDASI", judged.notes, _kept(dispute))]
    return [
        _box("CATATAN/ REKOMENDASI", judged.notes),
        _box("KEBERATAN", dispute.text),
        _box("PENJELASAN PEJABAT PENILAI KINERJA ATAS KEBERATAN", dispute.answer),
        _box("KEPUTUSAN DAN REKOMENDASI ATASAN PEJABAT PENILAI KINERJA", _changed(dispute.changed), dispute.reason),
    ]


def _box(title: str, *texts: str) -> Sheet:
    return {"title": title, "box": "\n".join(text for text in texts if text)}


def _kept(dispute: Dispute | None) -> str:
    """No form is prescribed for an objection that changes nothing, or is not decided: it is told in the notes."""
    if dispute is None:
        return ""
    filed = f"Keberatan diajukan {longdate(dispute.filed_on)}"
    if dispute.day is None:
        return f"{filed} dan belum diputus."
    return f"{filed}; diputus {longdate(dispute.day)}: hasil evaluasi tetap."


def _changed(marks: Marks) -> str:
    told = f"Hasil evaluasi diubah: predikat kinerja {PREDICATES[marks.predicate]}"
    if not marks.work_result:
        return f"{told}."
    work, behaviour = RATINGS[marks.work_result], RATINGS[marks.behaviour]
    return f"{told} (rating hasil kerja {work}, rating perilaku kerja {behaviour})."


def _signers(occasion: Occasion, judged: Judged) -> list[Sheet]:
    """Left, right, and of D.1.3 the one in the middle below. Who has not signed yet writes the day by hand."""
    place, decided = occasion.place, judged.decided_on
    if judged.dispute and judged.changed:
        return [
            _signer("10. Pegawai yang Dinilai", occasion.employee, place, None),
            _signer("9. Pejabat Penilai Kinerja", occasion.appraiser, place, None),
            _signer("11. Atasan Pejabat Penilai Kinerja", judged.superior, place, judged.dispute.day),
        ]
    employee = _signer("7. Pegawai yang Dinilai", occasion.employee, place, judged.received_on)
    if judged.instead:
        return [employee, _signer("6. Atasan Pejabat Penilai Kinerja", judged.superior, place, decided)]
    return [employee, _signer("6. Pejabat Penilai Kinerja", occasion.appraiser, place, decided)]


def _signer(role: str, person: Party, place: str, day: date | None) -> Sheet:
    return {
        "role": role,
        "person": asdict(person),
        "place": place or DOTS,
        "date": longdate(day) if day else DOTS,
    }
