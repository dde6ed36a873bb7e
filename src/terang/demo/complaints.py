"""Makes complaints of citizens: a year of them with both keys, and today some in every state; two about misconduct that
only the oversight team sees. Mamuju answers within days, the others as they do."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from django.utils import timezone

from terang.demo.scene import Month, Person, Scene
from terang.evidence.complaints.models import (
    AnswerDue,
    Channel,
    ClosedBy,
    Complaint,
    ComplaintCategory,
    ComplaintClass,
    ComplaintMessage,
    ComplaintState,
    ComplaintTerms,
    MessageKind,
    Reporter,
    Speaker,
)
from terang.evidence.complaints.services.reporting import code_hash, derived_token, kept_key, typed_code
from terang.evidence.complaints.services.time import settle
from terang.evidence.complaints.terms import InForce, terms_in_force
from terang.registry.people.models import Role, RoleGrant
from terang.rules.complaints.deadlines import completion_due, first_answer_due, response_due
from terang.rules.regulations.working_days import deadline
from terang.web.secrets import token_hash
from terang.web.writing import write

A_MONTH = 6
SWIFT = {"mamuju": (1, 3), "semarang": (2, 7), "makassar": (2, 9), "palu": (3, 10), "aceh_tenggara": (4, 16)}
"""Working days until the final answer, from and to."""
COORDINATOR = "secretariat/staff1"
SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
STREETS = ("Jalan Melati", "Jalan Pelita", "Lorong 3", "Jalan Pasar Lama", "Jalan Sungai", "Jalan Kenanga")
NAMES = ("Ibu Warni", "Pak Darto", "Ibu Salma", "Pak Yusuf", "Ibu Lestari", "Pak Hamid")
S = ComplaintState
TODAY = (
    S.RECEIVED, S.RECEIVED, S.VERIFYING, S.INCOMPLETE, S.ROUTED, S.ROUTED, S.IN_HAND, S.IN_HAND, S.IN_HAND, S.ANSWERED,
    S.ANSWERED, S.REOPENED, S.REJECTED, S.REFERRED, S.LAPSED,
)  # fmt: skip
"""The states of the latest reports, one each."""


@cache
def _texts() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("complaints.toml").read_text(encoding="utf-8"))


@dataclass
class Made:
    """A complaint with what was said about it and who reported it, before anything is written."""

    row: Complaint
    said: list[ComplaintMessage]
    dues: list[AnswerDue] = field(default_factory=list)
    reporter: Reporter | None = None


def complain(scene: Scene, months: list[Month]) -> None:
    """Categories, a coordinator, reports of the past months and of today; then what time settles."""
    _appoint(scene)
    maker = Maker(scene)
    made = [*maker.past(months), *maker.present(), *maker.guarded()]
    Complaint.objects.bulk_create([each.row for each in made], batch_size=500)
    write([message for each in made for message in _bound(each)])
    write([due for each in made for due in each.dues])
    write([each.reporter for each in made if each.reporter])
    settle(agency=scene.agency)


def _bound(made: Made) -> list[ComplaintMessage]:
    """The messages, with the key their complaint got."""
    for message in made.said:
        message.complaint_id = made.row.pk
    for due in made.dues:
        due.complaint_id = made.row.pk
    if made.reporter:
        made.reporter.complaint_id = made.row.pk
    return made.said


def _appoint(scene: Scene) -> None:
    if COORDINATOR in scene.people:
        RoleGrant.objects.create(
            employee=scene.people[COORDINATOR].employee,
            role=Role.COMPLAINT_COORDINATOR,
            starts_on=scene.months[0].start,
            document="SK penunjukan demo",
        )
    area = scene.facts["area_code"]
    ComplaintTerms.objects.create(
        agency=scene.agency,
        valid_from=scene.months[0].start,
        contact=f"Pengelola Pengaduan {scene.agency.name}, Jalan Balai Kota 1, telepon ({area}) 555-0100",
        basis="Peraturan kepala daerah (peragaan)",
    )


class Maker:
    """One government's complaints. Dice of their own, so that nothing else of the demo moves."""

    def __init__(self, scene: Scene) -> None:
        self.scene, self.dice = scene, scene.dice("complaints")
        self.zone = ZoneInfo(scene.agency.time_zone)
        self.terms: InForce = terms_in_force(scene.agency, scene.today)
        self.number = 0
        self.categories = {
            fact["code"]: ComplaintCategory.objects.create(
                agency=scene.agency,
                code=fact["code"],
                name=fact["name"],
                group=fact["group"],
                description=fact["description"],
                keywords=fact["keywords"],
                unit=scene.units[fact["unit"]],
                usual_class=fact.get("usual_class", ComplaintClass.SERVICE),
            )
            for fact in _texts()["categories"]
            if fact["unit"] in scene.units
        }
        self.keys = {fact["code"]: fact["unit"] for fact in _texts()["categories"]}
        self.stories = [story for story in _texts()["stories"] if story["category"] in self.categories]

    def past(self, months: list[Month]) -> Iterator[Made]:
        """Closed ones: by the citizen, by silence, some opened again first."""
        for month in months:
            days = [day for day in month.working_days if day < self.scene.today - timedelta(days=45)]
            for _ in range(A_MONTH if days else 0):
                made = self._received(self.dice.choice(self.stories), self.dice.choice(days))
                self._route(made)
                self._finish(made)
                yield made

    def present(self) -> Iterator[Made]:
        """The latest ones, at least one in each state."""
        days = [day for month in self.scene.months for day in month.working_days][-14:]
        for place, state in enumerate(TODAY):
            story = self.stories[place % len(self.stories)]
            day = days[-1 - place % 3] if state in (S.RECEIVED, S.VERIFYING) else days[place % len(days)]
            made = self._received(story, day)
            self._bring_to(made, state, story)
            made.row.is_secret = state == S.IN_HAND and place == 8
            made.row.is_published = not made.row.is_secret and state not in (S.RECEIVED, S.VERIFYING, S.REJECTED)
            yield made

    def guarded(self) -> Iterator[Made]:
        """Two about misconduct: one waits for the oversight team, one is in an auditor's hands."""
        auditor = self.scene.people.get("inspectorate/staff1")
        days = [day for month in self.scene.months for day in month.working_days][-6:]
        for story in _texts()["guarded"]:
            if story["unit"] not in self.scene.units or auditor is None:
                continue
            made = self._received(story, days[0], ComplaintClass.MISCONDUCT)
            made.row.about_unit = self.scene.units[story["unit"]]
            made.row.is_anonymous = True
            made.row.state = story["state"]
            if made.row.state == S.IN_HAND:
                made.row.routed_on, made.row.handler = days[1], auditor.employee
                made.row.first_answer_due_on = first_answer_due(days[1], self.terms.terms, self.terms.calendar)
            yield made

    def _received(self, story: dict[str, Any], day: date, kind: ComplaintClass | None = None) -> Made:
        self.number += 1
        category = self.categories.get(story.get("category", ""))
        key = uuid5(NAMESPACE_URL, f"terang-demo:{self.scene.code}:{self.number}")
        token, dice = derived_token(key), Random(f"{self.scene.code}:complaint:{self.number}")
        code = f"ADU-{''.join(dice.choices(SIGNS, k=4))}-{''.join(dice.choices(SIGNS, k=4))}"
        moment = self._at(day)
        row = Complaint(
            agency=self.scene.agency,
            tracking_code=code,
            secret_hash=token_hash(token),
            code_hash=code_hash(code, typed_code(token)),
            form_key=kept_key(key),
            title=story["title"],
            body=story["body"],
            event_on=day - timedelta(days=dice.randrange(3)),
            address=f"{dice.choice(STREETS)} No. {dice.randrange(1, 90)}",
            category=category,
            complaint_class=kind or (category.usual_class if category else ComplaintClass.SERVICE),
            is_anonymous=dice.random() < 0.2,
            channel=dice.choice((Channel.WEB, Channel.WEB, Channel.WEB, Channel.COUNTER, Channel.PHONE)),
            received_at=moment,
            received_on=day,
            updated_at=moment,
        )
        self.terms.receipt(row, day)
        made = Made(row, [])
        self._say(made, MessageKind.REPORT, Speaker.CITIZEN, story["body"], moment)
        if dice.random() < 0.7:
            made.reporter = Reporter(name=dice.choice(NAMES), contact=f"0812 5500 {dice.randrange(1000, 9999)}")
        return made

    def _at(self, day: date) -> datetime:
        moment = datetime.combine(day, time(8 + self.dice.randrange(8), self.dice.randrange(60)), self.zone)
        now = timezone.now()
        return min(moment, now) if now.astimezone(self.zone).date() == day else moment

    def _after(self, day: date, number: int) -> date:
        """So many working days later, never a day to come."""
        return min(deadline(day, number, self.terms.calendar), self.scene.today)

    def _say(
        self, made: Made, kind: MessageKind, speaker: Speaker, text: str, at: datetime, author: Person | None = None
    ) -> None:
        made.said.append(
            ComplaintMessage(
                kind=kind,
                speaker=speaker,
                author=author.employee if author else None,
                unit=made.row.unit if kind == MessageKind.FORWARD else None,
                text=text,
                said_at=at,
            )
        )
        made.row.updated_at = at
        if kind in (MessageKind.FORWARD, MessageKind.ANSWER, MessageKind.NOTICE):
            made.row.moved_on = at.date()

    def _route(self, made: Made) -> None:
        row = made.row
        assert row.category is not None
        row.routed_on = self._after(row.received_on, 1)
        row.verified_at = self._at(row.routed_on)
        row.unit = row.category.unit
        row.first_answer_due_on = first_answer_due(row.routed_on, self.terms.terms, self.terms.calendar)
        row.state, row.is_published = S.ROUTED, True
        self._say(made, MessageKind.FORWARD, Speaker.STAFF, "", row.verified_at, self.scene.people.get(COORDINATOR))

    def _handler(self, row: Complaint) -> Person | None:
        key = self.keys[row.category.code] if row.category else ""
        staff = list(self.scene.staff_of(key))
        return self.dice.choice(staff) if staff else self.scene.head_of(key)

    def _answer(self, made: Made, on: date, text: str) -> None:
        row = made.row
        person = self._handler(row)
        row.handler = person.employee if person else None
        moment = self._at(on)
        if len(made.dues) <= row.reopened_count:
            due = row.again_due_on if row.reopened_count and row.again_due_on else row.finish_due_on
            number = row.reopened_count + 1
            made.dues.append(AnswerDue(number=number, employee=row.handler, due_on=due, answered_on=on))
        row.first_answered_at = row.first_answered_at or moment
        row.answered_on = row.answered_on or on
        row.last_answer_at, row.state = moment, S.ANSWERED
        row.response_due_on = response_due(on, self.terms.terms, self.terms.calendar)
        self._say(made, MessageKind.ANSWER, Speaker.STAFF, text, moment, person)

    def _finish(self, made: Made) -> None:
        row, story = made.row, self._story(made.row)
        assert row.routed_on is not None
        low, high = SWIFT.get(self.scene.code, (2, 9))
        answered = deadline(row.routed_on, self.dice.randint(low, high), self.terms.calendar)
        self._answer(made, answered, story["answer"])
        if self.dice.random() < (0.06 if self.scene.code == "mamuju" else 0.14):
            answered = self._open_again(made, story)
            self._answer(made, answered, "Sudah kami periksa lagi dan kami bereskan. " + story["answer"])
        self._close(made)

    def _story(self, row: Complaint) -> dict[str, Any]:
        return next(story for story in self.stories if story["title"] == row.title)

    def _open_again(self, made: Made, story: dict[str, Any]) -> date:
        row = made.row
        assert row.answered_on is not None
        row.reopened_on = self._after(row.answered_on, 2)
        made.dues[-1].reopened_on = row.reopened_on
        row.reopened_count += 1
        row.citizen_wrote_at = self._at(row.reopened_on)
        row.state, row.response_due_on = S.REOPENED, None
        row.again_due_on = deadline(row.reopened_on, self.terms.terms.finish(row.complaint_class), self.terms.calendar)
        self._say(made, MessageKind.REPLY, Speaker.CITIZEN, story["again"], row.citizen_wrote_at)
        return self._after(row.reopened_on, 2)

    def _close(self, made: Made) -> None:
        row = made.row
        assert row.response_due_on is not None
        assert row.last_answer_at is not None
        by_citizen = self.dice.random() < 0.7
        after = deadline(row.last_answer_at.astimezone(self.zone).date(), 2, self.terms.calendar)
        row.closed_at = self._at(after if by_citizen else row.response_due_on + timedelta(days=1))
        row.closed_by = ClosedBy.CITIZEN if by_citizen else ClosedBy.TIME
        row.state = S.CLOSED
        text = "Pelapor menyatakan laporan ini selesai." if by_citizen else "Ditutup karena tidak ada tanggapan."
        speaker = Speaker.CITIZEN if by_citizen else Speaker.SYSTEM
        self._say(made, MessageKind.NOTICE, speaker, text, row.closed_at)
        if by_citizen and self.dice.random() < 0.8:
            row.rating = self.dice.choices((1, 2, 3, 4), (1, 2, 8, 9))[0]

    def _bring_to(self, made: Made, state: ComplaintState, story: dict[str, Any]) -> None:
        """From received to a state of today, by the way that leads there."""
        row = made.row
        row.state = state
        next_day = self._after(row.received_on, 1)
        coordinator = self.scene.people.get(COORDINATOR)
        if state in (S.INCOMPLETE, S.LAPSED):
            row.completion_due_on = completion_due(next_day, self.terms.terms)
            text = "Mohon sebutkan tempat dan tanggalnya, supaya kami dapat memeriksa."
            self._say(made, MessageKind.QUESTION, Speaker.STAFF, text, self._at(next_day), coordinator)
        if state == S.LAPSED:
            row.closed_at = self._at(next_day)
        if state in (S.REJECTED, S.REFERRED):
            row.closed_at = row.verified_at = self._at(next_day)
            row.referred_to = "PT PLN (Persero) setempat" if state == S.REFERRED else ""
            row.ending_reason = "Isi laporan tidak dapat ditelusuri karena tidak menyebut layanan atau tempat."
            if state == S.REFERRED:
                row.ending_reason = "Jaringan listrik rumah dikelola PLN; laporan Anda sudah kami teruskan."
            self._say(made, MessageKind.ANSWER, Speaker.STAFF, row.ending_reason, row.closed_at, coordinator)
        if state in (S.ROUTED, S.IN_HAND, S.ANSWERED, S.REOPENED):
            self._route(made)
            self._work(made, state, story)

    def _work(self, made: Made, state: ComplaintState, story: dict[str, Any]) -> None:
        row = made.row
        assert row.routed_on is not None
        if state == S.IN_HAND:
            person = self._handler(row)
            row.handler = person.employee if person else None
            row.state = state
        if state in (S.ANSWERED, S.REOPENED):
            self._answer(made, self._after(row.routed_on, 1), story["answer"])
        if state == S.REOPENED:
            self._open_again(made, story)
