"""What an act refuses stands beside its field with all that was typed; no form answers with a page of its own."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from terang.evidence.complaints.acts import ACTS
from terang.evidence.complaints.models import Complaint, ComplaintState
from terang.evidence.complaints.services import disclosing
from terang.evidence.complaints.services.reporting import derived_token
from terang.evidence.complaints.tests.test_complaints_pages import follow, send
from terang.evidence.complaints.wording import what_next

S = ComplaintState
NEED_NOTHING = {"periksa", "tangani", "awasi"}


@pytest.fixture
def post(house, client):
    def act(who, found, slug, **told):
        client.force_login(house.people[who].user)
        address = reverse("complaints:act", args=[found.tracking_code, slug])
        return client.post(address, {"version": Complaint.objects.get(pk=found.pk).version, **told})

    return act


def test_passing_on_without_a_unit_is_told_beside_the_field_and_keeps_what_was_typed(house, client, post):
    found = house.verifying(category=None)
    told = {"complaint_class": "informasi", "unit": "", "note": "Segera dicek.", "is_published": "on"}
    answer = post("kokom", found, "teruskan", **told)
    page = answer.content.decode()
    assert answer.status_code == 422
    [form] = [form for act, form in answer.context["offered"] if act.slug == "teruskan"]
    assert form.errors == {"unit": ["Pilih unit yang menjawab."]}
    assert 'id="id_teruskan_unit"' in page
    assert "Segera dicek." in page
    assert '<option value="informasi" selected>' in page
    assert Complaint.objects.get().state == S.VERIFYING
    assert post("kokom", found, "teruskan", **told | {"unit": house.units["service"].pk}).status_code == 303


def test_what_alleges_misconduct_needs_no_unit(house, post):
    found = house.verifying(category=None)
    assert post("kokom", found, "teruskan", complaint_class="pengawasan", unit="", note="").status_code == 303
    assert Complaint.objects.get().is_misconduct


def test_a_wrong_main_report_is_told_beside_its_number(house, post):
    found = house.verifying()
    for number, words in (("ADU-2222-2222", "tidak ditemukan"), (found.tracking_code, "sedang ditangani")):
        answer = post("kokom", found, "gabung", main=number)
        assert answer.status_code == 422
        [form] = [form for act, form in answer.context["offered"] if act.slug == "gabung"]
        assert words in form.errors["main"][0]
        assert number in answer.content.decode()


@pytest.mark.parametrize("slug", [act.slug for act in ACTS])
def test_no_act_sent_empty_leaves_the_page(house, post, slug):
    """Each from the first person and state that offer it."""
    made = [(house.report, {}), (house.verifying, {}), (house.routed, {}), (house.in_hand, {}), (house.answered, {})]
    made += [(house.verifying, {"is_misconduct": True}), (house.in_hand, {"is_misconduct": True, "is_anonymous": True})]
    made.append((lambda **fields: _hidden(house.routed(**fields)), {}))
    for make, fields in made:
        found = make(category=None, **fields)
        for who in ("kokom", "head", "budi", "ines"):
            if slug in _offered(house, post, who, found):
                answer = post(who, found, slug, form_key=uuid4())
                assert answer.status_code == (303 if slug in NEED_NOTHING else 422), (who, found.state)
                assert slug in NEED_NOTHING or "Muat ulang" not in answer.content.decode()
                return
    pytest.fail("nobody is ever offered it")


def _hidden(found):
    Complaint.objects.filter(pk=found.pk).update(is_published=False)
    return found


def _offered(house, post, who, found):
    client = house.client
    client.force_login(house.people[who].user)
    answer = client.get(found.get_absolute_url())
    return {act.slug for act, _ in answer.context["offered"]} if answer.status_code == 200 else set()


@pytest.fixture(autouse=True)
def browser(house, client):
    house.client = client


def test_what_the_state_refuses_still_says_so_on_a_page_of_its_own(house, post):
    found = house.answered()
    told = {"complaint_class": "informasi", "unit": house.units["service"].pk}
    assert post("kokom", found, "teruskan", **told).status_code == 409


def test_misconduct_is_taken_by_the_oversight_team_and_never_offered_to_a_unit(house, client, post):
    found = house.verifying(is_misconduct=True, about_unit=house.units["service"])
    assert "teruskan" not in _offered(house, post, "ines", found)
    assert "Teruskan ke unit" not in client.get(found.get_absolute_url()).content.decode()
    assert post("ines", found, "awasi").status_code == 303
    kept = Complaint.objects.get()
    assert (kept.state, kept.unit) == (S.ROUTED, None)
    assert kept.messages.last().text == "Laporan ditangani oleh tim pengawas."
    assert next(act.slug for act, _ in client.get(found.get_absolute_url()).context["offered"]) == "tangani"
    assert (
        post("ines", house.verifying(is_misconduct=True), "teruskan", unit=house.units["service"].pk).status_code == 422
    )
    ordinary = house.verifying()
    assert "awasi" not in _offered(house, post, "kokom", ordinary)


def test_a_decision_on_an_identity_without_an_answer_decides_nothing(house, client):
    found = house.in_hand(is_misconduct=True, is_anonymous=True)
    asked = disclosing.ask_disclosure(actor=house.viewer("agus"), complaint=found, reason="Perlu saksi.")
    client.force_login(house.people["ines"].user)
    assert client.post(reverse("complaints:decide", args=[found.tracking_code, asked.pk])).status_code == 409
    asked.refresh_from_db()
    assert (asked.approved_at, asked.refused_at) == (None, None)


def test_a_citizen_who_opens_again_too_late_keeps_the_words(house, client):
    house.go_to(house.viewer("head").today)
    _page, key = follow(client, send(client, house))
    found = Complaint.objects.get()
    late = found.received_on - timedelta(days=1)
    now = found.received_at
    Complaint.objects.update(state=S.ANSWERED, last_answer_at=now, answered_on=found.received_on, response_due_on=late)
    address = reverse("complaints:follow_act", args=[key, "buka-lagi"])
    answer = client.post(address, {"text": "Masih gelap.", "form_key": str(uuid4())})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Masih gelap." in page
    assert "sudah lewat" in page


@pytest.mark.parametrize("misconduct", [True, False])
def test_the_receipt_of_misconduct_says_that_the_accused_never_see_it(house, client, misconduct):
    key = str(uuid4())
    found = house.report(is_misconduct=misconduct, about_unit=house.units["service"], form_key=UUID(key))
    page = client.get(reverse("complaints:receipt", args=[derived_token(UUID(key))])).content.decode()
    assert found.tracking_code in page
    assert ("tidak pernah melihat laporan ini" in page) is misconduct
    assert ("diperiksa tim pengawas paling lambat" in page) is misconduct
    assert ("diperiksa tim pengawas paling lambat" in what_next(found)) is misconduct
