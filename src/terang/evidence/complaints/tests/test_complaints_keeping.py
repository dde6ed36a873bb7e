"""A coordinator keeps categories and terms: stricter than the nation for the office, never for the citizen."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from terang.evidence.complaints.models import ComplaintCategory, ComplaintTerms
from terang.evidence.complaints.services.keeping import set_category, set_terms
from terang.web.errors import NotAllowed

TODAY = date(2026, 11, 24)


def test_own_terms_shorten_the_office_and_hold_from_their_day(house):
    own = {"pelayanan": 10, "verification": 1, "basis": "Perbup 1/2026"}
    set_terms(actor=house.viewer("kokom"), valid_from=TODAY, values=own)
    found = house.report()
    assert (found.verify_due_on, found.finish_due_on) == (date(2026, 11, 25), date(2026, 12, 8))
    house.go_to(date(2026, 11, 25))
    assert house.report().verify_due_on == date(2026, 11, 26)


@pytest.mark.parametrize(
    ("values", "field"),
    [({"pelayanan": 15}, "pelayanan"), ({"first_answer": 6}, "first_answer"), ({"response": 9}, "response"),
     ({"completion": 29}, "completion"), ({"verification": 0}, "verification")],
)  # fmt: skip
def test_terms_that_are_worse_for_citizens_are_refused_at_their_field(house, values, field):
    with pytest.raises(ValidationError) as refused:
        set_terms(actor=house.viewer("kokom"), valid_from=TODAY, values={**values, "basis": "Perbup"})
    assert field in refused.value.message_dict
    assert not ComplaintTerms.objects.exists()


def test_a_day_that_has_passed_or_is_taken_is_refused(house):
    told = {"actor": house.viewer("kokom"), "values": {"basis": "Perbup"}}
    with pytest.raises(ValidationError):
        set_terms(valid_from=date(2026, 11, 23), **told)
    set_terms(valid_from=TODAY, **told)
    with pytest.raises(ValidationError):
        set_terms(valid_from=TODAY, **told)


@pytest.mark.parametrize("who", ["head", "budi", "ines", "lala", "mayor", "maya"])
def test_only_the_coordinator_of_the_whole_government_keeps_them(house, who):
    with pytest.raises(NotAllowed):
        set_terms(actor=house.viewer(who), valid_from=TODAY, values={"basis": "Perbup"})
    with pytest.raises(NotAllowed):
        set_category(actor=house.viewer(who), category=ComplaintCategory(), values={"code": "x", "name": "X"})


def test_a_code_never_changes_and_stands_once(house, client):
    client.force_login(house.people["kokom"].user)
    told = {"name": "Lampu", "code": "ktp", "usual_class": "pelayanan", "active": "on"}
    assert client.post(reverse("complaints:category_new"), told).status_code == 422
    assert client.post(reverse("complaints:category_new"), told | {"code": "lampu"}).status_code == 303
    lamp = ComplaintCategory.objects.get(code="lampu")
    client.post(reverse("complaints:category_edit", args=[lamp.pk]), told | {"name": "Lampu jalan", "code": "lain"})
    lamp.refresh_from_db()
    assert (lamp.code, lamp.name) == ("lampu", "Lampu jalan")


def test_the_page_tells_terms_and_how_sure_we_are(house, client):
    client.force_login(house.people["head"].user)
    page = client.get(reverse("complaints:categories")).content.decode()
    assert "PermenPANRB 5/2025" in page
    assert "belum dibaca" in page
    assert "Tambah kategori" not in page
    client.force_login(house.people["kokom"].user)
    told = {"valid_from": TODAY.isoformat(), "pelayanan": "20", "identity_days": "365", "basis": "Perbup"}
    answer = client.post(reverse("complaints:terms_new"), told)
    assert answer.status_code == 422
    assert "lebih lama daripada aturan nasional" in answer.content.decode()
    assert client.post(reverse("complaints:terms_new"), told | {"pelayanan": "7"}).status_code == 303
