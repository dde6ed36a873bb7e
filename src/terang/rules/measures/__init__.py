"""The measures: one file each, found by the code the catalogue gives them. `measure` says how a value is made.

A new measure is one entry in `terang.rules.catalogue` and one file here with a `MEASURE`.
"""

from importlib import import_module

from terang.rules.catalogue import MEASURES as CATALOGUE
from terang.rules.measures.measure import Measure, Setting

MEASURES: dict[str, Measure] = {code: import_module(f"{__name__}.{code}").MEASURE for code in CATALOGUE}
"""Every measure of the catalogue by code, with its function."""

__all__ = ["MEASURES", "Measure", "Setting"]
