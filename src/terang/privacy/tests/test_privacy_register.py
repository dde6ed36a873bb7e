"""The register of failures: its states by its people, versions, deadlines, and what is refused."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from tests.cast import NOW

from terang.audit.models import JournalEntry
from terang.audit.sentences import SENTENCES
from terang.privacy import duties, services
from terang.privacy.access import breaches_visible
from terang.privacy.models import BreachState, Recipient
from terang.privacy.selectors import breach_for, newest_facts, tellings, time_left
from terang.privacy.states import MOVES, may_move
from terang.privacy.tests.conftest import whole_facts
from terang.registry.people.models import Role, RoleGrant
from terang.reporting.journal.selectors import entries_visible
from terang.web.errors import NotAllowed, NotNow, Stale

READERS = {"agus", "tono", "lina", "mayor"}
KEEPERS = {"agus", "tono"}
EVERYBODY = ("mayor", "sri", "hendra", "andi", "maya", "tono", "agus", "lina", "bambang", "dewi", "siti")


def fresh(breach):
    breach.refresh_from_db()
    return breach


def write(cast, breach, who="tono", **own):
    return services.write_facts(
        actor=cast.viewer(who), breach=breach, version=fresh(breach).version, values=whole_facts(**own)
    )


def tell(cast, breach, recipient, who="tono", sent_at=None):
    return services.record_notice(
        actor=cast.viewer(who), breach=breach, recipient=recipient, sent_at=sent_at or timezone.now(),
        way="Surat 480/1", form_key=uuid4(),
    )  # fmt: skip


def end(cast, breach, verb, who="agus"):
    return getattr(services, verb)(
        actor=cast.viewer(who), breach=breach, version=fresh(breach).version, reason="Sudah selesai."
    )


@pytest.fixture
def told(cast, breach):
    write(cast, breach, tells_public="tidak", public_reason="Penerimanya satu orang dan sudah menghapus.")
    for recipient in (Recipient.SUBJECTS, Recipient.AUTHORITY):
        tell(cast, breach, recipient)
    return fresh(breach)


@pytest.mark.parametrize("who", EVERYBODY)
def test_anybody_reports_and_only_the_responsible_read(cast, breach, who):
    own = services.report_suspicion(actor=cast.viewer(who), text="Berkas tertinggal.", form_key=uuid4())
    assert own.state == BreachState.SUSPECTED
    assert breaches_visible(cast.viewer(who)).count() == (2 if who in READERS else 0)
    if who not in READERS:
        with pytest.raises(Http404):
            breach_for(cast.viewer(who), own.pk)


def test_a_second_click_is_the_same_report(cast, clock):
    key, siti = uuid4(), cast.viewer("siti")
    first = services.report_suspicion(actor=siti, text="Terbuka.", form_key=key)
    assert services.report_suspicion(actor=siti, text="Terbuka.", form_key=key) == first
    with pytest.raises(ValidationError):
        services.report_suspicion(actor=siti, text="  ", form_key=uuid4())


def test_a_role_over_one_unit_opens_nothing(cast, breach):
    RoleGrant.objects.create(
        employee=cast.dewi, role=Role.OVERSIGHT, unit=cast.units["puskesmas"], starts_on=cast.today
    )
    assert not breaches_visible(cast.viewer("dewi")).exists()


def test_the_way_from_a_suspicion_to_the_end(cast, breach, clock):
    assert (breach.state, breach.due_at) == (BreachState.SUSPECTED, NOW + timedelta(hours=72))
    write(cast, breach)
    assert fresh(breach).state == BreachState.OPEN
    tell(cast, breach, Recipient.SUBJECTS)
    assert fresh(breach).state == BreachState.OPEN
    tell(cast, breach, Recipient.AUTHORITY)
    assert fresh(breach).state == BreachState.NOTIFIED
    with pytest.raises(NotNow, match="masyarakat"):
        end(cast, breach, "close")
    write(cast, breach, tells_public="perlu", public_reason="Layanan terganggu.", reason="Diputuskan.")
    assert fresh(breach).state == BreachState.OPEN
    tell(cast, breach, Recipient.PUBLIC)
    assert end(cast, breach, "close").state == BreachState.CLOSED
    assert end(cast, breach, "reopen").state == BreachState.NOTIFIED


BRINGS = {
    BreachState.SUSPECTED: lambda cast, breach: None,
    BreachState.OPEN: lambda cast, breach: write(cast, breach),
    BreachState.NOTIFIED: lambda cast, breach: _told(cast, breach),
    BreachState.CLOSED: lambda cast, breach: (_told(cast, breach), end(cast, breach, "close")),
    BreachState.DISMISSED: lambda cast, breach: end(cast, breach, "dismiss"),
}


def _told(cast, breach):
    write(cast, breach, tells_public="tidak", public_reason="Satu orang.")
    for recipient in (Recipient.SUBJECTS, Recipient.AUTHORITY):
        tell(cast, breach, recipient)


DOES = {
    "confirm, correct": lambda cast, breach, who: write(cast, breach, who, reason="Lebih tepat."),
    "notify": lambda cast, breach, who: tell(cast, breach, Recipient.SUBJECTS, who),
    "withdraw": lambda cast, breach, who: services.withdraw_notice(
        actor=cast.viewer(who), notice=breach.notices.first(), reason="Keliru."
    ),
    "dismiss": lambda cast, breach, who: end(cast, breach, "dismiss", who),
    "close": lambda cast, breach, who: end(cast, breach, "close", who),
    "reopen": lambda cast, breach, who: end(cast, breach, "reopen", who),
}


@pytest.mark.parametrize("state", list(BreachState))
@pytest.mark.parametrize("verb", list(DOES))
def test_every_verb_in_every_state(cast, breach, verb, state):
    BRINGS[state](cast, breach)
    assert fresh(breach).state == state
    if verb == "withdraw" and not breach.notices.exists():
        return
    possible = [each for each in verb.split(", ") if may_move(breach, each)]
    if possible:
        DOES[verb](cast, breach, "agus")
        assert MOVES[possible[0]].target in (None, fresh(breach).state)
    else:
        with pytest.raises(NotNow):
            DOES[verb](cast, breach, "agus")
        assert fresh(breach).state == state


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("verb", ["confirm, correct", "dismiss"])
def test_every_person_with_what_a_suspicion_allows(cast, breach, verb, who):
    allowed = KEEPERS if verb == "confirm, correct" else {"agus"}
    if who in allowed:
        DOES[verb](cast, breach, who)
        return
    with pytest.raises(NotAllowed):
        DOES[verb](cast, breach, who)
    assert fresh(breach).state == BreachState.SUSPECTED


def test_the_operator_neither_closes_nor_opens_again(cast, told):
    with pytest.raises(NotAllowed):
        end(cast, told, "close", "tono")
    end(cast, told, "close")
    with pytest.raises(NotAllowed):
        end(cast, told, "reopen", "tono")


def test_a_correction_is_a_new_version_with_a_reason(cast, breach):
    write(cast, breach)
    with pytest.raises(ValidationError) as refused:
        write(cast, breach, persons=55)
    assert "reason" in refused.value.message_dict
    write(cast, breach, persons=55, reason="Dihitung ulang.")
    assert [(facts.number, facts.persons) for facts in breach.facts.all()] == [(2, 55), (1, 41)]


def test_an_old_page_overwrites_nothing(cast, breach):
    old = breach.version
    write(cast, breach)
    with pytest.raises(Stale):
        services.write_facts(actor=cast.viewer("agus"), breach=breach, version=old, values=whole_facts(reason="Lagi."))
    assert breach.facts.count() == 1


@pytest.mark.parametrize(
    ("field", "own"),
    [
        ("known_at", {"known_at": NOW + timedelta(minutes=1)}),
        ("known_at", {"known_at": NOW.replace(year=2021), "happened_at": None, "happened_note": "2021"}),
        ("happened_at", {"known_at": NOW - timedelta(days=2)}),
        ("exposed", {"exposed": "Data Pak Hasan, 081234567890"}),
        ("how", {"how": "Terkirim ke hasan@contoh.id"}),
        ("public_reason", {"tells_public": "perlu"}),
    ],
)
def test_facts_that_cannot_be_are_refused(cast, breach, field, own):
    with pytest.raises(ValidationError) as refused:
        write(cast, breach, **own)
    assert field in refused.value.message_dict
    assert newest_facts(breach) is None


def test_known_earlier_means_due_earlier(cast, breach):
    write(cast, breach, known_at=NOW - timedelta(hours=30), happened_at=None, happened_note="bulan lalu")
    assert fresh(breach).due_at == NOW + timedelta(hours=42)


@pytest.mark.parametrize(
    ("own", "said"),
    [
        ({"exposed": ""}, "data yang terungkap"),
        ({"happened_at": None}, "kapan terjadi"),
        ({"how": ""}, "bagaimana terjadi"),
        ({"recovery": ""}, "penanganan dan pemulihan"),
    ],
)
def test_a_notice_says_everything_the_law_asks_for(cast, breach, own, said):
    write(cast, breach, **own)
    with pytest.raises(NotNow, match=said):
        tell(cast, breach, Recipient.SUBJECTS)
    assert fresh(breach).state == BreachState.OPEN


def test_the_public_is_told_only_where_it_was_decided(cast, breach):
    write(cast, breach)
    with pytest.raises(NotNow, match="masyarakat"):
        tell(cast, breach, Recipient.PUBLIC)


def test_a_notice_is_neither_from_the_future_nor_from_before(cast, breach):
    write(cast, breach)
    for moment in (NOW + timedelta(hours=1), NOW - timedelta(hours=1)):
        with pytest.raises(ValidationError):
            tell(cast, breach, Recipient.SUBJECTS, sent_at=moment)


def test_a_notice_recorded_by_mistake_counts_no_longer_and_stays(cast, told):
    notice = told.notices.get(recipient=Recipient.SUBJECTS)
    services.withdraw_notice(actor=cast.viewer("tono"), notice=notice, reason="Suratnya kembali.")
    assert fresh(told).state == BreachState.OPEN
    assert told.notices.count() == 2
    tell(cast, told, Recipient.SUBJECTS)
    assert fresh(told).state == BreachState.NOTIFIED


@pytest.mark.parametrize(("hours", "late"), [(71, False), (72, False), (73, True)])
def test_what_comes_late_says_so(cast, breach, clock, hours, late):
    write(cast, breach)
    moment = clock(hours=hours)
    words, kind = time_left(breach)
    assert (words.startswith("terlambat"), kind == "wrong") == (late, late)
    tell(cast, breach, Recipient.SUBJECTS)
    first, second = tellings(breach, newest_facts(breach), moment)
    assert (first.is_late, second.is_late, second.sent_at) == (late, late, None)


def test_who_is_reminded(cast, breach, clock):
    waits = {who for who in EVERYBODY if duties.waiting_for(cast.viewer(who))}
    assert waits == KEEPERS
    clock(hours=73)
    waits = {who for who in EVERYBODY if duties.waiting_for(cast.viewer(who))}
    assert waits == KEEPERS | {"mayor"}
    [duty] = duties.waiting_for(cast.viewer("mayor"))
    assert (duty.kind, "terlambat 1 jam" in duty.detail) == ("wrong", True)


def test_once_told_only_the_oversight_team_is_reminded_to_close(cast, told):
    assert {who for who in EVERYBODY if duties.waiting_for(cast.viewer(who))} == {"agus"}
    end(cast, told, "close")
    assert duties.waiting_for(cast.viewer("agus")) == []


def test_the_journal_tells_no_content_and_only_auditors_read_it(cast, told):
    end(cast, told, "close")
    entries = JournalEntry.objects.filter(object_type="privacy.breach", object_id=told.pk)
    assert {entry.verb for entry in entries} <= set(SENTENCES)
    assert entries.count() == 5
    words = str([(entry.changes, entry.reason) for entry in entries])
    assert not any(word in words for word in ("pemohon", "telepon", "surel", "41", "Sudah selesai"))
    readers = {who for who in EVERYBODY if entries_visible(cast.viewer(who)).filter(pk__in=entries).exists()}
    assert readers == {"lina"}


def test_the_pages_of_a_case_and_the_letter(cast, told, sign_in):
    for who in READERS:
        client = sign_in(who)
        page = client.get(reverse("privacy:breach", args=[told.pk])).content.decode()
        assert "Daftar pemohon terkirim" in page
        assert ("Perbaiki fakta" in page) == (who in KEEPERS)
        letter = client.get(reverse("privacy:letter", args=[told.pk, "subjek"])).content.decode()
        for part in (
            "Nama dan telepon",
            "Lampiran surel keliru",
            "diminta menghapus",
            "lewat surel dihentikan",
            "Pasal 46",
        ):
            assert part in letter
        assert client.get(reverse("privacy:letter", args=[told.pk, "masyarakat"])).status_code == 404
    assert sign_in("siti").get(reverse("privacy:letter", args=[told.pk, "subjek"])).status_code in (403, 404)


def test_a_person_reports_and_finds_only_that_it_was_received(cast, sign_in, db):
    client = sign_in("siti")
    assert client.get(reverse("privacy:register")).url == reverse("privacy:report")
    answer = client.post(reverse("privacy:report"), {"text": "Berkas terbuka.", "form_key": str(uuid4())}, follow=True)
    assert "Laporan Anda diterima" in answer.content.decode()
    assert client.post(reverse("privacy:report"), {"text": "", "form_key": str(uuid4())}).status_code == 422
    row = answer.context["own"][0][0]
    assert client.get(row.get_absolute_url()).status_code in (403, 404)


def test_forms_of_the_register(cast, breach, sign_in, clock):
    clock(hours=1)
    client = sign_in("tono")
    told = {name: "" if value is None else value for name, value in whole_facts().items()}
    told |= {"version": breach.version, "known_at": "2026-11-24T08:30", "happened_at": "2026-11-23T08:30"}
    told.pop("is_estimate")
    url = reverse("privacy:facts", args=[breach.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, told | {"known_at": "2026-11-24T12:00"}).status_code == 422
    assert client.post(url, told).status_code == 302
    assert fresh(breach).due_at == NOW + timedelta(hours=71, minutes=30)
    sent = {"recipient": "lembaga", "sent_at": "2026-11-24T09:30", "way": "Surat 1", "form_key": str(uuid4())}
    url = reverse("privacy:notify", args=[breach.pk])
    for _ in range(2):
        assert client.post(url, sent).status_code == 302
    assert breach.notices.count() == 1
    csv = b"".join(client.get(reverse("privacy:register") + "?ekspor=csv")).decode()
    assert "Daftar pemohon terkirim" in csv
    assert "Siti" not in csv
