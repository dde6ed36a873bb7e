"""The handbooks as data (`books.toml`), and which section helps on a page."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders

from terang.registry.people.models import Role
from terang.registry.people.viewer import Viewer
from terang.web.numbers import english


@dataclass(frozen=True)
class Section:
    """What one page is for and how it is used. `page` is its name among the addresses."""

    code: str
    page: str
    title: str
    title_en: str
    text: tuple[str, ...]
    text_en: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.title_en if english() else self.title

    @property
    def sentences(self) -> tuple[str, ...]:
        return self.text_en if english() else self.text


@dataclass(frozen=True)
class Book:
    """The handbook of a role. `who` is the place in the demo of whoever's pages are pictured; empty: nobody's."""

    code: str
    title: str
    title_en: str
    who: str
    lead: str
    lead_en: str
    sections: tuple[Section, ...]

    @property
    def name(self) -> str:
        return self.title_en if english() else self.title

    @property
    def summary(self) -> str:
        return self.lead_en if english() else self.lead

    def picture(self, section: Section) -> str:
        """The static path of the page's picture; empty where none was taken."""
        path = f"handbook/{self.code}-{section.code}.webp"
        return path if finders.find(path) else ""


@cache
def books() -> dict[str, Book]:
    """By code, in the order of the file."""
    told = tomllib.loads((Path(__file__).parent / "books.toml").read_text(encoding="utf-8"))["books"]
    made = (Book(**{**each, "sections": tuple(_section(row) for row in each["sections"])}) for each in told)
    return {book.code: book for book in made}


def _section(row: dict[str, object]) -> Section:
    return Section(**{**row, "text": tuple(row["text"]), "text_en": tuple(row["text_en"])})  # type: ignore[arg-type]


READERS: dict[str, Callable[[Viewer], bool]] = {
    "kepala-daerah": lambda viewer: viewer.has(Role.REGIONAL_HEAD),
    "pengawas": lambda viewer: viewer.has(Role.OVERSIGHT),
    "kepegawaian": lambda viewer: viewer.has(Role.PERSONNEL),
    "petugas": lambda viewer: viewer.has(Role.SERVICE_OFFICER, Role.SERVICE_MANAGER),
    "atasan": lambda viewer: viewer.is_head,
    "pegawai": lambda viewer: True,
}
"""Whose handbook it is; the nearer one first."""


def own_books(viewer: Viewer | None) -> list[Book]:
    """The handbooks of what the viewer is, the nearest first; that of citizens for who is not signed in. No query."""
    if not viewer:
        return [books()["warga"]]
    return [books()[code] for code, reads in READERS.items() if reads(viewer)]


def help_for(viewer: Viewer | None, page: str) -> tuple[Book, Section] | None:
    """The section about a page in the viewer's own handbooks, else one about its room; None where there is none."""
    own = own_books(viewer)
    room = page.partition(":")[0]
    exact = ((book, each) for book in own for each in book.sections if each.page == page)
    near = ((book, each) for book in own for each in book.sections if each.page.partition(":")[0] == room)
    return next(exact, None) or next(near, None)
