"""The screens of goals, as each person meets them."""

import re
import uuid
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from terang.planning.goals.models import Agreement, Goal, KeyIndicator, Reading
from terang.planning.goals.presenting import below, folded, outline
from terang.planning.goals.selectors import day_of
from terang.planning.goals.services import change_goal, record_signing, retire_indicator
from terang.registry.organization.models import Unit


@pytest.fixture
def today():
    return timezone.localdate()


def text(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def test_everybody_reads_the_tree_with_value_target_and_state(office, sign_in):
    indicator = office.indicator("SR1", 80_000, text="Imunisasi lengkap")
    office.reading(indicator, 85_500)
    page = text(sign_in("andi").get("/sasaran/?tahun=2026"))
    assert all(code in page for code in office.goals)
    assert "85,5 %" in page
    assert "memenuhi target" in page
    assert "3 di bawahnya" in page
    assert "belum ada indikator" in page
    assert "Tambah sasaran" not in page
    assert "Tambah sasaran" in text(sign_in("maya").get("/sasaran/"))


def test_the_tree_of_a_unit_shows_what_its_goals_serve(office, sign_in):
    office.goal("S2", "sasaran", "dukcapil", "T1")
    page = text(sign_in("andi").get(f"/sasaran/?unit={office.cast.units['puskesmas'].pk}&tahun=2026"))
    assert "P1</b>" in page
    assert page.count("goal context") + page.count("goal first context") == 3
    assert "S2</b>" not in page


@pytest.mark.parametrize("query", ["?tahun=abcd", "?unit=x", "?tahun=1&unit=99999999999999999999", "?tahun=2031"])
def test_an_odd_address_still_answers(office, sign_in, query):
    assert sign_in("andi").get(f"/sasaran/{query}").status_code == 200


def test_the_page_of_a_goal_says_who_answers_and_keeps_every_value(office, sign_in, today):
    indicator = office.indicator("SR1", 80_000, responsible=office.cast.posts["health_head"])
    wrong = office.reading(indicator, 10_000)
    office.reading(indicator, 50_000, corrects=wrong, reason="Salah ketik")
    office.reading(indicator, 20_000, date(2026, 2, 2))
    page = text(sign_in("andi").get(f"/sasaran/{office.goals['SR1'].pk}/?tahun=2026"))
    assert "Nilai dan lintasan per triwulan" in page
    for told in (
        "Bambang Nugroho",
        "sudah dibetulkan",
        "Salah ketik",
        "belum ada yang mendukung",
    ):
        assert told in page, told
    assert "Laporkan nilai" not in page
    assert "Laporkan nilai" in text(sign_in("bambang").get(f"/sasaran/{office.goals['SR1'].pk}/?tahun=2026"))


FORM = {"kind": "program", "code": "P9", "text": "Program gizi", "year_start": "2026", "year_end": "2026", "source": ""}


def test_a_head_adds_a_goal_and_errors_stand_beside_the_fields(office, sign_in):
    client = sign_in("bambang")
    form = {**FORM, "parent": office.goals["SR1"].pk, "unit": office.cast.units["puskesmas"].pk}
    wrong = client.post("/sasaran/baru/", {**form, "parent": office.goals["S1"].pk, "year_end": "2020"})
    assert wrong.status_code == 422
    assert "Tahun akhir tidak boleh sebelum tahun awal." in text(wrong)
    assert client.post("/sasaran/baru/", form).status_code == 302
    twice = client.post("/sasaran/baru/", form)
    assert (twice.status_code, "Kode ini sudah dipakai" in text(twice)) == (422, True)
    outside = client.post("/sasaran/baru/", {**form, "code": "P8", "unit": office.cast.units["dukcapil"].pk})
    assert outside.status_code == 422
    assert sign_in("siti").post("/sasaran/baru/", {**form, "code": "P7"}).status_code == 403
    assert set(Goal.objects.filter(code__in=["P7", "P8", "P9"]).values_list("code", flat=True)) == {"P9"}


def test_the_history_of_a_goal_names_who_did_what(office, sign_in):
    goal, indicator = office.goals["SR1"], office.indicator("SR1", text="Imunisasi lengkap")
    maya = office.cast.viewer("maya")
    change_goal(actor=maya, goal=goal, version=1, text="Anak sehat")
    retire_indicator(actor=maya, indicator=indicator, version=1, on=date(2026, 11, 24), reason="Diganti")
    page = text(sign_in("andi").get(f"/sasaran/{goal.pk}/?tahun=2026"))
    assert "Maya Lestari mengubah sasaran." in page
    assert re.search(r"menghentikan indikator sasaran\.[^·]*Imunisasi lengkap · .*· Diganti", page)


def test_an_older_form_is_refused(office, sign_in):
    client, goal = sign_in("maya"), office.goals["P1"]
    form = {**FORM, "code": "P1", "parent": office.goals["SR1"].pk, "unit": goal.unit_id, "version": 1}
    assert client.post(f"/sasaran/{goal.pk}/ubah/", form).status_code == 302
    assert client.post(f"/sasaran/{goal.pk}/ubah/", {**form, "text": "Lama"}).status_code == 409
    assert Goal.objects.get(pk=goal.pk).text == "Program gizi"


def test_an_indicator_its_target_and_a_value_are_typed_with_indonesian_decimals(office, sign_in, today):
    client, goal = sign_in("bambang"), office.goals["SR1"]
    Goal.objects.update(year_end=2100)
    form = {"number": 1, "text": "Inflasi", "direction": "lower", "unit_label": "%", "baseline_milli": "-2,5"}
    assert client.post(f"/sasaran/{goal.pk}/indikator/", form).status_code == 422, "the baseline lacks its year"
    assert client.post(f"/sasaran/{goal.pk}/indikator/", {**form, "baseline_year": "2024"}).status_code == 302
    indicator = KeyIndicator.objects.get()
    address = f"/sasaran/indikator/{indicator.pk}"
    target = {"target_milli": "1.200,75", "quarter1_milli": "satu", "version": 1}
    assert client.post(f"{address}/target/{today.year}/", target).status_code == 422
    assert client.post(f"{address}/target/{today.year}/", {**target, "quarter1_milli": "0,5"}).status_code == 302
    assert 'value="1200,75"' in text(client.get(f"{address}/target/{today.year}/"))
    value = {"day": today.isoformat(), "value_milli": "−3,25", "source": "BPS", "form_key": str(uuid.uuid4())}
    for _ in range(2):
        assert client.post(f"{address}/nilai/", value).status_code == 302
    assert (indicator.baseline_milli, Reading.objects.get().value_milli) == (-2_500, -3_250)
    assert client.get(f"{address}/target/2101/").status_code == 404


def test_yes_or_no_is_chosen_and_a_live_value_is_not_typed(office, sign_in, today):
    client = sign_in("maya")
    yes_no = office.indicator("SR1", 1000, direction="yes_no")
    assert 'type="radio"' in text(client.get(f"/sasaran/indikator/{yes_no.pk}/nilai/"))
    live = office.indicator("SR1", measure="punctuality")
    assert client.get(f"/sasaran/indikator/{live.pk}/nilai/").status_code == 409


def test_the_agreement_is_signed_on_its_page_and_shows_what_deviates(office, sign_in):
    indicator = office.indicator("SR1", 80_000)
    unit = office.cast.units["health"]
    client, address = sign_in("bambang"), f"/sasaran/perjanjian/{unit.pk}/2026/"
    page = text(client.get(address))
    assert "Draf, belum ditandatangani" in page
    seen = re.search(r'name="seen" value="(\w+)"', page)[1]
    form = {"seen": seen, "on": "2026-01-20", "document": "800/1"}
    assert client.post(address, {**form, "on": ""}).status_code == 422
    assert client.post(address, form).status_code == 302
    assert client.post(address, form).status_code == 422, "a second click signs nothing more"
    indicator.targets.update(target_milli=70_000)
    page = text(client.get(address))
    assert "Menyimpang dari yang ditandatangani" in page
    assert page.index("80 %") < page.index("70 %")
    assert "Sebab perubahan" in page
    assert "Tanda tangani perubahan" not in text(sign_in("siti").get(address))
    assert Agreement.objects.count() == 1


def test_the_paper_of_the_agreement_stays_indonesian_on_an_english_screen(office, sign_in, settings):
    office.indicator("SR1", 72_500, unit_label="persen")
    client, unit = sign_in("siti"), office.cast.units["health"]
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = text(client.get(f"/sasaran/perjanjian/{unit.pk}/2026/"))
    paper = page[page.index("<article") : page.index("</article>")]
    assert '<html lang="en"' in page
    assert 'lang="id"' in paper
    assert "PERJANJIAN KINERJA" in paper
    assert "72,5" in paper


def test_the_list_of_agreements_says_who_has_signed(office, sign_in):
    office.indicator("SR1")
    record_signing(unit=office.cast.units["health"], year=2026, on=date(2026, 1, 20))
    page = text(sign_in("andi").get("/sasaran/perjanjian/?tahun=2026"))
    assert "1 dari 3 unit sudah menandatangani." in page
    assert "Bambang Nugroho" in page


def test_the_check_is_for_leaders_and_the_personnel_agency(office, sign_in):
    office.indicator("P1")
    page = text(sign_in("dewi").get("/sasaran/periksa/"))
    assert "Indikator tanpa penanggung jawab" in page
    assert "Sasaran T1" not in page
    assert "Sasaran T1" in text(sign_in("maya").get("/sasaran/periksa/"))
    assert sign_in("siti").get("/sasaran/periksa/").status_code == 403


def test_a_year_is_looked_at_from_its_own_day():
    now = date(2026, 11, 24)
    assert [day_of(year, now) for year in (2025, 2026, 2027)] == [date(2025, 12, 31), now, date(2027, 1, 1)]


def forest(office, goals):
    """Goals with two indicators each, four levels deep and ten abreast, each with a course and two values."""
    for number in range(goals):
        parent = f"G{(number - 10) // 3 + 10}" if number >= 40 else "SR1"
        office.goal(f"G{number}", "sasaran_renstra", "health", parent if parent in office.goals else "SR1")
    rows = [goal for code, goal in office.goals.items() if code.startswith("G")]
    made = KeyIndicator.objects.bulk_create(
        KeyIndicator(goal=goal, number=n, text=f"Indikator {n}", unit_label="%", baseline_milli=1, outcome=n == 2)
        for goal in rows
        for n in (1, 2)
    )
    for indicator in made:
        indicator.targets.create(year=2026, target_milli=90_000, quarter1_milli=10_000, quarter3_milli=50_000)
    Reading.objects.bulk_create(
        Reading(indicator=indicator, day=date(2026, month, 1), value_milli=milli, source="x",
                reported_at=office.cast.now, form_key=uuid.uuid4())
        for indicator in made
        for month, milli in ((4, 20_000), (10, 40_000))
    )  # fmt: skip


@pytest.mark.parametrize(
    "address", ["/sasaran/?tahun=2026", "/sasaran/{pk}/?tahun=2026", "/sasaran/perjanjian/?tahun=2026"]
)
def test_pages_cost_the_same_with_one_and_fifty_goals(office, sign_in, address):
    client, address = sign_in("bambang"), address.format(pk=office.goals["SR1"].pk)

    def count():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    forest(office, 1)
    office.indicator("SR1")
    count()
    one = count()
    office.goals = {code: goal for code, goal in office.goals.items() if not code.startswith("G")}
    Goal.objects.filter(code__startswith="G").delete()
    forest(office, 50)
    for _ in range(20):
        office.reading(office.indicator("SR1"), 1)
    assert count() == one


def drawn(answer):
    """The codes of the drawn goals in order; every fold is closed."""
    page = answer.content.decode()
    assert page.count("<details") == page.count("</details>")
    depth = 0
    for tag in re.findall(r"</?details", page):
        depth += -1 if tag.startswith("</") else 1
        assert depth >= 0
    return re.findall(r"<b>([A-Z]+\d+)</b>", page)


def test_every_branch_of_a_large_tree_is_drawn_once_and_closed(office, sign_in):
    forest(office, 196)
    whole = drawn(sign_in("andi").get("/sasaran/?tahun=2026&buka=semua"))
    assert sorted(whole) == sorted(office.goals)


def opened(client, office, answer):
    """All goals in the order in which they stand once every fold is opened; how many were opened."""
    folds, found, many = re.findall(r'hx-get="[^"]*buka=(\d+)"', answer.content.decode()), [], 0
    for code in drawn(answer):
        found.append(code)
        if str(office.goals[code].pk) in folds:
            part = client.get(f"/sasaran/?tahun=2026&buka={office.goals[code].pk}", headers={"HX-Request": "true"})
            assert "<html" not in part.content.decode()
            under, more = opened(client, office, part)
            found, many = found + under, many + more + 1
    return found, many


def test_what_is_folded_in_a_large_tree_comes_when_it_is_opened(office, sign_in):
    forest(office, 196)
    client = sign_in("andi")
    answer, whole = client.get("/sasaran/?tahun=2026"), client.get("/sasaran/?tahun=2026&buka=semua")
    assert len(answer.content) < len(whole.content) / 5
    assert "buka=semua" in answer.content.decode(), "without scripts the whole tree is a link away"
    found, many = opened(client, office, answer)
    assert found == drawn(whole), "nothing is missing, doubled or moved"
    assert many > 5


@pytest.mark.parametrize("asked", ["x", "0", "99999999999999999999", "-1"])
def test_a_fold_that_is_not_there_is_empty_or_the_page(office, sign_in, asked):
    answer = sign_in("andi").get(f"/sasaran/?tahun=2026&buka={asked}", headers={"HX-Request": "true"})
    assert answer.status_code == 200


def test_a_tree_of_another_kind_folds_alike():
    def goal(pk, parent=None):
        return Goal(pk=pk, parent_id=parent, code=f"G{pk}", unit=Unit(path="/1/"))

    shape = {1: None, 2: 1, 3: 2, 4: 3, 5: 3, 6: 5, 7: 2, 8: 1, 9: None, 10: 9, 11: 10, 12: 11}
    branches = outline([goal(pk, parent) for pk, parent in shape.items()], [])
    for depth in range(5):
        kept = folded(branches, depth)
        opens = sum(bool(each.below) for each in kept)
        assert opens == sum(len(each.closing) for each in kept) + sum(each.folded for each in kept)
        for each in kept:
            if each.folded:
                under = below(branches, each.goal.pk)
                assert len(under) == each.below
                assert sum(bool(b.below) for b in under) == sum(len(b.closing) for b in under)
