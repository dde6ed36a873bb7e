"""The checklist: prepared from the unit's standards and the government's own points, written in one go."""

from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from terang.evidence.inspected import Criterion
from terang.evidence.oversight import services
from terang.evidence.oversight.checklist import discipline, key_of, questions
from terang.evidence.oversight.models import ChecklistItem, CheckState, InspectionCheck
from terang.evidence.oversight.services import Seen
from terang.registry.people.models import Role
from terang.rules.oversight.checklist import usual_items
from terang.web.errors import NotAllowed, NotNow

STANDARD = "Standar terpasang di loket: KTP elektronik"


@pytest.fixture
def visit(office, agus, today, monkeypatch):
    def source(unit, day):
        return [Criterion(STANDARD, "SK 12/2025", "/layanan/1/")]

    monkeypatch.setattr("terang.evidence.oversight.hooks.import_string", lambda path: source)
    told = {"unit": office.unit, "day": today, "purpose": "Sidak", "letter": "1", "reply_days": 3}
    return services.open_inspection(actor=office.viewer(agus), form_key=uuid4(), **told)


def test_it_holds_the_usual_points_and_what_the_rooms_want_each_once(visit):
    told = [each.criterion.text for each in questions(visit)]
    assert told == [*(item.text for item in usual_items()), STANDARD]
    assert not any(each.written for each in questions(visit))


def test_points_are_written_in_one_go_and_once(visit, office, agus):
    seen = [Seen(STANDARD, True), Seen("Ruang tunggu bersih dan layak", False, note="Atap bocor")]
    viewer = office.viewer(agus)
    assert len(services.add_checklist(actor=viewer, inspection=visit, seen=seen).points) == 2
    again = services.add_checklist(actor=viewer, inspection=visit, seen=seen)
    assert (again.points, again.left_out) == ([], [each.criterion for each in seen]), "and what was left out is named"
    states = dict(InspectionCheck.objects.values_list("criterion", "state"))
    assert states == {STANDARD: CheckState.CONFIRMED, "Ruang tunggu bersih dan layak": CheckState.OPEN}
    assert {each.criterion.text for each in questions(visit) if each.written} == set(states)


def test_what_was_withdrawn_is_written_anew(visit, office, agus):
    viewer, seen = office.viewer(agus), [Seen(STANDARD, False, note="Tertutup")]
    [point] = services.add_checklist(actor=viewer, inspection=visit, seen=seen).points
    services.withdraw_check(actor=viewer, check=point, reason="Salah lihat", version=0)
    assert not any(each.written for each in questions(visit))
    again = services.add_checklist(actor=viewer, inspection=visit, seen=[Seen(STANDARD, True)])
    assert (len(again.points), again.left_out) == (1, [])


def test_who_inspects_a_part_changes_nothing_for_the_whole(client, office, today):
    part = office.employee("Sebagian")
    office.grant(part, Role.OVERSIGHT, office.unit)
    told = {"text": "Apel pagi", "source": "", "valid_from": today}
    with pytest.raises(NotAllowed, match="seluruh pemerintah"):
        services.add_item(actor=office.viewer(part), **told)
    with pytest.raises(NotAllowed, match="seluruh pemerintah"):
        services.end_item(actor=office.viewer(part), text=usual_items()[0].text)
    client.force_login(part.user)
    page = client.get(reverse("oversight:items")).content.decode()
    assert usual_items()[0].text in page
    assert reverse("oversight:item_new") not in page
    assert reverse("oversight:item_end") not in page
    assert client.get(reverse("oversight:item_new")).status_code == 403


def test_what_was_written_meanwhile_is_named(client, visit, agus, office):
    client.force_login(agus.user)
    services.add_checklist(actor=office.viewer(agus), inspection=visit, seen=[Seen(STANDARD, True)])
    url = reverse("oversight:checklist", args=[visit.pk])
    sent = {f"met-{key_of(STANDARD)}": "tidak", f"note-{key_of(STANDARD)}": "Tertutup poster"}
    page = client.post(url, sent, follow=True).content.decode()
    assert f"sudah dicatat sebelumnya: {STANDARD}" in page
    assert InspectionCheck.objects.count() == 1


def test_what_is_not_met_needs_a_note_or_nothing_is_written(visit, office, agus):
    seen = [Seen(STANDARD, True), Seen("Loket", False, note=" ")]
    with pytest.raises(ValidationError) as refused:
        services.add_checklist(actor=office.viewer(agus), inspection=visit, seen=seen)
    assert list(refused.value.message_dict) == [key_of("Loket")]
    with pytest.raises(NotAllowed):
        services.add_checklist(actor=office.viewer(office.head), inspection=visit, seen=seen[:1])
    assert not InspectionCheck.objects.exists()


def test_a_government_makes_the_list_its_own_from_a_day_on(office, agus, today):
    viewer = office.viewer(agus)
    services.add_item(actor=viewer, text="Apel pagi  dihadiri", source="Perwal 3", valid_from=today)
    told = [each.text for each in discipline(office.agency.pk, today)]
    assert told == [*(item.text for item in usual_items()), "Apel pagi dihadiri"]
    with pytest.raises(ValidationError):
        services.add_item(actor=viewer, text="Apel pagi dihadiri", source="", valid_from=today)
    services.end_item(actor=viewer, text=told[0])
    assert [each.text for each in discipline(office.agency.pk, today)] == told[1:]
    assert ChecklistItem.objects.filter(text=told[0], valid_to=today).exists(), "it ended and is not gone"
    with pytest.raises(NotNow):
        services.end_item(actor=viewer, text=told[0])
    with pytest.raises(NotAllowed):
        services.end_item(actor=office.viewer(office.head), text=told[1])


def test_one_point_is_left(office, agus, today):
    viewer = office.viewer(agus)
    for item in usual_items()[1:]:
        services.end_item(actor=viewer, text=item.text)
    with pytest.raises(NotNow, match="Sisakan"):
        services.end_item(actor=viewer, text=usual_items()[0].text)


def test_through_the_page(client, visit, agus, office):
    client.force_login(agus.user)
    url = reverse("oversight:checklist", args=[visit.pk])
    page = client.get(url).content.decode()
    assert "SK 12/2025" in page
    form = {f"met-{key_of(STANDARD)}": "tidak"}
    refused = client.post(url, form)
    assert refused.status_code == 422
    assert "Tulis apa yang Anda lihat" in refused.content.decode()
    assert client.post(url, form | {f"note-{key_of(STANDARD)}": "Tertutup poster"}).status_code == 302
    assert InspectionCheck.objects.get().note == "Tertutup poster"
    assert "sudah dicatat" in client.get(url).content.decode()
    client.post(reverse("oversight:item_new"), {"text": "Apel", "valid_from": visit.day.isoformat()})
    client.post(reverse("oversight:item_end"), {"text": "Apel"})
    assert "Apel" not in client.get(reverse("oversight:items")).content.decode()
    client.force_login(office.head.user)
    assert client.get(url).status_code == 403
