"""Explainers: what they say, what is kept of a reader, how far they have come, and where help is."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.cast import NOW, TODAY
from tests.rating import make_city

from terang.audit.models import JournalEntry
from terang.evaluation.models import Score, ScoreComponent
from terang.follow_up.explainers import services
from terang.follow_up.explainers.content import explainers
from terang.follow_up.explainers.models import HelpContact, Reading
from terang.follow_up.explainers.selectors import reach_among, shelf_of
from terang.follow_up.explainers.services import Contact
from terang.web.errors import NotAllowed, Stale

pytestmark = pytest.mark.django_db
HOW = explainers()["nilai"]
RIGHT = [each.right for each in HOW.questions]
WRONG = [(each.right + 1) % len(each.options) for each in HOW.questions]


def read(cast, who="andi", answers=RIGHT, version=HOW.version):
    return services.answer(actor=cast.viewer(who), explainer=HOW, answers=answers, version=version)


@pytest.mark.parametrize("each", explainers().values(), ids=lambda each: each.code)
def test_every_explainer_is_whole_in_both_languages(each):
    assert len(each.text) == len(each.text_en) >= 3
    assert each.questions
    for question in each.questions:
        assert len(question.options) == len(question.options_en) == len(set(question.options)) >= 2
        assert 0 <= question.right < len(question.options)
        assert question.why
        assert question.why_en
    words = sum(len(part.split()) for part in each.text)
    assert words / 120 <= each.minutes, "read slowly it takes no longer than it says"


def test_read_is_kept_once_understood_when_right_and_no_answer_at_all(cast):
    first = read(cast, answers=WRONG)
    assert (first.read_on, first.understood_on) == (TODAY, None)
    assert read(cast).understood_on == TODAY
    assert read(cast, answers=WRONG).understood_on == TODAY, "understood once, it stays so"
    assert Reading.objects.count() == 1
    told = JournalEntry.objects.filter(verb__startswith="explainers.").values_list("verb", flat=True)
    assert sorted(told) == ["explainers.read", "explainers.understood"]
    about = JournalEntry.objects.filter(verb__startswith="explainers.")
    assert not about.exclude(actor_id=None, subject_employee_id=None, object_id=None).exists(), "who read is nobody's"


def test_a_new_version_asks_again(cast):
    Reading.objects.create(employee=cast.andi, code="nilai", text_version=HOW.version - 1 or 99, read_on=TODAY)
    [mine] = [each for each in shelf_of(cast.viewer("andi")) if each.explainer is HOW]
    assert (mine.reading, mine.older) == (None, True)
    with pytest.raises(Stale):
        read(cast, version=HOW.version + 1)
    with pytest.raises(ValidationError):
        read(cast, answers=RIGHT[:1])


def test_the_page_tells_why_and_keeps_nothing_of_an_unfinished_form(cast, sign_in):
    client, url = sign_in("andi"), reverse("explainers:explainer", args=["nilai"])
    page = client.post(url, {"version": "1", "q0": "0"})
    assert page.status_code == 422
    assert "Pilih satu jawaban" in page.content.decode()
    assert not Reading.objects.exists()
    wrong = client.post(url, {"version": "1"} | {f"q{n}": given for n, given in enumerate(WRONG)})
    assert "Belum tepat" in wrong.content.decode()
    assert HOW.questions[0].why in wrong.content.decode()
    right = client.post(url, {"version": "1"} | {f"q{n}": given for n, given in enumerate(RIGHT)})
    assert "Semuanya tepat" in right.content.decode()
    assert client.get(reverse("explainers:explainer", args=["tidak-ada"])).status_code == 404


def test_it_walks_through_ones_own_score(cast, sign_in, monkeypatch, settings):
    client, url = sign_in("andi"), reverse("explainers:explainer", args=["nilai"])
    assert "belum punya nilai" in client.get(url).content.decode()
    city = make_city(cast, monkeypatch, settings)
    score = Score.objects.create(
        employee=cast.andi,
        period=city.window.period,
        unit=cast.units["register"],
        policy=city.version,
        total_bp=8210,
        coverage_bp=10_000,
        status="complete",
        ruleset="terang-3",
        input_digest="d" * 64,
        computed_at=NOW,
        changed_at=NOW,
    )
    for code, weight in (("attendance_rate", 6000), ("punctuality", 4000)):
        ScoreComponent.objects.create(
            score=score,
            aspect="disiplin",
            measure=code,
            value_bp=8210,
            score_bp=8210,
            weight_bp=weight,
            effective_weight_bp=weight,
            numerator=82,
            denominator=100,
            n=100,
            reason="",
        )
    page = client.get(url).content.decode()
    assert "nilai Anda 82,1" in page
    assert f"{reverse('evaluation:score', args=[score.period_id, cast.andi.pk])}#disiplin" in page


def test_shares_of_others_are_told_in_quarters_from_ten_people_on_and_without_names(cast, sign_in):
    read(cast, "andi")
    read(cast, "rina", WRONG)
    few = {each.explainer.code: each for each in reach_among(cast.viewer("hendra"))}["nilai"]
    assert (few.people, few.read, few.understood) == (2, None, None)
    many = {each.explainer.code: each for each in reach_among(cast.viewer("maya"))}["nilai"]
    assert (many.people, many.read, many.understood) == (12, 1, 1)
    for person in cast.people:
        read(cast, person)
    all_of_them = {each.explainer.code: each for each in reach_among(cast.viewer("maya"))}["nilai"]
    assert all_of_them.read == 4
    assert "lebih dari tiga perempat" in sign_in("maya").get(reverse("explainers:reach")).content.decode()
    page = sign_in("maya").get(reverse("explainers:reach")).content.decode()
    assert "Andi Pratama" not in page
    assert sign_in("andi").get(reverse("explainers:reach")).status_code == 403


def test_the_shelf_asks_the_same_whatever_was_read(cast, sign_in):
    client = sign_in("andi")
    counted = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("explainers:shelf"))
        counted.append(len(asked))
        for each in explainers().values():
            answers = [question.right for question in each.questions]
            services.answer(actor=cast.viewer("andi"), explainer=each, answers=answers, version=each.version)
    assert counted[0] == counted[1]


class TestHelp:
    told = Contact("konselor", "Ruang konseling", "Lantai 2, Balai Kota", "Senin–Jumat 09.00–15.00")

    def test_personnel_names_it_once_everybody_reads_it_and_it_ends(self, cast, sign_in):
        key = "00000000-0000-0000-0000-000000000001"
        made = services.add_contact(actor=cast.viewer("maya"), told=self.told, form_key=key)
        assert services.add_contact(actor=cast.viewer("maya"), told=self.told, form_key=key) == made
        assert "Ruang konseling" in sign_in("andi").get(reverse("explainers:shelf")).content.decode()
        services.end_contact(actor=cast.viewer("maya"), contact=made)
        services.end_contact(actor=cast.viewer("maya"), contact=made)
        assert JournalEntry.objects.filter(verb="explainers.help_ended").count() == 1
        page = sign_in("andi").get(reverse("explainers:shelf")).content.decode()
        assert "Ruang konseling" not in page
        assert "Bicaralah dengan pimpinan Anda" in page

    def test_nobody_else_and_nothing_half(self, cast):
        with pytest.raises(NotAllowed):
            services.add_contact(actor=cast.viewer("hendra"), told=self.told, form_key=None)
        with pytest.raises(ValidationError) as wrong:
            services.add_contact(actor=cast.viewer("maya"), told=Contact("?", " ", "", ""), form_key=None)
        assert set(wrong.value.message_dict) == {"kind", "name", "reach"}
        assert not HelpContact.objects.exists()
