"""What overseers open of others leaves a trace, once a day, and the person reads it; and every watched page exists."""

import tomllib
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.urls import reverse

from terang.audit.models import JournalEntry
from terang.evidence.signals import selectors
from terang.evidence.signals.models import Opening
from terang.registry.people.models import Role


class TestOpening:
    def test_a_question_opened_is_in_the_journal_once_a_day(self, client, agus, budi, ask_about):
        row = ask_about(budi)
        client.force_login(agus.user)
        for _ in range(3):
            client.get(row.get_absolute_url())
        entry = JournalEntry.objects.get(verb="signals.record_opened")
        assert (entry.object_id, entry.subject_employee_id) == (row.pk, None), "not told before it is asked"

    def test_a_record_opened_is_told_to_the_person_by_day_and_kind(self, client, office, agus, budi, today):
        address = reverse("people:person", args=[budi.pk])
        client.force_login(agus.user)
        assert client.get(address).status_code == 200
        client.get(address)
        client.get(reverse("work:entries"), {"pegawai": budi.pk})
        assert Opening.objects.filter(subject=budi).count() == 2
        entries = JournalEntry.objects.filter(verb="signals.record_opened", subject_employee_id=budi.pk)
        assert entries.count() == 2
        client.force_login(budi.user)
        page = client.get(reverse("signals:mine")).content.decode()
        assert "data pegawai" in page
        assert "Agus" not in page
        assert "Tim pengawas membuka catatan ini." in client.get(reverse("audit:journal")).content.decode()

    def test_the_printed_record_of_a_person_is_noted(self, client, agus, budi):
        client.force_login(agus.user)
        assert client.get(reverse("documents:record_of", args=[budi.pk])).status_code == 200
        assert Opening.objects.get(subject=budi).page == "documents:record_of"

    def test_openings_are_counted_by_whole_day_and_kind(self, office, agus, budi, today, monkeypatch):
        monkeypatch.setattr(selectors, "MOST_OPENINGS", 2)
        common = {"overseer": agus, "subject": budi, "object_type": "work.entry"}
        for number, (page, back) in enumerate(
            [("work:entry", 0), ("work:file", 0), ("work:entries", 0), ("people:person", 1), ("work:entry", 2)]
        ):
            Opening.objects.create(page=page, day=today - timedelta(days=back), object_id=number, **common)
        told = [(row.day, row.what, row.count) for row in selectors.openings_of(office.viewer(budi))]
        assert told == [(today, "kegiatan", 3), (today - timedelta(days=1), "data pegawai", 1)]

    def test_own_records_own_people_and_other_roles_are_not_noted(self, client, office, agus, budi):
        office.grant(office.head, Role.OVERSIGHT)
        maya = office.employee("Maya", unit=office.root)
        office.grant(maya, Role.PERSONNEL)
        for person in (agus, office.head, maya):
            client.force_login(person.user)
            client.get(reverse("people:person", args=[(agus if person == agus else budi).pk]))
        assert not Opening.objects.exists()

    def test_a_refused_or_missing_page_is_no_opening(self, client, office, agus, budi):
        other = office.employee("Sempit", unit=office.root)
        office.grant(other, Role.OVERSIGHT, office.unit)
        client.force_login(other.user)
        assert client.get(reverse("people:person", args=[agus.pk])).status_code == 403
        assert client.get(reverse("people:person", args=[987_654])).status_code == 404
        assert not Opening.objects.exists()

    def test_only_auditors_and_the_person_read_that_something_was_opened(self, client, office, agus, budi):
        client.force_login(agus.user)
        client.get(reverse("people:person", args=[budi.pk]))
        maya, lina = office.employee("Maya", unit=office.root), office.employee("Lina", unit=office.root)
        office.grant(maya, Role.PERSONNEL)
        office.grant(lina, Role.AUDITOR)
        words = "Tim pengawas membuka catatan ini."
        for person, sees in ((budi, True), (lina, True), (maya, False), (office.head, False)):
            client.force_login(person.user)
            rows = client.get(reverse("audit:journal")).context["table"].page.object_list
            assert any(row.verb == "signals.record_opened" for row in rows) is sees, (person.name, words)


def test_every_watched_address_exists_and_names_a_model_that_does():
    from django.apps import apps
    from django.urls import get_resolver

    def walk(resolver, space=""):
        for pattern in resolver.url_patterns:
            if hasattr(pattern, "url_patterns"):
                yield from walk(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space)
            else:
                yield f"{space}{pattern.name}", pattern

    mounted = dict(walk(get_resolver()))
    for name, spec in settings.TERANG_WATCHED.items():
        assert name in mounted, name
        if not spec.startswith("?"):
            label, argument, path = spec.split(":")
            assert argument in mounted[name].pattern.converters, (name, argument)
            str(apps.get_model(label)._default_manager.values(path).query)


