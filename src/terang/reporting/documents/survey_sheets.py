"""What the report of a satisfaction survey prints (PermenPANRB 14/2017), as plain JSON values for Typst and the
workbook. In Indonesian whatever the reader's language; every sentence is computed from the figures."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from django.utils.translation import override

from terang.evidence.citizens.models import SurveyPeriod, SurveyResult
from terang.evidence.citizens.questionnaire import QUESTIONS
from terang.evidence.citizens.survey_figures import Figures, figures_of
from terang.evidence.citizens.survey_presenting import Presented, number, period_name, present
from terang.evidence.citizens.survey_selectors import action_lines, actions_of
from terang.reporting.documents.facts import day_of, place_of
from terang.reporting.documents.sheets import Proof, Sheet
from terang.rules.tables import ELEMENTS
from terang.web.numbers import grouped, longdate

DRAFT = "DRAF"
LEGAL = (
    "Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik",
    "Peraturan Pemerintah Nomor 96 Tahun 2012 tentang Pelaksanaan Undang-Undang Nomor 25 Tahun 2009",
    "Peraturan Menteri PANRB Nomor 14 Tahun 2017 tentang Pedoman Penyusunan Survei Kepuasan Masyarakat",
)
BARS = {"ok": "#2f7d4f", "attention": "#b7791f", "wrong": "#a8322a"}


def result_sheet(result: SurveyResult) -> Sheet:
    """A published result with what is done about it. One query."""
    day = day_of(result.published_at, result.period.unit.agency)
    revision = f"Revisi {result.number}: {result.reason}" if result.reason else ""
    told = f"Diumumkan {longdate_id(day)}. Sidik angka (SHA-256): {result.digest}"
    return _sheet(result.period, result.figures, day, told, revision, "", Proof())


def draft_sheet(period: SurveyPeriod, today: date, proof: Proof) -> Sheet:
    """What the period says today, with the word DRAF. Eight queries."""
    figures = figures_of(period, today)
    return _sheet(period, figures, today, f"Keadaan {longdate_id(today)}; belum diumumkan.", "", DRAFT, proof)


def longdate_id(day: date) -> str:
    with override("id"):
        return longdate(day)


def _sheet(
    period: SurveyPeriod, figures: Figures, day: date, told: str, revision: str, mark: str, proof: Proof
) -> Sheet:
    with override("id"):
        shown = present(figures)
        return {
            "kind": "survey",
            "name": f"Survei Kepuasan Masyarakat {shown.name}",
            "agency": shown.agency,
            "unit": shown.unit,
            "period": shown.name,
            "span": f"{longdate(shown.first)} sampai {longdate(shown.last)}",
            "ikm": shown.ikm if shown.grade else "–",
            "skm": shown.skm if shown.grade else "–",
            "grade": shown.grade,
            "words": shown.words,
            "respondents": grouped(shown.respondents),
            "background": _background(shown),
            "legal": list(LEGAL),
            "method": [list(pair) for pair in shown.method],
            "both": [[label, value, chosen] for label, value, chosen in shown.both],
            "profile": _profile(shown),
            "elements": _elements(shown, figures),
            "sums": _sums(figures),
            "sentences": list(shown.sentences),
            "cautions": list(shown.cautions),
            "services": [
                [row.name, row.detail, row.respondents, row.ikm if row.words else "–", row.words or "–"]
                for row in shown.services
            ],
            "units": [
                [row.name, row.respondents, row.ikm if row.words else "–", row.words or "–"] for row in shown.units
            ],
            "trend": _trend(figures),
            "actions": _actions(period, day),
            "questions": [_question(code) for code in ELEMENTS],
            "counts": _counts(shown, figures),
            "least": figures["method"]["least"],
            "told": told,
            "revision": revision,
            "place": place_of(period.unit.agency),
            "date": longdate(day),
            "mark": mark,
            "proof": asdict(proof),
        }


def _background(shown: Presented) -> str:
    return (
        "Setiap penyelenggara pelayanan publik wajib menyurvei kepuasan masyarakat sekurang-kurangnya sekali setahun. "
        f"Laporan ini memuat hasil survei {shown.name} pada {shown.unit}, "
        "agar warga mengetahui mutu layanan yang mereka terima dan unit mengetahui apa yang harus diperbaiki."
    )


def _profile(shown: Presented) -> list[dict[str, Any]]:
    return [{"head": head, "rows": [list(row) for row in rows]} for head, rows in shown.profile if rows]


def _elements(shown: Presented, figures: Mapping[str, Any]) -> list[dict[str, Any]]:
    widths = {each["code"]: round(float(each["ikm"])) if each["ikm"] else 0 for each in figures["elements"]}
    return [
        {
            "label": row.label,
            "total": row.total,
            "answered": grouped(row.answered),
            "blank": grouped(row.blank),
            "nrr": row.nrr,
            "weighted": row.weighted,
            "ikm": row.ikm,
            "words": row.words or "–",
            "rank": row.rank,
            "weak": row.weak,
            "component": row.component,
            "width": widths[row.code],
            "colour": BARS.get(row.kind, "#7f8790"),
        }
        for row in shown.elements
    ]


def _sums(figures: Mapping[str, Any]) -> dict[str, str]:
    index = figures["pooled"]
    return {"skm": number(index["skm"]), "ikm": number(index["ikm"])} if index else {"skm": "–", "ikm": "–"}


def _trend(figures: Mapping[str, Any]) -> list[list[str]]:
    rows = [*figures["trend"]]
    if figures["index"]:
        rows.append({"starts_on": figures["starts_on"], "respondents": figures["respondents"], **figures["index"]})
    return [
        [
            period_name(figures["kind"], date.fromisoformat(row["starts_on"])),
            grouped(row["respondents"]),
            number(row["ikm"]),
            row["grade"],
        ]
        for row in rows
    ]


def _actions(period: SurveyPeriod, day: date) -> list[dict[str, str]]:
    return [
        {
            "element": line.element,
            "component": line.component,
            "action": line.row.action,
            "owner": line.row.owner.name,
            "due": longdate(line.row.due_on),
            "state": str(line.row.get_state_display()),
            "proof": line.row.proof,
        }
        for line in action_lines(actions_of(period), day)
    ]


def _question(code: str) -> dict[str, Any]:
    question = QUESTIONS[code]
    return {"text": str(question.text), "words": [str(word) for word in question.words]}


def _counts(shown: Presented, figures: Mapping[str, Any]) -> list[list[str]]:
    """How often each element got 1, 2, 3 and 4, and was left blank: the raw table without anybody in it."""
    labels = {row.code: row.label for row in shown.elements}
    return [
        [
            labels[each["code"]],
            *([grouped(n) for n in each["counts"]] if each["counts"] else ["–"] * 4),
            grouped(each["blank"]),
        ]
        for each in figures["elements"]
    ]
