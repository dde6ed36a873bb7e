"""How a measured score and an official result came about, as plain JSON for Typst. In Indonesian whatever the language
of the reader."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from terang.evaluation.appraisals.models import Appraisal, Rating
from terang.evaluation.appraisals.opened import Frozen, Official
from terang.evaluation.appraisals.wording import final_words, told_why
from terang.evaluation.explanation import AspectLine, Explanation, MeasureLine
from terang.evaluation.wording import rating
from terang.reporting.documents.sheets import Proof, Sheet
from terang.web.numbers import longdate, longtime, percent, score

Pair = tuple[str, str]
SHORT_DIGEST = 16


def score_sheet(told: Explanation) -> Sheet:
    """A measured score with every aspect, measure and sentence, what is missing, and what it was made with. `told` is
    opened in Indonesian."""
    with override("id"):
        found = told.score
        standard = score(told.policy.standard_bp)
        coverage = f"Kelengkapan bukti {percent(found.coverage_bp)} dari bobot. Standar {standard}."
        sections = [
            _section("Dari apa nilai ini", table=_aspects(told.aspects)),
            *(_section(each.label, table=_measures(each.measures)) for each in told.aspects),
            _section("Dasar perhitungan", facts=_basis(told)),
            _section(
                "Catatan di balik tiap angka",
                words="Terbuka bagi yang boleh melihatnya: "
                + _address(reverse("evaluation:score", args=[found.period_id, found.employee_id])),
            ),
        ]
        return {
            "kind": "explained",
            "name": f"Penjelasan nilai {found.period.title}",
            "title": "Penjelasan Nilai",
            "agency": found.period.agency.name,
            "about": _about(found.employee.name, found.employee.nip, "", found.unit.name, found.period.title),
            "headline": {
                "label": "Nilai terukur (bukan predikat resmi)",
                "value": score(found.total_bp) if told.enough else "Belum cukup bukti",
                "note": coverage,
            },
            "sections": sections,
            "mark": "",
            "proof": asdict(Proof()),
        }


def result_sheet(told: Official) -> Sheet:
    """An official result: how the predicate came about, what evidence had suggested, and what was said against it."""
    with override("id"):
        row = told.appraisal
        period = row.window.period
        sections = [
            _section("Bagaimana sampai ke sini", facts=_steps(told)),
            _section("Kuadran", words=told.article, table=_quadrant(told)),
            *([_section("Saran dari bukti saat ditetapkan", facts=_frozen(row, told.frozen))] if told.frozen else []),
            *([_section("Per hasil kerja", table=_items(row))] if row.items.all() else []),
            *([_section("Alasan penilai", words=row.reason)] if row.reason else []),
            *([_section("Catatan dan rekomendasi", words=row.notes)] if row.notes else []),
            *_aligned(told),
            *_objection(row),
            _section("Halaman hasil ini", words=_address(row.get_absolute_url())),
        ]
        return {
            "kind": "explained",
            "name": f"Penjelasan hasil evaluasi {period.title}",
            "title": "Penjelasan Hasil Evaluasi",
            "agency": period.agency.name,
            "about": _about(row.employee.name, row.employee.nip, row.post_title, row.home.name, period.title),
            "headline": {
                "label": "Predikat kinerja",
                "value": told.predicate_label,
                "note": "\n".join(filter(None, (told_why(row), final_words(row)))),
            },
            "sections": sections,
            "mark": "",
            "proof": asdict(Proof()),
        }


def _section(
    title: str, *, words: str = "", facts: Iterable[Pair] = (), table: dict[str, Any] | None = None
) -> dict[str, Any]:
    return {"title": title, "words": words, "facts": [list(each) for each in facts], "table": table or _table()}


def _table(
    heads: Sequence[str] = (), widths: Sequence[int] = (), rows: Sequence[dict[str, Any]] = (), *, words: bool = False
) -> dict[str, Any]:
    """`words`: every column holds words and stands to the left; otherwise all but the first hold numbers."""
    return {"heads": list(heads), "widths": list(widths), "rows": list(rows), "words": words}


def _row(*cells: str, strong: bool = False) -> dict[str, Any]:
    return {"cells": list(cells), "strong": strong}


def _about(name: str, nip: str, post: str, unit: str, period: str) -> list[list[str]]:
    told = [("Nama", name), ("NIP", nip), ("Jabatan", post), ("Unit kerja", unit), ("Periode", period)]
    return [[label, value] for label, value in told if value]


def _aspects(aspects: Sequence[AspectLine]) -> dict[str, Any]:
    """The aspects with what they bring; their sum is the total shown."""
    rows = [
        _row(
            each.label,
            percent(each.weight_bp),
            percent(each.effective_weight_bp),
            score(each.score_bp),
            score(each.contribution_bp),
        )
        for each in aspects
    ]
    known = [each.contribution_bp for each in aspects if each.contribution_bp is not None]
    total = [_row("Jumlah sumbangan", "", "", "", score(sum(known)), strong=True)] if known else []
    return _table(("Bagian", "Bobot", "Bobot sekarang", "Skor", "Sumbangan"), (6, 2, 3, 2, 2), [*rows, *total])


def _measures(lines: Sequence[MeasureLine]) -> dict[str, Any]:
    rows = [
        _row(
            f"{line.label}\n{' '.join(filter(None, _sentences(line)))}",
            percent(line.stored.value_bp),
            percent(line.stored.effective_weight_bp),
            score(line.contribution_bp),
        )
        for line in lines
    ]
    return _table(("Ukuran", "Nilai", "Bobot sekarang", "Sumbangan"), (9, 2, 3, 2), rows)


def _sentences(line: MeasureLine) -> tuple[str, ...]:
    return (line.sentence, line.treatment, line.cap_sentence, _guards(line))


def _guards(line: MeasureLine) -> str:
    told = "; ".join(f"{each.label}: {each.text}" for each in line.guards)
    return f"Dilihat bersama: {told}." if told else ""


def _basis(told: Explanation) -> list[Pair]:
    found = told.score
    return [
        ("Kebijakan", f"{found.policy.title}, versi {found.policy.version}"),
        ("Aturan hitung", found.ruleset),
        ("Dihitung", longtime(found.computed_at)),
        ("Sidik bukti", found.input_digest[:SHORT_DIGEST]),
        ("Saran hasil kerja", f"{_suggested(told.work_result, found.work_result_bp)}. {told.work_result_why}"),
        ("Saran perilaku", f"{_suggested(told.behaviour, found.behaviour_bp)}. {told.behaviour_why}"),
        ("Sifat", "Saran bukan keputusan: pejabat penilai yang memutuskan, dengan alasan yang dapat dibaca."),
    ]


def _suggested(words: str, value_bp: int | None) -> str:
    return words if value_bp is None else f"{words} ({score(value_bp)})"


def _steps(told: Official) -> list[Pair]:
    """In the order of the regulation."""
    row, known = told.appraisal, told.organisation
    basis = f" Dasar: {known.basis}." if known else ""
    return [
        ("Capaian organisasi", f"{row.get_organisation_display()}, {row.unit.name}.{basis}"),
        ("Rating hasil kerja", row.get_work_result_display()),
        ("Rating perilaku kerja", row.get_behaviour_display()),
        *([("Penyelarasan", told.aligned_words)] if told.aligned else []),
        *([("Putusan keberatan", _counting(told))] if told.was_changed else []),
        ("Predikat", told.predicate_label),
        ("Ditetapkan", f"{row.rater.name}, {longdate(row.decided_on)}"),
    ]


def _counting(told: Official) -> str:
    return f"hasil kerja {told.work_label.lower()}, perilaku kerja {told.behaviour_label.lower()}"


def _aligned(told: Official) -> list[dict[str, Any]]:
    made = told.aligned
    if made is None:
        return []
    facts = [
        ("Semula", f"{told.appraisal.get_predicate_display()}, ditetapkan {told.appraisal.rater.name}"),
        ("Sesudah", made.get_predicate_display()),
        ("Diputuskan", f"{made.proposed_by.name} dan {made.confirmed_by.name}, {longdate(made.decided_on)}"),
        *([("Keberatan penilai", made.rater_word)] if made.rater_word else []),
    ]
    return [_section("Penyelarasan", words=made.reason, facts=facts)]


def _quadrant(told: Official) -> dict[str, Any]:
    """The nine fields; the one that holds is marked. None where the result stands outside the quadrant."""
    if not told.is_by_quadrant:
        return _table()
    here = (told.work_result, told.behaviour)
    rows = [
        _row(
            str(Rating(row[0].work).label),
            *(f"▶ {cell.label}" if (cell.work, cell.behaviour) == here else cell.label for cell in row),
        )
        for row in told.quadrant
    ]
    heads = [str(Rating(cell.behaviour).label) for cell in told.quadrant[0]]
    return _table(("Hasil kerja / perilaku", *heads), (3, 2, 2, 2), rows, words=True)


def _frozen(row: Appraisal, frozen: Frozen) -> list[Pair]:
    return [
        ("Nilai terukur", score(frozen.total_bp)),
        ("Kelengkapan bukti", percent(frozen.coverage_bp)),
        ("Saran hasil kerja", _suggested(rating(row.suggested_work), frozen.work_result_bp)),
        ("Saran perilaku", _suggested(rating(row.suggested_behaviour), frozen.behaviour_bp)),
        ("Kebijakan, aturan hitung", f"versi {frozen.policy}, {frozen.ruleset}"),
        ("Dihitung", longtime(frozen.computed_at)),
        ("Sidik bukti", frozen.input_digest[:SHORT_DIGEST]),
    ]


def _items(row: Appraisal) -> dict[str, Any]:
    rows = [
        _row(f"{each.number}. {each.title}", str(each.get_rating_display()), each.remark or "–")
        for each in row.items.all()
    ]
    return _table(("Hasil kerja", "Rating", "Catatan"), (5, 2, 4), rows, words=True)


def _objection(row: Appraisal) -> list[dict[str, Any]]:
    found = getattr(row, "objection", None)
    if found is None:
        return []
    facts = [("Diajukan", longdate(found.filed_on)), ("Penjelasan penilai", found.answer)]
    if found.outcome:
        facts += [("Putusan", str(found.get_outcome_display())), ("Pertimbangan", found.reason)]
    return [_section("Keberatan", words=found.text, facts=facts)]


def _address(path: str) -> str:
    return f"{settings.SITE_URL}{path}".partition("://")[2]
