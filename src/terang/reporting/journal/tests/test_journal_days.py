"""The minute of what a citizen did stands nowhere: not in its own entry, not in the change of a score that followed."""

import io
import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from terang.audit.models import JournalEntry
from terang.audit.sealing import seal
from terang.audit.secrecy import GUARDED, UNTIMED, UNTOLD, is_told_by_day
from terang.audit.services import record
from terang.reporting.journal.selectors import TOLD_BY_DAY
from terang.reporting.journal.wording import what_changed

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 10, 47, 31, tzinfo=ZoneInfo("Asia/Makassar"))


@pytest.fixture
def write(cast, monkeypatch):
    told = {"obj": cast.andi, "subject_employee_id": cast.andi.pk, "agency_id": cast.agency.pk}

    def entry(verb, **changes):
        with monkeypatch.context() as patch:
            patch.setattr(timezone, "now", lambda: AT)
            return record(verb, actor=None, unit_id=cast.units["register"].pk, changes=changes, **told)

    return entry


def roads(client, cast, who):
    """Everything the journal tells this person, by road."""
    client.force_login(cast.people[who].user)
    journal = reverse("audit:journal")
    history = reverse("audit:history", args=["people.employee", cast.andi.pk])
    told = {}
    for name, address in (("journal", journal), ("history", history)):
        told[name] = re.sub(r"<[^>]*>", " ", client.get(address).content.decode())
        told[f"{name} csv"] = b"".join(client.get(address, {"ekspor": "csv"})).decode()
        book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(client.get(address, {"ekspor": "xlsx"}))))
        told[f"{name} xlsx"] = str(book.get_sheet_by_index(0).to_python())
    return told


def test_a_changed_score_without_a_cause_to_name_is_told_by_its_day(write, cast, client):
    write("evaluation.score_changed", total_bp=[8000, 8100], cause="")
    for who in ("andi", "maya", "lina"):
        for road, text in roads(client, cast, who).items():
            assert "81,0" in text, (who, road)
            assert not re.search(r"10[.:]47|02[.:]47", text), (who, road)
            assert "24 November 2026" in text or "2026-11-24" in text, (who, road)


@pytest.mark.parametrize("cause", sorted(UNTOLD))
def test_an_old_entry_that_still_holds_its_cause_tells_neither_it_nor_its_minute(write, cast, client, cause):
    entry = write("evaluation.score_changed", total_bp=[8000, 8100], cause=cause)
    assert what_changed(entry) == "nilai: 80,0 → 81,0"
    if cause in (*GUARDED[:1], *UNTIMED[:1]):
        for road, text in roads(client, cast, "andi").items():
            assert not re.search(r"10[.:]47|02[.:]47", text), road


def test_what_a_citizen_did_is_told_to_keepers_by_its_day(write, cast, client):
    write("complaints.reopened", state="dibuka_kembali")
    for who in ("maya", "lina"):
        for road, text in roads(client, cast, who).items():
            assert not re.search(r"10[.:]47|02[.:]47", text), (who, road)


def test_what_an_officer_did_keeps_its_minute(write, cast, client):
    write("evaluation.score_changed", total_bp=[8000, 8100], cause="work.entry_accepted")
    for road, text in roads(client, cast, "andi").items():
        assert re.search(r"10[.:]47|02[.:]47", text), road


@pytest.fixture
def write_at(cast, monkeypatch):
    def entry(hour, minute, verb, **changes):
        with monkeypatch.context() as patch:
            patch.setattr(timezone, "now", lambda: AT.replace(hour=hour, minute=minute))
            told = {"obj": cast.andi, "subject_employee_id": cast.andi.pk, "agency_id": cast.agency.pk}
            return record(verb, actor=None, unit_id=cast.units["register"].pk, changes=changes, **told)

    return entry


@pytest.mark.parametrize("who", ["andi", "maya", "lina"])
@pytest.mark.parametrize("hour", [2, 10])
def test_neither_neighbours_nor_the_seal_tell_the_minute_of_what_is_told_by_day(write_at, cast, client, who, hour):
    """The changed score of a citizen's act stands between two acts of officers, one number after the other; also
    where the day has begun here and not yet in UTC."""
    write_at(hour - 1, 15, "evaluation.score_changed", total_bp=[7000, 7100], cause="work.entry_accepted")
    write_at(hour, 47, "evaluation.score_changed", total_bp=[7100, 8200], cause="")
    write_at(hour + 1, 5, "evaluation.score_changed", total_bp=[8200, 8300], cause="work.entry_accepted")
    seal()
    reads_seals = who == "lina"
    shown = ["83,0", "→ 82,0", "→ 71,0"] if reads_seals else ["83,0", "→ 71,0", "→ 82,0"]
    for road, text in roads(client, cast, who).items():
        places = [text.index(each) for each in shown]
        assert places == sorted(places), (who, road)
        assert ("Nomor segel" in text) is reads_seals, (who, road)


def test_the_query_and_the_words_agree_on_what_is_told_by_day(write):
    for verb in ("complaints.reopened", "colleagues.review_answered", "work.entry_accepted"):
        write(verb)
    for cause in ("", "work.entry_accepted", *sorted(UNTOLD)):
        write("evaluation.score_changed", cause=cause)
    by_query = set(JournalEntry.objects.filter(TOLD_BY_DAY).values_list("pk", flat=True))
    by_words = {each.pk for each in JournalEntry.objects.all() if is_told_by_day(each.verb, each.changes)}
    assert by_query == by_words != set()


@pytest.fixture
def opened(cast, monkeypatch):
    """Hendra, of the oversight team, opens a record of Andi's."""
    with monkeypatch.context() as patch:
        patch.setattr(timezone, "now", lambda: AT)
        told = {"obj": cast.andi, "subject_employee_id": cast.andi.pk, "agency_id": cast.agency.pk}
        record("signals.record_opened", actor=cast.people["hendra"].user, changes={"day": AT.date()}, **told)
        record("signals.explained", actor=cast.andi.user, **told)


@pytest.mark.parametrize("word", ["Hendra", "hend", ""])
def test_no_search_tells_the_person_which_overseer_looked_nor_when(opened, cast, client, word):
    client.force_login(cast.andi.user)
    rows = client.get(reverse("audit:journal"), {"q": word}).context["table"].page.object_list
    assert {(row.verb, row.actor_name) for row in rows if row.verb == "signals.record_opened"} == (
        {("signals.record_opened", None)} if word == "" else set()
    )
    for road, text in roads(client, cast, "andi").items():
        assert "Hendra" not in text, road
        assert len(re.findall(r"10[.:]47|02[.:]47", text)) <= 1, (road, "what Andi explained keeps its minute")


def test_auditors_of_the_whole_government_read_who_looked_and_when(opened, cast, client):
    client.force_login(cast.people["lina"].user)
    rows = client.get(reverse("audit:journal"), {"q": "Hendra"}).context["table"].page.object_list
    assert [(row.verb, row.untimed) for row in rows] == [("signals.record_opened", False)]
