"""The glossary: one source for screens, page and document; a term opens where it stands, without JavaScript."""

import re
from pathlib import Path

import pytest
from django.template import Context, Template
from django.utils import translation

from terang.web.glossary import in_order, terms

ROOT = Path(__file__).parents[4]


def drawn(text):
    return Template(text).render(Context())


def test_the_document_says_the_same_in_every_row():
    rows = set((ROOT / "docs/glossary.md").read_text(encoding="utf-8").splitlines())
    missing = [
        each.code
        for each in terms().values()
        if f"| {each.term} | {each.identifier} | {each.meaning_en} | {each.source} |" not in rows
    ]
    assert missing == []


def test_every_term_a_template_opens_is_known():
    """A wrong code would be an error on the page of whoever comes first."""
    used = {
        code
        for path in (ROOT / "src/terang").rglob("*.html")
        for code in re.findall(r'{% term "([^"]+)"', path.read_text(encoding="utf-8"))
    }
    assert used
    assert used <= set(terms())


def test_a_term_opens_its_meaning_and_article_in_place():
    html = drawn('<p>{% term "kuadran" "kuadran" %} {% term "kuadran" %}</p>')
    assert '<button type="button" class="term" popovertarget="istilah-kuadran-1"' in html
    assert 'popover id="istilah-kuadran-1"' in html
    assert 'popover id="istilah-kuadran-2"' in html
    assert "Lampiran IV p. 99–103" in html
    assert 'href="/glosarium/#kuadran"' in html
    assert "<p>" not in html[3:], "a paragraph within a paragraph would close it"


def test_a_term_speaks_the_readers_language():
    with translation.override("en"):
        html = drawn('{% term "kelengkapan-bukti" %}')
        assert ">coverage of evidence</button>" in html
        assert "Share of the policy&#x27;s weight that has evidence." in html
        assert [each.word for each in in_order()] == sorted((each.word for each in in_order()), key=str.casefold)


def test_an_unknown_term_is_an_error():
    with pytest.raises(KeyError):
        drawn('{% term "tidak-ada" %}')


@pytest.mark.django_db
def test_the_page_is_public_and_every_term_has_its_address(client):
    page = client.get("/glosarium/")
    assert page.status_code == 200
    html = page.content.decode()
    assert all(f'id="{code}"' in html for code in terms())