UNWATCHED = {
    "allowance:rule": "a rule",
    "appraisals:desk": "a period of rating",
    "appraisals:window": "a period of rating",
    "attendance:duty": "an order that names many people",
    "attendance:duty_file": "an order that names many people",
    "attendance:flexible": "an arrangement that names many people",
    "audit:history": "overseers read in it only what is about themselves",
    "awards:call": "a call, whose winners everybody reads",
    "awards:conflict": "the member's own declaration",
    "awards:nominate_whom": "a form without a record",
    "awards:nomination": "people put forward, read by the committee that decides about them",
    "awards:thank": "a form that shows an overseer what other pages note",
    "awards:vote": "a committee's ballot, with names and reasons only",
    "boards:service_times": "a service",
    "boards:unit_times": "a unit",
    "calibration:open": "names only, without a rating: whom the head's own raters have decided",
    "citizens:survey_action": "a survey of citizens",
    "explainers:explainer": "a text for everybody, with the own score of who reads",
    "citizens:survey_period": "a survey of citizens",
    "citizens:survey_result": "a survey of citizens",
    "complaints:complaint": "a citizen's report, whose handling is in its own history",
    "complaints:photo": "a citizen's report, whose handling is in its own history",
    "custody:small": "drawn within pages that are watched",
    "dialogue:ask": "a form without a record; what is sent reaches the person",
    "dialogue:give": "a form without a record; what is sent reaches the person",
    "dictionary:entry": "a standard for everybody",
    "documents:evaluation_packets": "a form without a record, like other packets of who leads a unit",
    "documents:matrix": "a team's division of work, not one person's record",
    "documents:matrix_xlsx": "a team's division of work, not one person's record",
    "documents:minutes": "a visit, whose points reach the people in them",
    "documents:survey": "a survey of citizens",
    "documents:survey_draft": "a survey of citizens",
    "documents:survey_xlsx": "a survey of citizens",
    "evaluation:policy_version": "rules",
    "evaluation:what_if": "shows everybody only the own score",
    "goals:agreement": "a unit's agreement, published within the government",
    "goals:goal": "a goal of the government",
    "matrix:column": "a result of a team",
    "matrix:coverage": "a team's division of work, not one person's record",
    "matrix:show": "a team's division of work, not one person's record",
    "observation:instrument": "an instrument",
    "observation:settle": "the overseer's own act, which the person reads",
    "people:unit": "a unit",
    "training:course": "a course for everybody",
    "training:invite": "a form without a record; the invited person reads it",
    "training:session": "a session, without other people for an overseer",
}
"""Addresses that overseers open and that leave no `Opening`, with why; those of a whole room stand below."""
UNWATCHED_ROOMS = {
    "precedents": "told without names to everybody",
    "policy_drafts": "rules",
    "fairness": "how ratings of a window look side by side; single papers are opened on watched pages",
    "closing": "a period's frozen results; a person's own page there is opened from a watched one",
    "oversight": "the overseers' own visits: points reach the people in them, logs opened have their own line",
    "privacy": "failures of data protection, not a person's performance",
    "signals": "notes what is opened by itself (`views.team`)",
}


def test_every_record_that_overseers_may_open_is_watched_or_exempt_with_a_reason():
    matrix = tomllib.loads((Path(settings.ROOT) / "tests" / "access.toml").read_text("utf-8"))
    groups = matrix.pop("groups")

    def roles(names):
        return {role for name in names for role in (roles(groups[name]) if name in groups else {name})}

    open_ones = {
        title.partition(" ")[0]
        for title, told in matrix.items()
        if "pengawas" in roles(told["open"])
        and "publik" not in roles(told["open"])
        and "GET" in told.get("method", "GET")
        and (told.get("args") or "pegawai=" in told.get("query", ""))
    }
    exempt = {name for name in open_ones if name in UNWATCHED or name.partition(":")[0] in UNWATCHED_ROOMS}
    watched = set(settings.TERANG_WATCHED)
    assert sorted(open_ones - watched - exempt) == [], "note who opens these (TERANG_WATCHED), or say why not"
    assert sorted(exempt & watched | UNWATCHED.keys() - open_ones) == [], "exempt for nothing"
