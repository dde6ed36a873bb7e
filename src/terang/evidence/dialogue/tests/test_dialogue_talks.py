"""A dialogue of two: its agenda from what is open, what is agreed, both keys, and the return at the next one."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from tests.cast import TODAY

from terang.audit.models import JournalEntry
from terang.evidence.dialogue import services
from terang.evidence.dialogue.duties import waiting_for
from terang.evidence.dialogue.models import Agreement, Symbol, Talk, TalkPoint, TalkState
from terang.evidence.dialogue.services import About, Promised, Words
from terang.evidence.work.models import Entry, Task
from terang.web.errors import NotAllowed, NotNow, Stale

WEEK = timedelta(days=7)


@pytest.fixture
def talk(cast, today):
    """Hendra, who leads Andi, calls a talk for today."""
    return services.call_talk(actor=cast.viewer("hendra"), employee=cast.andi, day=TODAY, form_key=uuid4())


@pytest.fixture
def confirmed(talk, cast):
    """With one agreement of Andi, due in a week, and both keys turned."""
    services.agree(actor=cast.viewer("andi"), talk=talk, promised=Promised(cast.andi, "Menulis panduan", TODAY + WEEK))
    talk.refresh_from_db()
    told = services.tell_talk(actor=cast.viewer("hendra"), talk=talk, version=talk.version)
    return services.confirm_talk(actor=cast.viewer("andi"), talk=told, version=told.version)


def test_either_calls_it_and_nobody_else(cast, today):
    key = uuid4()
    for other in ("sri", "rina", "maya"):
        with pytest.raises(NotAllowed):
            services.call_talk(actor=cast.viewer(other), employee=cast.andi, day=TODAY, form_key=uuid4())
    with pytest.raises(ValidationError):
        services.call_talk(actor=cast.viewer("andi"), employee=cast.andi, day=TODAY - WEEK, form_key=key)
    with pytest.raises(ValidationError):
        services.call_talk(actor=cast.viewer("andi"), employee=cast.andi, day=TODAY + 20 * WEEK, form_key=key)
    talk = services.call_talk(actor=cast.viewer("andi"), employee=cast.andi, day=TODAY, form_key=key)
    assert (talk.leader, talk.employee) == (cast.hendra, cast.andi)
    again = services.call_talk(actor=cast.viewer("andi"), employee=cast.andi, day=TODAY, form_key=key)
    assert again == talk
    with pytest.raises(NotNow, match="belum selesai"):
        services.call_talk(actor=cast.viewer("hendra"), employee=cast.andi, day=TODAY, form_key=uuid4())


def test_the_agenda_is_what_is_open(office, today):
    budi = office.employee("Budi")
    result = office.indicator(office.plan(budi)).result
    Task.objects.create(employee=budi, result=result, text="Laporan Oktober", due_on=TODAY - WEEK)
    Task.objects.create(employee=budi, result=result, text="Laporan November", due_on=TODAY + WEEK)
    services.give_feedback(
        actor=office.viewer(office.head),
        subject=budi,
        about=About(),
        words=Words(symbol=Symbol.FROWN, behaviour="Tiga surat belum dijawab"),
        form_key=uuid4(),
    )
    talk = services.call_talk(actor=office.viewer(office.head), employee=budi, day=TODAY, form_key=uuid4())
    told = list(talk.points.values_list("text", flat=True))
    assert told[0].endswith("Tiga surat belum dijawab")
    assert told[1].endswith("Laporan Oktober")
    assert len(told) == 2
    assert not Entry.objects.exists()


def test_both_prepare_and_write_and_others_do_not(talk, cast):
    services.add_point(actor=cast.viewer("andi"), talk=talk, text="Alat cetak rusak")
    point = TalkPoint.objects.get(text="Alat cetak rusak")
    talk.refresh_from_db()
    for other in ("sri", "rina"):
        with pytest.raises(NotAllowed):
            services.note_point(actor=cast.viewer(other), point=point, note="…", version=talk.version)
    services.note_point(actor=cast.viewer("hendra"), point=point, note="Minta pengganti", version=talk.version)
    with pytest.raises(Stale):
        services.note_point(actor=cast.viewer("andi"), point=point, note="Bukan itu", version=talk.version)
    point.refresh_from_db()
    assert point.note == "Minta pengganti"


def test_agreements_belong_to_one_of_both_and_lie_ahead(talk, cast):
    for promised, field in (
        (Promised(cast.rina, "Menulis", TODAY), "owner"),
        (Promised(cast.andi, "Menulis", TODAY - WEEK), "due_on"),
    ):
        with pytest.raises(ValidationError) as refused:
            services.agree(actor=cast.viewer("hendra"), talk=talk, promised=promised)
        assert field in refused.value.message_dict
    row = services.agree(actor=cast.viewer("hendra"), talk=talk, promised=Promised(cast.andi, "Menulis", TODAY))
    services.drop_agreement(actor=cast.viewer("andi"), agreement=row)
    assert not Agreement.objects.exists()


def test_the_leader_turns_the_first_key_and_the_employee_the_second(talk, cast):
    with pytest.raises(NotNow):
        services.confirm_talk(actor=cast.viewer("andi"), talk=talk, version=talk.version)
    with pytest.raises(NotAllowed, match="lebih dahulu"):
        services.tell_talk(actor=cast.viewer("andi"), talk=talk, version=talk.version)
    told = services.tell_talk(actor=cast.viewer("hendra"), talk=talk, version=talk.version)
    with pytest.raises(NotAllowed):
        services.confirm_talk(actor=cast.viewer("hendra"), talk=told, version=told.version)
    with pytest.raises(NotNow, match="tidak dapat diubah"):
        services.add_point(actor=cast.viewer("andi"), talk=told, text="Susulan")
    assert [duty.title for duty in waiting_for(cast.viewer("andi"))] == ["Konfirmasi dialog dengan Hendra Saputra"]
    back = services.give_back_talk(
        actor=cast.viewer("andi"), talk=told, reason="Tenggatnya keliru", version=told.version
    )
    assert (back.state, back.told_at, back.reason) == (TalkState.OPEN, None, "Tenggatnya keliru")
    again = services.tell_talk(actor=cast.viewer("hendra"), talk=back, version=back.version)
    done = services.confirm_talk(actor=cast.viewer("andi"), talk=again, version=again.version)
    assert done.state == TalkState.CONFIRMED
    assert done.told_at
    assert done.confirmed_at
    with pytest.raises(NotNow):
        services.confirm_talk(actor=cast.viewer("andi"), talk=done, version=done.version)


def test_a_talk_to_come_cannot_have_been_held(cast, today):
    talk = services.call_talk(actor=cast.viewer("hendra"), employee=cast.andi, day=TODAY + WEEK, form_key=uuid4())
    with pytest.raises(NotNow, match="belum berlangsung"):
        services.tell_talk(actor=cast.viewer("hendra"), talk=talk, version=talk.version)
    cancelled = services.cancel_talk(actor=cast.viewer("andi"), talk=talk, reason="Dinas luar", version=talk.version)
    assert cancelled.state == TalkState.CANCELLED
    assert services.call_talk(actor=cast.viewer("hendra"), employee=cast.andi, day=TODAY, form_key=uuid4()) != talk


def test_what_was_agreed_comes_back_until_it_is_done(confirmed, cast):
    [row] = confirmed.agreements.all()
    following = services.call_talk(actor=cast.viewer("hendra"), employee=cast.andi, day=TODAY, form_key=uuid4())
    assert any("Menulis panduan" in point.text for point in following.points.all())
    with pytest.raises(NotAllowed, match="pemegang"):
        services.settle_agreement(actor=cast.viewer("hendra"), agreement=row, outcome="")
    done = services.settle_agreement(actor=cast.viewer("andi"), agreement=row, outcome="Panduan dua halaman")
    assert (done.done_on, done.outcome) == (TODAY, "Panduan dua halaman")
    with pytest.raises(NotNow):
        services.settle_agreement(actor=cast.viewer("andi"), agreement=row, outcome="")
    services.cancel_talk(actor=cast.viewer("andi"), talk=following, reason="Ulang", version=following.version)
    last = services.call_talk(actor=cast.viewer("hendra"), employee=cast.andi, day=TODAY, form_key=uuid4())
    assert not any("Menulis panduan" in point.text for point in last.points.all())


def test_an_unconfirmed_agreement_binds_nobody(talk, cast):
    row = services.agree(actor=cast.viewer("hendra"), talk=talk, promised=Promised(cast.andi, "Menulis", TODAY))
    with pytest.raises(NotNow, match="dikonfirmasi"):
        services.settle_agreement(actor=cast.viewer("andi"), agreement=row, outcome="")


@pytest.mark.parametrize(
    ("who", "status"), [("andi", 200), ("hendra", 200), ("sri", 200), ("maya", 200), ("rina", 403), ("tono", 403)]
)
def test_who_reads_a_talk(talk, sign_in, who, status):
    assert sign_in(who).get(talk.get_absolute_url()).status_code == status


def test_the_journal_tells_each_step_and_no_word_of_it(confirmed):
    entries = JournalEntry.objects.filter(object_type="dialogue.talk")
    assert [entry.verb.split(".")[1] for entry in entries.order_by("pk")] == [
        "talk_called",
        "talk_written",
        "talk_told",
        "talk_confirmed",
    ]
    assert "panduan" not in " ".join(str(entry.changes) + entry.reason for entry in entries)


def test_through_the_pages_from_calling_to_both_keys(cast, sign_in, today):
    client = sign_in("hendra")
    page = client.get(reverse("dialogue:call", args=[cast.andi.pk])).content.decode()
    key = page.split('name="form_key" value="')[1].split('"')[0]
    client.post(reverse("dialogue:call", args=[cast.andi.pk]), {"day": TODAY.isoformat(), "form_key": key})
    talk = Talk.objects.get()
    client.post(reverse("dialogue:point_new", args=[talk.pk]), {"text": "Antrean Senin"})
    refused = client.post(
        reverse("dialogue:agreement_new", args=[talk.pk]), {"owner": cast.andi.pk, "text": "Atur jadwal"}
    )
    assert refused.status_code == 422
    assert "Atur jadwal" in refused.content.decode()
    client.post(
        reverse("dialogue:agreement_new", args=[talk.pk]),
        {"owner": cast.andi.pk, "text": "Atur jadwal", "due_on": (TODAY + WEEK).isoformat()},
    )
    talk.refresh_from_db()
    client.post(reverse("dialogue:tell", args=[talk.pk]), {"version": talk.version})
    client = sign_in("andi")
    talk.refresh_from_db()
    stale = client.post(reverse("dialogue:confirm", args=[talk.pk]), {"version": talk.version - 1})
    assert stale.status_code == 409
    client.post(reverse("dialogue:confirm", args=[talk.pk]), {"version": talk.version})
    talk.refresh_from_db()
    assert talk.state == TalkState.CONFIRMED
    assert "Atur jadwal" in client.get(reverse("dialogue:talks")).content.decode()


def test_lists_cost_the_same_for_few_and_for_many(confirmed, cast, sign_in, django_assert_max_num_queries):
    for _ in range(15):
        Talk.objects.create(
            leader=cast.hendra, employee=cast.andi, day=TODAY, state=TalkState.CONFIRMED, form_key=uuid4()
        )
    client = sign_in("hendra")
    with django_assert_max_num_queries(22):
        client.get(reverse("dialogue:talks"))
