"""The problems of a policy in the language of whoever wrote it."""

import re

import pytest
from django.urls import reverse

INDONESIAN = re.compile(
    r"\b(tidak|harus|belum|sudah|dengan|untuk|bukan|yang|hanya|masih|dikenal|bilangan|seharusnya|isi|tulis|ubah)\b",
    re.I,
)


def told(client, text: str) -> str:
    page = client.post(reverse("evaluation:policy_new"), {"text": text})
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
    said = told(client, broken)
    assert [words for words in ENGLISH if words not in said] == []
    assert INDONESIAN.findall(said) == []


def test_problems_are_indonesian_otherwise(broken, client, city):
    client.force_login(city.cast.maya.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    said = told(client, broken)
    assert "harus bilangan bulat, bukan teks" in said
    assert "9525 (95,25 %), seharusnya 10000 (100 %): kurang 475" in said


def test_a_number_that_is_taken_and_a_fault_in_the_writing_are_english_too(client, settings, city):
    client.force_login(city.cast.maya.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    taken = told(client, city.version.text.replace("standard_bp = 6500", "standard_bp = 7000"))
    assert INDONESIAN.findall(taken) == []
    assert "line 1, column 9" in told(client, "title = = 1")
