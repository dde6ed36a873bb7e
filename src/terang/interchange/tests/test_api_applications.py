"""Lending access on screen: fresh sign-in, the token once, revoking by lender and personnel agency."""

import uuid
from datetime import timedelta

import pytest
from allauth.account.internal.flows.login import record_authentication
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from tests.cast import TODAY, make_cast

from terang.audit.models import JournalEntry
from terang.interchange.api.applications import MOST, Loan, lend, revoke
from terang.interchange.models import Application
from terang.web.errors import NotAllowed, NotNow

NEW = reverse("interchange:application_new")


@pytest.fixture
def fresh(sign_in, cast, known_day):
    """`fresh("andi")`: a browser in which somebody has just proved who they are."""

    def as_(name):
        browser = sign_in(name)
        request = HttpRequest()
        request.session = browser.session
        record_authentication(request, cast.people[name].user, method="password", reauthenticated=True)
        request.session.save()
        return browser

    return as_


def filled(**more):
    told = {"name": "Aplikasi dinas", "purpose": "Mencatat dari lapangan", "scopes": ["profil", "nilai"]}
    return {**told, "last_day": (TODAY + timedelta(days=30)).isoformat(), "form_key": str(uuid.uuid4()), **more}


def test_who_lends_proves_who_they_are(cast, sign_in, known_day):
    cast.andi.user.set_password("rahasia-panjang")
    cast.andi.user.save()
    answer = sign_in("andi").get(NEW)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))


def test_the_token_is_shown_once_and_works(fresh, ask):
    browser, told = fresh("andi"), filled()
    page = browser.post(NEW, told)
    assert page.status_code == 200
    token = page.context["token"]
    assert token in page.content.decode()
    assert page.headers["Cache-Control"].count("no-store")
    again = browser.post(NEW, told).content.decode()
    assert "tidak dapat ditampilkan lagi" in again
    assert Application.objects.count() == 1
    assert token not in browser.get(reverse("interchange:applications")).content.decode()
    assert ask(token, "me").told["application"]["scopes"] == ["profil", "nilai"]
    entry = JournalEntry.objects.get(verb="interchange.application_lent")
    assert token not in str(entry.changes)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"scopes": []}, "scopes"),
        ({"scopes": ["semua"]}, "scopes"),
        ({"last_day": (TODAY + timedelta(days=366)).isoformat()}, "last_day"),
        ({"last_day": (TODAY - timedelta(days=1)).isoformat()}, "last_day"),
        ({"name": ""}, "name"),
    ],
)
def test_faults_stand_beside_the_field_and_what_was_typed_stays(fresh, changed, field):
    page = fresh("andi").post(NEW, filled(**changed))
    assert page.status_code == 422
    assert field in page.context["form"].errors
    assert "Mencatat dari lapangan" in page.content.decode()
    assert not Application.objects.exists()


def test_lists_and_who_sees_them(cast, token_of, sign_in):
    token_of("andi")
    own, everybodys = reverse("interchange:applications"), reverse("interchange:applications_all")
    assert "Aplikasi dinas" in sign_in("andi").get(own).content.decode()
    assert "Belum ada aplikasi" in sign_in("rina").get(own).content.decode()
    assert sign_in("hendra").get(everybodys).status_code == 403
    page = sign_in("maya").get(everybodys).content.decode()
    assert "Andi Pratama" in page


def test_the_list_costs_the_same_for_many(cast, token_of, sign_in, django_assert_max_num_queries):
    token_of("andi")
    browser, place = sign_in("maya"), reverse("interchange:applications_all")
    browser.get(place)
    with django_assert_max_num_queries(40) as one:
        browser.get(place)
    for name in ("andi", "rina", "hendra", "joko"):
        token_of(name)
    with django_assert_max_num_queries(len(one)):
        assert len(browser.get(place).context["rows"]) == 5


def test_revoking(cast, token_of, sign_in, ask):
    token = token_of("andi")
    row = Application.objects.get()
    place = reverse("interchange:application_end", args=[row.pk])
    other = make_cast("11.02", "Kabupaten Lain")
    for viewer in (cast.viewer("rina"), cast.viewer("hendra"), cast.viewer("tono"), other.viewer("maya")):
        with pytest.raises(NotAllowed):
            revoke(actor=viewer, application_id=row.pk, reason="x")
    with pytest.raises(NotNow):
        revoke(actor=cast.viewer("andi"), application_id=row.pk, reason=" ")
    assert ask(token, "me").status_code == 200
    for _ in range(2):
        answer = sign_in("maya").post(place, {"reason": "Vendor berganti"})
        assert answer.headers["Location"] == reverse("interchange:applications_all")
    assert ask(token, "me").status_code == 401
    entry = JournalEntry.objects.get(verb="interchange.application_revoked")
    assert (entry.reason, entry.subject_employee_id) == ("Vendor berganti", cast.andi.pk)
    assert "Vendor berganti" in sign_in("andi").get(reverse("interchange:applications")).content.decode()


def test_who_has_left_lends_nothing(cast, known_day):
    cast.andi.left_on = TODAY
    cast.andi.save()
    with pytest.raises(NotAllowed):
        lend(actor=cast.viewer("andi"), loan=Loan("x", "x", ["profil"], TODAY), form_key=uuid.uuid4())


def test_only_so_many_and_only_known_scopes(cast, known_day):
    andi = cast.viewer("andi")
    with pytest.raises(ValidationError):
        lend(actor=andi, loan=Loan("x", "x", ["semua"], TODAY), form_key=uuid.uuid4())
    for _ in range(MOST):
        lend(actor=andi, loan=Loan("x", "x", ["profil"], TODAY), form_key=uuid.uuid4())
    with pytest.raises(NotNow):
        lend(actor=andi, loan=Loan("x", "x", ["profil"], TODAY), form_key=uuid.uuid4())


def test_the_page_for_programmers_is_open_and_whole(client, db):
    page = client.get(reverse("api_door:page"))
    text = page.content.decode()
    assert page.status_code == 200
    for told in ("/api/v1/entries", "kegiatan:tulis", 'id="no-scope"', "open311/v2/", "iclock/", "Idempotency-Key"):
        assert told in text
