"""The city of the evaluation tests, for the boards."""

from terang.evaluation.tests.conftest import city, measured, stopped

__all__ = ["city", "measured", "stopped"]
