"""Runs the rules: loads evidence as typed columns, on Polars or on Spark, and returns typed rows with their reasons."""

from terang.engine.errors import EngineUnavailableError, EvidenceError
from terang.engine.evaluation import Months, Outputs, Result, Summary, evaluate, evaluate_files, write_result
from terang.engine.rows import Component, MeasureValue, Rows, Total, evaluate_rows

__all__ = [
    "Component",
    "EngineUnavailableError",
    "EvidenceError",
    "MeasureValue",
    "Months",
    "Outputs",
    "Result",
    "Rows",
    "Summary",
    "Total",
    "evaluate",
    "evaluate_files",
    "evaluate_rows",
    "write_result",
]
