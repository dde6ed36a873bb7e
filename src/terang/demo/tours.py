"""Five stories as guided tours: each step signs in as somebody of the cast and opens a page; a line above the page says
what to look at. The steps stand in tours.toml."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.urls import reverse

from terang.demo.blueprint import government
from terang.demo.cast import CastEntry, cast_entries
from terang.evidence.citizens.models import Service
from terang.evidence.observation.models import Observation
from terang.follow_up.growth.models import CorrectiveAction
from terang.web.numbers import english


@dataclass(frozen=True)
class Step:
    """`who` is a place in the cast; the page is that of `page` (a name without arguments) or what `find` finds."""

    who: str
    text: str
    text_en: str
    page: str = ""
    find: str = ""

    @property
    def words(self) -> str:
        return self.text_en if english() else self.text


@dataclass(frozen=True)
class Tour:
    """The story of one government; steps are counted from 1."""

    government: str
    title: str
    title_en: str
    story: str
    story_en: str
    steps: tuple[Step, ...]

    @property
    def name(self) -> str:
        return self.title_en if english() else self.title

    @property
    def summary(self) -> str:
        return self.story_en if english() else self.story

    @property
    def place(self) -> str:
        """The name of the government."""
        return str(government(self.government)["name"])


@cache
def tours() -> dict[str, Tour]:
    """By the code of the government, in the order of the file."""
    told = tomllib.loads((Path(__file__).parent / "tours.toml").read_text(encoding="utf-8"))
    made = (Tour(**{**each, "steps": tuple(Step(**step) for step in each["steps"])}) for each in told["tours"])
    return {tour.government: tour for tour in made}


def person_of(tour: Tour, step: Step) -> CastEntry | None:
    """Who takes a step; None where that government is not filled. One query."""
    code = government(tour.government)["code"]
    return next((each for each in cast_entries() if each.agency_code == code and each.slot == step.who), None)


def address_of(step: Step, person: CastEntry) -> str:
    """The page of a step. A story that is not there leads to the first page. At most one query."""
    found = _FINDERS[step.find](person) if step.find else reverse(step.page)
    return found or "/"


def _action(person: CastEntry) -> str:
    rows = CorrectiveAction.objects.filter(employee_id=person.employee_id)
    found = rows.order_by("pk").first()
    return reverse("growth:action", args=[found.pk]) if found else ""


def _observation(person: CastEntry) -> str:
    rows = Observation.objects.filter(employee_id=person.employee_id, previous__isnull=False)
    found = rows.order_by("-day").first()
    return reverse("observation:observation", args=[found.pk]) if found else ""


def _times(name: str) -> Callable[[CastEntry], str]:
    def find(person: CastEntry) -> str:
        rows = Service.objects.filter(unit__agency__code=person.agency_code, name__icontains=name)
        found = rows.order_by("pk").first()
        return reverse("boards:service_times", args=[found.pk]) if found else ""

    return find


_FINDERS: dict[str, Callable[[CastEntry], str]] = {
    "action": _action,
    "observation": _observation,
    "ktp": _times("KTP"),
    "outpatient": _times("rawat jalan"),
}
