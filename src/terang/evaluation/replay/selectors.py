"""Questions about replays. Who may ask is decided by `access`; each states its queries."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404

from terang.engine.replay import Comparison, Move, Movement, Tally, compare
from terang.evaluation.policies import rules_of
from terang.evaluation.replay.asked import Asked
from terang.evaluation.replay.folders import folder_of
from terang.evaluation.replay.models import EvidenceCopy, Replay
from terang.registry.organization.models import Unit
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer
from terang.rules.policies import Policy, load_policy


def replays_of(viewer: Viewer) -> QuerySet[Replay]:
    """The replays of a government, newest first. 1 query when read."""
    found = Replay.objects.filter(copy__agency_id=viewer.agency_id)
    return found.select_related("copy__period", "copy__policy", "started_by")


def replay_for(viewer: Viewer, pk: int) -> Replay:
    """One replay with its copy. 1 query. Raises Http404 where there is none in this government."""
    found = replays_of(viewer).select_related("copy__agency").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def tried_policy(replay: Replay) -> Policy:
    """The policy that is tried. No query."""
    return load_policy(replay.text)


def comparison_of(copy: EvidenceCopy, asked: Asked) -> Comparison:
    """Everybody under the policy of then and under what is tried. No query. Raises EvidenceError where the folder is
    not whole."""
    return compare(folder_of(copy), rules_of(copy.policy), asked.policy, copy.ruleset, asked.pay)


def units_of(agency_id: int) -> dict[int, Unit]:
    """Every unit of a government that ever was, by id. 1 query."""
    return {unit.pk: unit for unit in Unit.objects.filter(agency_id=agency_id).only("name", "path", "code")}


def by_office(tallies: Mapping[int, Tally], units: Mapping[int, Unit]) -> dict[str, Tally]:
    """Counts by the office (perangkat daerah) that units belong to: the unit below the government itself. No query."""
    found: dict[str, Tally] = {}
    for unit_id, tally in tallies.items():
        name = _office(units, unit_id)
        found[name] = found.get(name, Tally()) + tally
    return found


def by_unit(tallies: Mapping[int, Tally], units: Mapping[int, Unit]) -> dict[str, dict[str, Tally]]:
    """Counts by office and within it by unit. No query."""
    found: dict[str, dict[str, Tally]] = {}
    for unit_id, tally in tallies.items():
        within, name = found.setdefault(_office(units, unit_id), {}), units[unit_id].name
        within[name] = within.get(name, Tally()) + tally
    return found


def _office(units: Mapping[int, Unit], unit_id: int) -> str:
    """A unit directly below the root is an office; the root itself is one too."""
    above = [int(part) for part in units[unit_id].path.strip("/").split("/")]
    return units[above[min(1, len(above) - 1)]].name


@dataclass(frozen=True)
class NamedMove:
    """One person of a replay with name, number and unit; `change_bp` is missing where one side has no total."""

    move: Move
    name: str
    nip: str
    unit: str

    @property
    def change_bp(self) -> int | None:
        before, after = self.move.total_before, self.move.total_after
        return None if before is None or after is None else after - before

    @property
    def paid_change(self) -> int:
        return self.move.paid_after - self.move.paid_before


def named_moves(copy: EvidenceCopy, comparison: Comparison, movement: Movement | None) -> list[NamedMove]:
    """People of a movement (everybody where None), largest change first. 2 queries, whatever their number."""
    people = Employee.objects.filter(agency_id=copy.agency_id).values_list("pk", "name", "nip")
    names = {pk: (name, nip) for pk, name, nip in people}
    units = units_of(copy.agency_id)
    return [
        NamedMove(move, *names.get(move.employee_id, ("", "")), units[move.unit_id].name)
        for move in comparison.moves(movement)
    ]
