"""Makes what is still being talked about: plans of the next year in every state, templates, and planning terms."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from terang.demo.blueprint import PostSpec, UnitSpec
from terang.demo.documents import Wanted, document_of, wording
from terang.demo.promises import Promise, at
from terang.demo.scene import Person, Scene
from terang.planning.dictionary.models import DictionaryEntry
from terang.planning.plans.models import (
    Plan,
    PlanComment,
    PlanningTerms,
    PlanTemplate,
    PlanVersion,
    VersionState,
)
from terang.planning.plans.services.dialogue import answer_due
from terang.rules.plans import LeaderRow, PlanDocument, PlannedIndicator, PlannedResult, as_json

TERMS_SINCE = (2025, 1, 2)
LATE = "district.service/staff1"
"""Whose appraiser never answers: the superior may answer instead."""


@dataclass(frozen=True)
class _Talk:
    """A plan of the next year: where it stands, how many working days ago it was submitted, and what was said."""

    slot: str
    state: VersionState
    submitted_ago: int = 0
    comments: tuple[tuple[str, str], ...] = ()
    """Who said what: `leader` or `self`."""
    assigned: bool = False


TALKS = (
    _Talk("dukcapil.register/staff3", VersionState.DRAFT),
    _Talk("dukcapil.register/staff1", VersionState.SUBMITTED, 2),
    _Talk(
        "dukcapil.register/staff2",
        VersionState.DISCUSSED,
        4,
        (
            ("leader", "Targetnya sama dengan tahun ini, padahal satu loket bertambah. Mohon dihitung lagi."),
            ("self", "Loket baru belum dijaga penuh sampai Maret. Saya usulkan naik bertahap mulai April."),
        ),
    ),
    _Talk(LATE, VersionState.SUBMITTED, 15),
    _Talk("village1/staff1", VersionState.SUBMITTED, 1, assigned=True),
    _Talk("dukcapil/head", VersionState.DRAFT),
)


def plan_ahead(scene: Scene, made: list[Promise], entries: Mapping[str, DictionaryEntry]) -> None:
    """Next year's plans, the government's terms, and templates."""
    PlanningTerms.objects.create(
        agency=scene.agency,
        valid_from=date(*TERMS_SINCE),
        answer_days=scene.facts["answer_days"],
        basis=scene.facts["answer_basis"],
    )
    current = {each.person.slot: each for each in made if each.plan.period_end.year == scene.today.year + 1}
    for talk in TALKS:
        _talk(scene, talk, current[talk.slot])
    PlanTemplate.objects.bulk_create(
        _template(scene, name, row, entries) for name, row in wording()["templates"].items()
    )


def _talk(scene: Scene, talk: _Talk, now: Promise) -> None:
    year = scene.today.year + 1
    person, plan = now.person, now.plan
    ahead = Plan.objects.create(
        employee=person.employee,
        post_id=plan.post_id,
        unit_id=plan.unit_id,
        period_start=date(year, 1, 1),
        period_end=date(year + 1, 1, 1),
    )
    document = _next_year(scene, now, year)
    if talk.assigned:
        document = _with_assignment(scene, document)
    working = [day for month in scene.months for day in month.working_days]
    on = working[-talk.submitted_ago] if talk.submitted_ago else working[-1]
    submitted = at(scene, on) if talk.state != VersionState.DRAFT else None
    version = PlanVersion.objects.create(
        plan=ahead,
        number=1,
        state=talk.state,
        document=as_json(document),
        opened_by=person.employee,
        opened_at=at(scene, on - timedelta(days=6)),
        submitted_at=submitted,
        answer_due=answer_due(scene.agency, on) if submitted else None,
        version={VersionState.DRAFT: 1, VersionState.SUBMITTED: 2}.get(talk.state, 3),
    )
    _comment(scene, talk, version, now, on)


def _comment(scene: Scene, talk: _Talk, version: PlanVersion, now: Promise, on: date) -> None:
    first = version.document["results"][0]["key"]
    for number, (who, text) in enumerate(talk.comments):
        author = now.person if who == "self" else now.leader
        if author is not None:
            PlanComment.objects.create(
                plan_version=version,
                row_key=first,
                author=author.employee,
                text=text,
                written_at=_after(scene, on, number),
                form_key=uuid.UUID(int=scene.dice(f"comment:{talk.slot}:{number}").getrandbits(128), version=4),
            )


def _after(scene: Scene, on: date, number: int) -> datetime:
    return min(at(scene, on + timedelta(days=1 + number), 10), at(scene, scene.today, 7))


def _next_year(scene: Scene, now: Promise, year: int) -> PlanDocument:
    """This year's results once more with new keys and days; nothing above it is agreed yet."""
    rows = []
    for number, result in enumerate(now.agreed.document.results):
        key = f"{scene.code}:{now.person.slot}:{year}:{number}"
        leader = replace(result.leader, result_id=None, indicator_id=None) if result.leader else None
        steps = tuple(replace(step, due_on=f"{year}{step.due_on[4:]}") for step in result.steps)
        indicators = tuple(replace(each, key=_key(scene, f"{key}:{each.key}")) for each in result.indicators)
        rows.append(
            replace(result, key=_key(scene, key), leader=leader, cell_id=None, steps=steps, indicators=indicators)
        )
    return replace(now.agreed.document, results=tuple(rows), behaviour={})


def _key(scene: Scene, topic: str) -> str:
    return f"{scene.dice(topic).getrandbits(48):012x}"


def _with_assignment(scene: Scene, document: PlanDocument) -> PlanDocument:
    """Work that another leader gives, and that the own appraiser has not let the person do yet (A3 p. 46)."""
    assigner: Person = scene.people["dukcapil.register/head"]
    indicator = PlannedIndicator(
        key=_key(scene, "assigned:indicator"),
        text="Jumlah warga lanjut usia yang terekam",
        unit_label="warga",
        target_milli=60_000,
    )
    result = PlannedResult(
        key=_key(scene, "assigned:result"),
        text="Warga lanjut usia di kelurahan memiliki KTP elektronik",
        main=False,
        level="kendali_tinggi",
        assigned_by=assigner.post.title,
        assigner_id=assigner.employee.pk,
        leader=LeaderRow("Dokumen kependudukan terbit tepat waktu tanpa biaya"),
        indicators=(indicator,),
    )
    return replace(document, results=(*document.results, result))


def _template(scene: Scene, name: str, row: Mapping[str, str], entries: Mapping[str, DictionaryEntry]) -> PlanTemplate:
    """A plan to begin with, for a job, without days and without a leader."""
    head = row["job"] == "pimpinan"
    post = PostSpec(name, row.get("kind", "fungsional"), row["job"], is_head=head)
    unit = UnitSpec("", "bidang", "", None, (post,))
    wanted = Wanted(scene, f"template:{name}", unit, post, date(scene.today.year, 1, 1), 12)
    document = document_of(wanted, entries, [], None, [])
    rows = tuple(replace(each, steps=(), programme="") for each in document.results)
    return PlanTemplate(
        agency=scene.agency,
        name=name,
        kind=row.get("kind", ""),
        category=row.get("category", ""),
        title=row.get("title", ""),
        document=as_json(replace(document, results=rows, behaviour={})),
    )
