import re

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory

from terang.web import icons
from terang.web.errors import Stale
from terang.web.forms import FileField, FormKeyMixin, ScaleField, VersionMixin
from terang.web.navigation import NavItem


def drawn(source: str, **context: object) -> str:
    return engines["django"].from_string(source).render(context, RequestFactory().get("/?q=a&halaman=1"))


class Form(FormKeyMixin, VersionMixin):
    what = forms.CharField(label="Kegiatan", help_text="Satu kalimat.")
    ease = ScaleField(label="Kemudahan")
    proof = FileField(label="Bukti", types=("pdf",), limit_mb=1, required=False)


def test_a_score_is_never_naked() -> None:
    page = drawn('{% score 8750 9200 8500 "/mengapa/" %}')
    assert "87,5" in page
    assert "naik 2,5" in page
    assert "Bukti lengkap 92\u00a0%" in page
    assert 'href="/mengapa/"' in page


def test_a_missing_score_shows_no_number_and_a_first_one_no_direction() -> None:
    assert "Belum ada nilai" in drawn("{% score None 5000 None %}")
    assert "0,0" not in drawn("{% score None 5000 None %}")
    assert "Belum ada pembanding" in drawn("{% score 8750 9200 None %}")
    assert "turun 3,2" in drawn("{% score 7110 9200 7430 %}")


def test_many_tabs_stand_in_groups_and_every_page_is_reachable() -> None:
    heads = {0: "Saya", 3: "Tim", 6: "Instansi"}
    items = [NavItem(str(n), f"/{n}/", current=n == 4, head=heads.get(n, "")) for n in range(9)]
    page = drawn('{% tabs items "Halaman" %}', items=items)
    strip, menu = page.split("<details")
    assert re.findall(r'href="/(\d)/"', strip) == ["3", "4", "5"]
    assert re.findall(r'href="/(\d)/"', menu) == ["0", "1", "2", "6", "7", "8"]
    assert "Saya, Instansi" in menu
    assert 'aria-current="page">4' in strip
    assert "<details" not in drawn('{% tabs items "Halaman" %}', items=items[:3])
    assert "tabs-grouped" not in drawn('{% tabs items "Halaman" %}', items=items[4:6])


def test_text_from_people_is_escaped_everywhere() -> None:
    evil = "<script>alert(1)</script>"
    sources = [
        '{% badge evil "ok" %}',
        "{% empty evil evil %}",
        "{% why evil %}{{ evil }}{% endwhy %}",
        "{% button_confirm evil %}",
    ]
    for source in sources:
        page = drawn(source, evil=evil)
        assert "<script>" not in page
        assert "&lt;script&gt;" in page


def test_an_unknown_icon_or_badge_is_an_error_not_a_blank() -> None:
    with pytest.raises(KeyError):
        icons.icon("tidak-ada")
    with pytest.raises(KeyError):
        drawn('{% badge "x" "hijau" %}')


def test_a_field_ties_label_help_and_error_together() -> None:
    form = Form({"what": "", "ease": "", "form_key": "", "version": "1"})
    page = drawn("{% form_errors form %}{% field form.what %}", form=form)
    assert '<label for="id_what">' in page
    assert 'aria-describedby="id_what_help id_what_error"' in page
    assert 'aria-invalid="true"' in page
    assert 'href="#id_what"' in page


def test_a_valid_field_claims_no_error() -> None:
    page = drawn("{% form_errors form %}{% field form.what %}", form=Form())
    assert "aria-invalid" not in page
    assert 'role="alert"' not in page


def test_what_was_entered_stays_when_another_field_is_wrong() -> None:
    form = Form({"what": "Rapat", "ease": "9", "form_key": "", "version": "1"})
    page = drawn("{% field form.what %}{{ form.form_key }}", form=form)
    assert 'value="Rapat"' in page


def test_the_scale_gives_integers_and_refuses_others() -> None:
    field = ScaleField()
    assert field.clean("3") == 3
    assert ScaleField(required=False).clean("") is None
    for wrong in ("0", "5", "x"):
        with pytest.raises(forms.ValidationError):
            field.clean(wrong)
    page = drawn('{% scale_field form.ease number="1" %}', form=Form())
    assert page.count('type="radio"') == 4
    assert "Sangat baik" in page


def test_a_file_is_refused_by_type_and_size_with_the_limits_named() -> None:
    field = FileField(types=("pdf",), limit_mb=1)
    assert field.clean(SimpleUploadedFile("a.pdf", b"x")).name == "a.pdf"
    with pytest.raises(forms.ValidationError, match="PDF, paling besar 1 MB"):
        field.clean(SimpleUploadedFile("a.exe", b"x"))
    with pytest.raises(forms.ValidationError, match="2 MB, lebih besar"):
        field.clean(SimpleUploadedFile("a.pdf", b"x" * (1024 * 1024 + 1)))


def test_a_form_keeps_its_key_and_refuses_a_newer_row() -> None:
    key = Form()["form_key"].value()
    bound = Form({"what": "x", "ease": "3", "form_key": str(key), "version": "4"})
    assert bound.is_valid()
    assert str(bound.cleaned_data["form_key"]) == str(key)
    row = type("Row", (), {"version": 4})()
    bound.require_current(row)
    row.version = 5
    with pytest.raises(Stale):
        bound.require_current(row)


def test_the_pager_keeps_the_rest_of_the_address() -> None:
    page = drawn("{% pager page %}", page=Paginator(range(60), 25).page(2))
    assert 'href="?q=a&amp;halaman=3"' in page
    assert 'href="?q=a&amp;halaman=1"' in page
    assert drawn("{% pager page %}", page=Paginator(range(3), 25).page(1)).strip() == ""


def test_progress_asks_again_only_while_there_is_something_to_ask() -> None:
    assert 'hx-trigger="every 2s"' in drawn('{% progress 5 10 "Impor" "/kemajuan/" %}')
    assert "hx-trigger" not in drawn('{% progress 10 10 "Impor" %}')
    assert "0\u00a0%" in drawn('{% progress 0 0 "Impor" %}')
