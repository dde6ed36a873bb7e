"""A small table as a Parquet file in memory, for people who take figures along."""

import io
from collections.abc import Mapping, Sequence

import polars as pl


def parquet_of(heads: Sequence[str], rows: Sequence[Sequence[object]], notes: Mapping[str, str]) -> bytes:
    """The rows as Parquet, `notes` as the file's own metadata. Each column is text, whole numbers or fractions; an
    empty one is text. Missing stays missing. Raises ValueError where two columns have one name."""
    if len(set(heads)) != len(heads):
        raise ValueError("two columns have one name")
    columns = [[row[place] for row in rows] for place in range(len(heads))]
    frame = pl.DataFrame([pl.Series(head, column, _type(column)) for head, column in zip(heads, columns, strict=True)])
    file = io.BytesIO()
    frame.write_parquet(file, compression="zstd", metadata=dict(notes))
    return file.getvalue()


def _type(column: Sequence[object]) -> type[pl.DataType]:
    kinds = {type(value) for value in column if value is not None}
    if kinds == {int}:
        return pl.Int64
    return pl.Float64 if kinds and kinds <= {int, float} else pl.String
