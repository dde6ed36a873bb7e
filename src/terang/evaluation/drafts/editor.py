"""One step of a draft as forms: drawn from the document, read back into it, with its problems beside the fields."""

import re
from collections.abc import Iterable, Sequence
from copy import deepcopy
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from terang.evaluation.drafts.fields import PartForm
from terang.evaluation.drafts.forms import NamedForm, VariantForm, Words
from terang.evaluation.drafts.plainly import plainly
from terang.evaluation.drafts.steps import Piece, Step, found_at, path_of, placed
from terang.rules.policies import Document, Problem

MOST_ROWS = 40


class Rows(forms.BaseFormSet):
    """A list of tables: a form for each, and an empty one to add another."""

    def __init__(self, *args: Any, piece: Piece, told: Sequence[Document], words: Words, **kwargs: Any) -> None:
        self.piece, self.told, self.words = piece, told, words
        kwargs["initial"] = list(told)
        super().__init__(*args, **kwargs)

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        known = index is not None and index < len(self.told)
        told = self.told[index] if known and index is not None else {}
        return {"path": path_of((*self.piece.where, index or 0)), "told": told, "words": self.words, "initial": told}

    def written(self) -> list[PartForm]:
        """The forms that say something and were not ticked for removal. Valid rows only."""
        return [form for form in self.forms if form not in self.deleted_forms and (form.told or form.part())]


class Section:
    """A piece with its forms, and what is wrong with it as a whole."""

    def __init__(self, piece: Piece, document: Document, words: Words, data: Any = None) -> None:
        self.piece, self.general = piece, list[str]()
        told = found_at(document, piece.where, [] if piece.many else {})
        kwargs: dict[str, Any] = {"words": words, "prefix": piece.name}
        self.rows: Any = None
        self.form: PartForm | None = None
        if piece.many:
            make: Any = forms.formset_factory(
                piece.form, formset=Rows, extra=1, can_delete=True, can_delete_extra=False, max_num=MOST_ROWS
            )
            self.rows = make(data, piece=piece, told=told, **kwargs)
        else:
            self.form = piece.form(data, path=piece.path, told=told, **kwargs)

    def forms(self) -> list[PartForm]:
        return [self.form] if self.form is not None else list(self.rows.forms)

    def is_valid(self) -> bool:
        return bool((self.form or self.rows).is_valid())

    def total_bp(self) -> int:
        """What the rows' weights add up to as they stand."""
        return sum(value for row in self.rows.told if isinstance(value := row.get(self.piece.sums), int))

    def known(self) -> list[tuple[PartForm, str]]:
        """The forms of rows there are, each with the step of its own parts."""
        found = [form for form in self.rows.forms if form.told]
        return [
            (form, self.piece.inner.format(number) if self.piece.inner else "") for number, form in enumerate(found)
        ]

    def empty(self) -> list[PartForm]:
        return [form for form in self.rows.forms if not form.told]

    def merged(self, document: Document) -> Document:
        """The document with what was typed here. Valid sections only."""
        if self.form is not None:
            return placed(document, self.piece.where, self.form.merged())
        written = self.rows.written()
        rows = [form.merged() for form in written]
        if issubclass(self.piece.form, NamedForm):
            give_codes(rows)
        if self.piece.form is VariantForm:
            rows = [row if row.get("aspects") else {**row, **_like_everybody(document)} for row in rows]
        return placed(document, self.piece.where, rows)

    def tell(self, path: str, text: str) -> bool:
        if any(form.takes(path, text) for form in self.forms()):
            return True
        if path == self.piece.path or (self.piece.many and path.startswith(f"{self.piece.path}[")):
            self.general.append(text)
            return True
        return False


class Editor:
    """A step with its sections. With `data` it reads what was typed."""

    def __init__(self, document: Document, step: Step, categories: Sequence[str], data: Any = None) -> None:
        words = Words(document, categories)
        self.document, self.step, self.typed = document, step, data is not None
        self.sections = [Section(piece, document, words, data) for piece in step.pieces]
        self.general: list[str] = []

    def is_valid(self) -> bool:
        """Whether everything typed can be read; every section is looked at, so that all is told at once."""
        return [section.is_valid() for section in self.sections].count(False) == 0

    def merged(self) -> Document:
        document = self.document
        for section in self.sections:
            document = section.merged(document)
        return document

    def tell(self, problems: Iterable[Problem]) -> None:
        """Puts each problem of this step beside the field it is about, in plain words."""
        for problem in problems:
            if not self.step.holds(problem.path):
                continue
            text = plainly(problem)
            if not any(section.tell(problem.path, text) for section in self.sections):
                self.general.append(text)

    def forms(self) -> list[PartForm]:
        return [form for section in self.sections for form in section.forms()]


def give_codes(rows: list[Document]) -> None:
    """A code for each row that has a name and no code yet, made from the name; a code that is there stays."""
    taken = {row["code"] for row in rows if row.get("code")}
    for row in rows:
        if row.get("code") or not row.get("label"):
            continue
        stem = code_from(row["label"])
        code = next(each for each in _numbered(stem) if each not in taken)
        taken.add(code)
        row["code"] = code


def code_from(label: str) -> str:
    """A name as a code: "Hasil & dampak" → "hasil_dampak"."""
    words = re.sub(r"[^a-z0-9]+", "_", label.lower()).strip("_")[:32].rstrip("_")
    return words if re.match(r"[a-z]", words) else f"bagian_{words}".rstrip("_")


def _numbered(stem: str) -> Iterable[str]:
    yield stem
    yield from (f"{stem}_{number}" for number in range(2, MOST_ROWS + 2))


def _like_everybody(document: Document) -> Document:
    """A new variant begins as everybody's list, so that only what differs has to be written."""
    aspects = deepcopy(document.get("aspects", []))
    return {"aspects": aspects} if aspects else {}


def unplaced(problems: Iterable[Problem], steps: Sequence[Step]) -> list[str]:
    """Problems that belong to no step, in plain words."""
    return [
        _("%(path)s: %(text)s") % {"path": problem.path, "text": plainly(problem)}
        for problem in problems
        if not any(step.holds(problem.path) for step in steps)
    ]
