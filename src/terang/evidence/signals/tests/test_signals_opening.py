"""What overseers open of others leaves a trace, once a day, and the person reads it; and every watched page exists."""

from django.urls import reverse

from terang.audit.models import JournalEntry
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
    from django.conf import settings
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
