"""The problems of a policy in the language of whoever wrote it."""

import re
from uuid import UUID

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from terang.evaluation.services import publish_policy
from terang.rules.policies import PolicyError
from terang.web.sentences import said

INDONESIAN = re.compile(
    r"\b(tidak|harus|belum|sudah|dengan|untuk|bukan|yang|hanya|masih|dikenal|bilangan|seharusnya|isi|tulis|ubah)\b",
    re.I,
)


def told(client, text: str) -> str:
    file = SimpleUploadedFile("kebijakan.toml", text.encode())
    page = client.post(reverse("policy_drafts:begin"), {"form_key": str(UUID(int=1)), "source": "berkas", "file": file})
    assert page.status_code == 422
    found = re.search(r'<section class="errors".*?</section>', page.content.decode(), re.S)
    assert found
    return re.sub(r"<[^>]*>", " ", found[0])


@pytest.fixture
def broken(city) -> str:
    """A policy with a fault of each kind of reader: a number, a key, a reference, a sum, and a word."""
    text = city.version.text.replace("standard_bp = 6500", 'standard_bp = "65"').replace(
        "weight_bp = 4000", "weight_bp = 3525"
    )
    return text.replace('period = "month"', 'period = "bulan"\nperiode = 1').replace(
        'aspects = ["layanan"]', 'aspects = ["layana"]'
    )


ENGLISH = [
    "must be a whole number, not text",
    "this key is not known",
    "Did you mean “layanan”?",
    "9525 (95.25%) instead of 10000 (100%): 475 too little",
    "Known are: month",
]


def test_problems_are_english_for_an_english_viewer(broken, client, settings, city):
    client.force_login(city.cast.maya.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = told(client, broken)
    assert [words for words in ENGLISH if words not in page] == []
    assert INDONESIAN.findall(page) == []


def test_problems_are_indonesian_otherwise(broken, client, city):
    client.force_login(city.cast.maya.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = told(client, broken)
    assert "harus bilangan bulat, bukan teks" in page
    assert "9525 (95,25 %), seharusnya 10000 (100 %): kurang 475" in page


def test_a_number_that_is_taken_and_a_fault_in_the_writing_are_english_too(client, settings, city):
    client.force_login(city.cast.maya.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    with pytest.raises(PolicyError) as refused, translation.override("en"):
        publish_policy(
            agency=city.cast.agency, text=city.version.text.replace("standard_bp = 6500", "standard_bp = 7000")
        )
    with translation.override("en"):
        taken = " ".join(f"{said(each.message)} {said(each.hint)}" for each in refused.value.problems)
    assert "version 1" in taken
    assert INDONESIAN.findall(taken) == []
    assert "line 1, column 9" in told(client, "title = = 1")


def test_what_if_speaks_english(measured, client):
    client.force_login(measured.cast.andi.user)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = client.get(reverse("evaluation:what_if", args=[measured.period.pk])).content.decode()
    for words in ("What if…", "Score of today", "What you cannot promise by yourself", "Present and on time"):
        assert words in page
    assert "Anda" not in page
