"""The regulation's own examples as occasions and documents: `tests/cases/*.toml`."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from terang.reporting.documents.codes import issued_proof
from terang.reporting.documents.sheets import MatrixRow, MatrixSplit, Occasion, Party, Workblock
from terang.rules.plans import PlanDocument, from_json

FOLDER = Path(__file__).parent / "cases"
PLANS = ("direktur_ii", "kasubdit_ii", "kepala_puskesmas", "bidan_penyelia")
DIGEST = "3f2a91c0de45" + "0" * 52


def case(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text())


def document_of(name: str) -> PlanDocument:
    written = case(name)["document"]
    for number, result in enumerate(written["results"], 1):
        result["key"] = f"r{number}"
        for place, indicator in enumerate(result["indicators"], 1):
            indicator["key"] = f"i{number}.{place}"
    return from_json(written)


def occasion_of(name: str, **changes: Any) -> Occasion:
    """The people as in the example: posts and units, no names."""
    written = case(name)
    given = {
        "agency": "(Nama Instansi)",
        "start": date(2026, 1, 1),
        "end": date(2027, 1, 1),
        "employee": Party(**written.get("employee", {})),
        "appraiser": Party(**written.get("appraiser", {})),
        "proof": issued_proof("K7QF2M9XAB", "Versi 2", DIGEST),
    }
    return Occasion(**given | changes)


def splits_of(name: str) -> list[MatrixSplit]:
    return [
        MatrixSplit(
            each["owner"],
            each["post"],
            tuple(each["heads"]),
            tuple(MatrixRow(row["name"], row["post"], tuple(map(tuple, row["cells"]))) for row in each["rows"]),
        )
        for each in case(name)["splits"]
    ]


def workblock_of(name: str) -> Workblock:
    fields = case(name)["workblock"]
    return Workblock(**{key: tuple(value) if isinstance(value, list) else value for key, value in fields.items()})
