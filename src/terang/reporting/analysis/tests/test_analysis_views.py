"""Saved views: a question is kept and shown, never an answer and never a right."""

import uuid

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from terang.audit.models import JournalEntry
from terang.reporting.analysis import services
from terang.reporting.analysis.forms import AskForm
from terang.reporting.analysis.models import SavedView, Sharing
from terang.reporting.analysis.selectors import menu_of, views_for
from terang.web.errors import NotAllowed, Stale


@pytest.fixture
def offices(town):
    town.crowd("register_officer", "register", [5000, 6000, 6500, 7000, 7500, 8000])
    town.crowd("nurse", "puskesmas", [8800, 8900, 9100])
    return town


@pytest.fixture
def saved(offices):
    """`saved("maya", "semua")`: a view somebody saved."""

    def saved(name, shared=Sharing.ME, key=None, **asked):
        viewer = offices.cast.viewer(name)
        form = AskForm({each: str(value) for each, value in asked.items()}, menu=menu_of(viewer))
        assert form.is_valid(), form.errors
        told = {"question": form.question, "name": "Nilai per unit", "shared": shared}
        return services.save_view(actor=viewer, **told, form_key=key or uuid.uuid4())

    return saved


def names(town, *people):
    return {name for name in people if views_for(town.cast.viewer(name)).exists()}


LEADERS = ("maya", "mayor", "sri", "hendra", "bambang", "dewi")


def test_a_view_is_shown_to_whom_the_owner_says(offices, saved):
    """Hendra leads an office of Dukcapil: Sri stands above him, the mayor above her, Dewi in another branch."""
    view = saved("hendra")
    assert names(offices, *LEADERS) == {"hendra"}
    change = {"actor": offices.cast.viewer("hendra"), "view": view, "name": view.name}
    services.change_view(**change, shared=Sharing.UNIT, version=1)
    assert names(offices, *LEADERS) == {"hendra", "sri", "mayor"}
    services.change_view(**change, shared=Sharing.ALL, version=2)
    assert names(offices, *LEADERS) == set(LEADERS)


def test_leaders_below_are_shown_what_their_leader_shares(offices, saved):
    saved("sri", Sharing.UNIT)
    assert names(offices, *LEADERS) == {"sri", "hendra", "mayor"}


def test_a_shared_view_widens_nobodys_access(offices, saved, open_as):
    whole = saved("maya", Sharing.ALL, unit=offices.cast.units["root"].pk)
    page = open_as("dewi", whole.get_absolute_url())
    assert page.status_code == 422
    assert "di luar yang boleh Anda lihat" in page.content.decode()
    assert "70,0" not in page.content.decode()
    assert open_as("andi", whole.get_absolute_url()).status_code == 403
    assert open_as("andi", reverse("analysis:change", args=[whole.pk])).status_code == 403


def test_a_question_that_names_no_unit_and_no_period_is_answered_for_who_asks(offices, saved, open_as):
    view = saved("maya", Sharing.ALL)
    assert "unit=" not in view.query
    assert "sampai=" not in view.query
    page = open_as("dewi", view.get_absolute_url()).content.decode()
    assert "89,0" in page
    assert "70,0" not in page


def test_the_owner_alone_changes_and_removes(offices, saved, open_as):
    view = saved("maya", Sharing.ALL)
    for name in ("change", "remove"):
        assert open_as("sri", reverse(f"analysis:{name}", args=[view.pk])).status_code == 403
    with pytest.raises(NotAllowed):
        services.remove_view(actor=offices.cast.viewer("sri"), view=view, version=1)


def test_a_stale_page_changes_nothing(offices, saved):
    view, maya = saved("maya"), offices.cast.viewer("maya")
    services.change_view(actor=maya, view=view, name="Baru", shared=Sharing.ME, version=1)
    with pytest.raises(Stale):
        services.change_view(actor=maya, view=view, name="Lain", shared=Sharing.ME, version=1)
    services.change_view(actor=maya, view=view, name="Baru", shared=Sharing.ME, version=1)
    with pytest.raises(Stale):
        services.remove_view(actor=maya, view=view, version=1)
    services.remove_view(actor=maya, view=view, version=2)
    services.remove_view(actor=maya, view=view, version=2)
    assert not SavedView.objects.exists()
    verbs = list(
        JournalEntry.objects.filter(verb__startswith="analysis.").order_by("pk").values_list("verb", flat=True)
    )
    assert verbs == ["analysis.view_saved", "analysis.view_changed", "analysis.view_removed"]


def test_a_double_click_saves_once(offices, saved):
    key = uuid.uuid4()
    assert saved("maya", key=key).pk == saved("maya", key=key).pk
    assert JournalEntry.objects.filter(verb="analysis.view_saved").count() == 1


def test_a_view_needs_a_name_and_a_reader(offices, saved):
    with pytest.raises(ValidationError):
        saved("maya", "dunia")


def test_saving_through_the_page(offices, open_as):
    query = f"cara=sebaran&unit={offices.cast.units['register'].pk}"
    page = open_as("maya", f"/analisis/simpan/?{query}").content.decode()
    assert "Yang dibagikan pertanyaannya" in page
    told = {"name": "  Sebaran loket  ", "shared": "semua", "form_key": str(uuid.uuid4())}
    answer = open_as("maya", f"/analisis/simpan/?{query}", told, method="post")
    assert answer.status_code == 302
    view = SavedView.objects.get()
    assert (view.name, view.shared) == ("Sebaran loket", "semua")
    assert "cara=sebaran" in view.query
    empty = open_as("maya", f"/analisis/simpan/?{query}", {**told, "name": " "}, method="post")
    assert empty.status_code == 422
    shown = open_as("sri", "/analisis/").content.decode()
    assert "Sebaran loket" in shown
    assert "dari Maya Lestari" in shown
    assert open_as("sri", view.get_absolute_url()).status_code == 200


def test_renaming_and_removing_through_the_page(offices, saved, open_as):
    view = saved("maya")
    address = reverse("analysis:change", args=[view.pk])
    assert 'value="Nilai per unit"' in open_as("maya", address).content.decode()
    answer = open_as("maya", address, {"name": "Lain", "shared": "saya", "version": 1}, method="post")
    assert answer.status_code == 302
    stale = open_as("maya", address, {"name": "Lagi", "shared": "saya", "version": 1}, method="post")
    assert stale.status_code == 409
    address = reverse("analysis:remove", args=[view.pk])
    assert "Lain" in open_as("maya", address).content.decode()
    assert open_as("maya", address, {"version": 2}, method="post").status_code == 302
    assert not SavedView.objects.exists()
