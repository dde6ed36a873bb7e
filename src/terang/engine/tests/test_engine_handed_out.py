"""A table that is handed out as Parquet reads back as it was, with its notes."""

import io

import pyarrow.parquet
import pytest

from terang.engine.handed_out import parquet_of


def test_types_gaps_and_notes_come_back():
    raw = parquet_of(["nama", "n", "nilai", "kosong"], [["A", 3, 80.5, None], ["B", None, 7, None]], {"Cara": "median"})
    table = pyarrow.parquet.read_table(io.BytesIO(raw))
    assert table.to_pydict() == {"nama": ["A", "B"], "n": [3, None], "nilai": [80.5, 7.0], "kosong": [None, None]}
    assert pyarrow.parquet.ParquetFile(io.BytesIO(raw)).metadata.metadata[b"Cara"] == b"median"


def test_two_columns_of_one_name_are_refused():
    with pytest.raises(ValueError, match="one name"):
        parquet_of(["a", "a"], [[1, 2]], {})
