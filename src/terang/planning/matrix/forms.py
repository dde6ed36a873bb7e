"""What people type into a matrix, read into what the services take."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.planning.matrix.models import MatrixCell, MatrixColumn, Strategy
from terang.planning.matrix.selectors import CellView, Split
from terang.planning.matrix.services import Heading, Slice, Wanted
from terang.planning.matrix.sources import Source
from terang.web.asked import asked_int
from terang.web.forms import VersionMixin
from terang.web.numbers import quantity
from terang.web.quantities import QuantityField

NEW_ROWS = 3
"""Empty lines in the editor of a cell."""


class SeenField(forms.CharField):
    """The parts that stood on the page as `id:version,id:version`; cleans to versions by id."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.HiddenInput, **kwargs)

    def clean(self, value: Any) -> dict[int, int]:  # type: ignore[override]
        pairs = (pair.partition(":") for pair in super().clean(value).split(",") if pair)
        try:
            return {int(pk): int(version) for pk, _mark, version in pairs}
        except ValueError as error:
            raise forms.ValidationError(gettext("Muat ulang halaman, lalu ulangi.")) from error


class ColumnForm(VersionMixin):
    """A head of the matrix: from a row of the owner's plan, or by hand."""

    text = forms.CharField(
        label=_("Hasil atau indikator yang dibagi"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    source_key = forms.ChoiceField(
        label=_("Baris SKP Anda"),
        required=False,
        help_text=_("Biarkan “kolom sementara” bila SKP Anda belum ada; dapat dikaitkan nanti."),
    )
    strategy = forms.ChoiceField(label=_("Cara membagi"), choices=Strategy.choices)
    target_milli = QuantityField(
        label=_("Target yang dibagi"), required=False, help_text=_("Isi bila angkanya dibagi kepada beberapa orang.")
    )
    unit_label = forms.CharField(label=_("Satuan"), max_length=40, required=False)

    def __init__(self, *args: Any, sources: Iterable[Source] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = [(row.key, row.text) for row in sources if row.key]
        choices = [("", gettext("Kolom sementara (tulis sendiri)")), *rows]
        self.fields["source_key"].choices = choices  # type: ignore[attr-defined]
        for name in ("text", "target_milli", "unit_label"):
            self.fields[name].widget.attrs["autocomplete"] = "off"

    def heading(self) -> Heading:
        data = self.cleaned_data
        names = ("text", "strategy", "target_milli", "unit_label", "source_key")
        return Heading(**{name: data[name] for name in names})


def column_start(column: MatrixColumn) -> dict[str, Any]:
    """The start of the form that changes a column."""
    names = ("text", "strategy", "unit_label", "source_key")
    amount = "" if column.target_milli is None else quantity(column.target_milli)
    return {name: getattr(column, name) for name in names} | {"target_milli": amount, "version": column.matrix.version}


class AnswerForm(VersionMixin):
    """A word to the other side about a part."""

    reason = forms.CharField(label=_("Alasan"), max_length=300, required=False)


class DecisionForm(forms.Form):
    """The appraiser lets a person take part in another unit, or not."""

    reason = forms.CharField(
        label=_("Alasan"), max_length=300, required=False, help_text=_("Wajib bila tidak disetujui.")
    )


class ProposalForm(forms.Form):
    """An own result under a leader's column."""

    column = forms.ModelChoiceField(
        label=_("Untuk hasil pimpinan"), queryset=MatrixColumn.objects.none(), empty_label=None
    )
    text = forms.CharField(
        label=_("Hasil kerja yang Anda usulkan"),
        max_length=300,
        help_text=_("Tuliskan hasilnya, bukan kegiatannya."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, columns: Iterable[MatrixColumn] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = list(columns)
        field: Any = self.fields["column"]
        field.queryset = MatrixColumn.objects.filter(pk__in=[column.pk for column in offered])
        field.choices = [(column.pk, column.text) for column in offered]


class CellForm(forms.Form):
    """All results of one person under one column: those there are, and empty lines for more.

    An emptied line drops its result. One way of splitting for all of them.
    """

    seen = SeenField()
    strategy = forms.ChoiceField(label=_("Cara membagi"), choices=Strategy.choices)
    no_role = forms.BooleanField(label=_("Tidak ada peran"), required=False)

    def __init__(self, *args: Any, view: CellView, **kwargs: Any) -> None:
        self.cells = [cell for cell in view.parts if cell.text]
        by_load = view.column.strategy == Strategy.LOAD and view.column.target_milli is not None
        self.counts = by_load or any(cell.part_milli is not None for cell in self.cells)
        start = {"seen": view.seen, "no_role": view.none, "strategy": view.column.strategy}
        if self.cells:
            start["strategy"] = self.cells[0].strategy
        for cell in self.cells:
            start |= {f"text_{cell.pk}": cell.text, f"part_{cell.pk}": _amount(cell)}
        kwargs["initial"] = start
        super().__init__(*args, **kwargs)
        for name in self.names():
            self.fields[f"text_{name}"] = forms.CharField(label=_("Hasil kerja"), max_length=300, required=False)
            if self.counts:
                self.fields[f"part_{name}"] = QuantityField(label=_("Bagian"), required=False)

    def names(self) -> list[str]:
        new = NEW_ROWS if not self.cells else 1
        return [*(str(cell.pk) for cell in self.cells), *(f"new{number}" for number in range(1, new + 1))]

    def lines(self) -> list[tuple[Any, Any, MatrixCell | None]]:
        """Text field, number field (None where nothing is counted) and the part there was, line by line."""
        old: list[MatrixCell | None] = [*self.cells, *[None] * NEW_ROWS]
        return [
            (self[f"text_{name}"], self[f"part_{name}"] if self.counts else None, cell)
            for name, cell in zip(self.names(), old, strict=False)
        ]

    def parts(self) -> list[Wanted]:
        data = self.cleaned_data
        return [
            Wanted(
                text=text,
                strategy=data["strategy"],
                part_milli=data.get(f"part_{name}"),
                cell_id=asked_int(name),
            )
            for name in self.names()
            if (text := data[f"text_{name}"].strip())
        ]


def _amount(cell: MatrixCell) -> str:
    return "" if cell.part_milli is None else quantity(cell.part_milli)


class SplitForm(forms.Form):
    """One line for each person on the page: a number where the load is split, otherwise words."""

    seen = SeenField()

    def __init__(self, *args: Any, split: Split, **kwargs: Any) -> None:
        self.by_load = split.column.strategy == Strategy.LOAD
        self.members = [row.member.pk for row in split.rows]
        start: dict[str, Any] = {"seen": split.seen}
        for row in split.rows if self.by_load else ():
            number = next((cell.part_milli for cell in row.cells[0].parts if cell.part_milli is not None), None)
            start[f"slice_{row.member.pk}"] = "" if number is None else quantity(number)
        kwargs["initial"] = start
        super().__init__(*args, **kwargs)
        for pk in self.members:
            self.fields[f"slice_{pk}"] = (
                QuantityField(required=False) if self.by_load else forms.CharField(max_length=250, required=False)
            )

    def slices(self) -> dict[int, Slice]:
        """What was typed; who was left empty keeps what there is."""
        typed = {pk: self.cleaned_data[f"slice_{pk}"] for pk in self.members}
        if self.by_load:
            return {pk: Slice(part_milli=value) for pk, value in typed.items() if value is not None}
        return {pk: Slice(value.strip()) for pk, value in typed.items() if value.strip()}
