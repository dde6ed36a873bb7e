"""A finding is heard before it counts: written, replied to, decided, withdrawn, mended, looked at again."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from terang.audit.models import JournalEntry
from terang.evidence.oversight import services
from terang.evidence.oversight.duties import waiting_for
from terang.evidence.oversight.evidence import facts, records
from terang.evidence.oversight.models import CheckState, Inspection, InspectionCheck
from terang.evidence.oversight.overdue import open_findings
from terang.evidence.oversight.services import Seen
from terang.registry.people.models import Assignment, Role
from terang.web.errors import NotAllowed, NotNow, Stale

NOVEMBER = (date(2026, 11, 1), date(2026, 12, 1))


@pytest.fixture
def write(office, agus, visit):
    def write(**seen):
        told = {"criterion": "Loket terisi", "met": False, "note": "Kosong pukul 10.15"} | seen
        return services.add_check(actor=office.viewer(agus), inspection=visit, seen=Seen(**told), form_key=uuid4())

    return write


@pytest.fixture
def later(monkeypatch):
    """Moves the clock on by so many days."""

    def later(days):
        moment = timezone.now() + timedelta(days=days)
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return later


def test_only_overseers_of_the_area_open_a_visit(office, budi, agus, today):
    told = {"unit": office.unit, "purpose": "Sidak", "letter": "1", "reply_days": 3}
    tomorrow, too_long = today + timedelta(days=1), told | {"reply_days": 30}
    with pytest.raises(NotAllowed):
        services.open_inspection(actor=office.viewer(budi), day=today, form_key=uuid4(), **told)
    with pytest.raises(ValidationError):
        services.open_inspection(actor=office.viewer(agus), day=tomorrow, form_key=uuid4(), **told)
    with pytest.raises(ValidationError):
        services.open_inspection(actor=office.viewer(agus), day=today, form_key=uuid4(), **too_long)
    key = uuid4()
    one = services.open_inspection(actor=office.viewer(agus), day=today, form_key=key, **told)
    assert services.open_inspection(actor=office.viewer(agus), day=today, form_key=key, **told) == one
    assert Inspection.objects.count() == 1


def test_what_is_met_counts_at_once_and_a_finding_waits(write, budi):
    write(employee=budi, met=True, note="")
    finding = write(employee=budi)
    assert (finding.state, finding.reply_due_on) == (CheckState.OPEN, date(2026, 11, 27))
    [row] = facts([budi.pk], *NOVEMBER)["inspections"]
    assert row[2:] == (1, 1)


def test_a_finding_needs_words_and_somebody_who_works_there(write, office):
    elsewhere = office.employee("Orang Lain", unit=office.root)
    for seen, field in (
        ({"note": " "}, "note"),
        ({"employee": elsewhere}, "employee"),
        ({"advice": "Susun jadwal", "mend_due_on": None}, "mend_due_on"),
    ):
        with pytest.raises(ValidationError) as refused:
            write(**seen)
        assert field in refused.value.message_dict


def test_it_counts_only_after_the_reply_was_heard(write, office, agus, budi):
    finding = write(employee=budi)
    with pytest.raises(NotNow, match="Tunggu tanggapannya"):
        services.confirm_check(actor=office.viewer(agus), check=finding, reason="Tetap", version=0)
    with pytest.raises(NotAllowed):
        services.reply_check(actor=office.viewer(office.head), check=finding, text="Bukan saya", version=0)
    heard = services.reply_check(actor=office.viewer(budi), check=finding, text="Sedang istirahat", version=0)
    with pytest.raises(Stale):
        services.confirm_check(actor=office.viewer(agus), check=finding, reason="Tetap", version=0)
    with pytest.raises(NotNow):
        services.reply_check(actor=office.viewer(budi), check=heard, text="Lagi", version=1)
    services.confirm_check(actor=office.viewer(agus), check=heard, reason="Di luar jam istirahat", version=1)
    [row] = facts([budi.pk], *NOVEMBER)["inspections"]
    assert row[2:] == (1, 0)


def test_silence_past_its_day_is_decided_without_a_reply(write, office, agus, budi, later):
    finding = write(employee=budi)
    later(3)
    with pytest.raises(NotNow):
        services.confirm_check(actor=office.viewer(agus), check=finding, reason="Tetap", version=0)
    later(1)
    assert [duty.title for duty in waiting_for(office.viewer(agus))] == ["1 temuan menunggu putusan"]
    done = services.confirm_check(actor=office.viewer(agus), check=finding, reason="Tanpa tanggapan", version=0)
    assert done.state == CheckState.CONFIRMED


def test_a_contested_finding_that_was_withdrawn_counts_no_more_and_says_so(write, office, agus, budi):
    finding = write(employee=budi)
    heard = services.reply_check(actor=office.viewer(budi), check=finding, text="Surat tugas terlampir", version=0)
    confirmed = services.confirm_check(actor=office.viewer(agus), check=heard, reason="Tetap", version=1)
    services.withdraw_check(actor=office.viewer(agus), check=confirmed, reason="Ada surat tugas", version=2)
    assert facts([budi.pk], *NOVEMBER)["inspections"] == []
    [record] = records("inspection_compliance", budi.pk, *NOVEMBER)
    assert record.effect == "1 butir belum atau tidak dihitung"
    assert record.lines == ("Loket terisi: tidak terpenuhi (dicabut)",)
    verbs = JournalEntry.objects.filter(object_type="oversight.inspectioncheck").values_list("verb", flat=True)
    assert list(verbs.order_by("pk")) == [
        "oversight.point_written",
        "oversight.point_replied",
        "oversight.point_confirmed",
        "oversight.point_withdrawn",
    ]


def test_nobody_decides_about_themselves(office, agus, visit, today):
    check = InspectionCheck.objects.create(
        inspection=visit, employee=agus, criterion="Loket", met=False, state=CheckState.OPEN
    )
    with pytest.raises(NotAllowed, match="anggota tim lain"):
        services.withdraw_check(actor=office.viewer(agus), check=check, reason="Tidak benar", version=0)


def test_who_answers_for_the_unit_neither_writes_nor_decides_about_it(client, write, office, visit, agus, later):
    finding = write(criterion="Standar terpasang")
    office.grant(office.head, Role.OVERSIGHT)
    later(7)
    head = office.viewer(office.head)
    told = {"actor": head, "check": finding, "reason": "Tidak benar", "version": 0}
    for verb in (services.withdraw_check, services.confirm_check):
        with pytest.raises(NotAllowed, match="anggota tim lain"):
            verb(**told)
    with pytest.raises(NotAllowed, match="anggota tim lain"):
        services.verify_check(mended=True, **told)
    for about in (None, office.head):
        seen = Seen("Loket terisi", True, employee=about)
        with pytest.raises(ValidationError) as refused:
            services.add_check(actor=head, inspection=visit, seen=seen, form_key=uuid4())
        assert "employee" in refused.value.message_dict
    with pytest.raises(NotAllowed, match="anggota tim lain"):
        services.add_checklist(actor=head, inspection=visit, seen=[Seen("Loket terisi", True)])
    assert [duty.title for duty in waiting_for(head)] == ["Standar terpasang"], "to reply, and not to decide"
    assert [duty.title for duty in waiting_for(office.viewer(agus))] == ["1 temuan menunggu putusan"]
    client.force_login(office.head.user)
    page = client.get(visit.get_absolute_url()).content.decode()
    assert reverse("oversight:withdraw", args=[finding.pk]) not in page
    assert reverse("oversight:reply", args=[finding.pk]) in page


def test_the_head_answers_for_the_unit(write, office, budi):
    finding = write(criterion="Standar terpasang")
    with pytest.raises(NotAllowed):
        services.reply_check(actor=office.viewer(budi), check=finding, text="Sudah", version=0)
    assert [duty.title for duty in waiting_for(office.viewer(office.head))] == ["Standar terpasang"]
    services.reply_check(actor=office.viewer(office.head), check=finding, text="Sedang dicetak", version=0)
    assert waiting_for(office.viewer(office.head)) == []
    entries = JournalEntry.objects.filter(verb__startswith="oversight.point_")
    assert set(entries.values_list("subject_employee_id", flat=True)) == {office.head.pk}, "whose score it moves"


def test_who_headed_the_unit_on_the_day_is_heard_and_never_decides(client, write, office, visit, today, later):
    """The head of the day has moved on and inspects by now; the unit's mending is the next head's."""
    finding = write(criterion="Ruang tunggu", advice="Atap diperbaiki", mend_due_on=today + timedelta(days=9))
    seat = office.head.assignments.get().post
    Assignment.objects.filter(employee=office.head).update(ends_on=today + timedelta(days=1))
    office.grant(office.head, Role.OVERSIGHT)
    follower = office.employee("Kepala Baru")
    Assignment.objects.create(employee=follower, post=seat, kind="plt", starts_on=today + timedelta(days=1))
    later(1)
    before, after = office.viewer(office.head), office.viewer(follower)
    assert [duty.title for duty in waiting_for(before)] == ["Ruang tunggu"], "to reply, and not to decide"
    assert waiting_for(after) == []
    with pytest.raises(NotAllowed):
        services.reply_check(actor=after, check=finding, text="Sudah", version=0)
    heard = services.reply_check(actor=before, check=finding, text="Atap sudah diusulkan", version=0)
    with pytest.raises(NotAllowed, match="anggota tim lain"):
        services.confirm_check(actor=before, check=heard, reason="Tetap", version=1)
    with pytest.raises(NotAllowed, match="anggota tim lain"):
        services.add_checklist(actor=before, inspection=visit, seen=[Seen("Loket terisi", True)])
    InspectionCheck.objects.update(state=CheckState.CONFIRMED)
    assert [duty.title for duty in waiting_for(after)] == ["Atap diperbaiki"]
    with pytest.raises(NotAllowed):
        services.mend_check(actor=before, check=heard, note="Selesai", version=1)
    services.mend_check(actor=after, check=heard, note="Selesai", version=1)


def test_who_headed_the_unit_reads_its_points_and_those_of_nobody_else(
    client, write, office, visit, budi, today, later
):
    write(criterion="Ruang tunggu")
    write(criterion="Papan nama", employee=budi)
    Assignment.objects.filter(employee=office.head).update(ends_on=today + timedelta(days=1))
    later(1)
    client.force_login(office.head.user)
    page = client.get(visit.get_absolute_url()).content.decode()
    assert "Ruang tunggu" in page
    assert "Papan nama" not in page
    assert visit.purpose in client.get(reverse("oversight:mine")).content.decode()
    Assignment.objects.filter(employee=office.head).update(ends_on=today)
    assert client.get(visit.get_absolute_url()).status_code == 403


def test_a_finding_is_mended_and_looked_at_again(write, office, agus, budi, today):
    finding = write(employee=budi, advice="Susun jadwal jaga", mend_due_on=today + timedelta(days=7))
    with pytest.raises(NotNow):
        services.mend_check(actor=office.viewer(budi), check=finding, note="Jadwal ditempel", version=0)
    heard = services.reply_check(actor=office.viewer(budi), check=finding, text="Benar", version=0)
    done = services.confirm_check(actor=office.viewer(agus), check=heard, reason="Diakui", version=1)
    assert [duty.title for duty in waiting_for(office.viewer(budi))] == ["Susun jadwal jaga"]
    mended = services.mend_check(actor=office.viewer(budi), check=done, note="Jadwal ditempel", version=2)
    with pytest.raises(ValidationError):
        services.verify_check(actor=office.viewer(agus), check=mended, mended=False, reason="", version=3)
    again = services.verify_check(actor=office.viewer(agus), check=mended, mended=False, reason="Belum ada", version=3)
    assert again.to_mend
    mended = services.mend_check(actor=office.viewer(budi), check=again, note="Sudah ditempel", version=4)
    seen = services.verify_check(actor=office.viewer(agus), check=mended, mended=True, reason="", version=5)
    assert seen.verified_on == today
    assert facts([budi.pk], *NOVEMBER)["inspections"][0][2:] == (1, 0), "what was found stays found"


def test_a_withdrawn_finding_waits_for_nobody(client, write, office, agus, budi, today, visit):
    finding = write(employee=budi, advice="Susun jadwal", mend_due_on=today)
    mended = {"state": CheckState.CONFIRMED, "mended_on": today, "mend_note": "Sudah"}
    InspectionCheck.objects.filter(pk=finding.pk).update(**mended)
    viewer = office.viewer(agus)
    assert [duty.title for duty in waiting_for(viewer)] == ["1 temuan menunggu putusan"]
    gone = services.withdraw_check(actor=viewer, check=finding, reason="Ada surat tugas", version=0)
    assert waiting_for(viewer) == []
    assert not gone.to_verify
    assert not open_findings(viewer).exists()
    with pytest.raises(NotNow):
        services.verify_check(actor=viewer, check=gone, mended=True, reason="", version=1)
    client.force_login(agus.user)
    assert reverse("oversight:verify", args=[gone.pk]) not in client.get(visit.get_absolute_url()).content.decode()


def test_through_the_pages_from_the_visit_to_the_reply(client, office, agus, budi, today):
    client.force_login(agus.user)
    form = {"unit": office.unit.pk, "day": today.isoformat(), "purpose": "Sidak", "letter": "1", "reply_days": "3"}
    assert client.post(reverse("oversight:open"), form | {"team": budi.pk, "form_key": str(uuid4())}).status_code == 422
    assert (
        client.post(reverse("oversight:open"), form | {"reply_days": "99", "form_key": str(uuid4())}).status_code == 422
    )
    opened = client.post(reverse("oversight:open"), form | {"form_key": str(uuid4())})
    visit = Inspection.objects.get()
    assert opened["Location"] == visit.get_absolute_url()
    point = {"criterion": "Loket terisi", "employee": budi.pk, "met": "tidak", "note": "", "form_key": str(uuid4())}
    refused = client.post(reverse("oversight:check_new", args=[visit.pk]), point)
    assert refused.status_code == 422
    assert "Tulis apa yang Anda lihat" in refused.content.decode()
    client.post(reverse("oversight:check_new", args=[visit.pk]), point | {"note": "Kosong pukul 10"})
    check = InspectionCheck.objects.get()
    page = client.get(visit.get_absolute_url()).content.decode()
    assert reverse("oversight:withdraw", args=[check.pk]) in page
    assert reverse("oversight:confirm", args=[check.pk]) not in page, "nobody was heard yet"
    client.force_login(budi.user)
    page = client.get(visit.get_absolute_url()).content.decode()
    assert reverse("oversight:reply", args=[check.pk]) in page
    assert (
        client.post(reverse("oversight:reply", args=[check.pk]), {"text": "Istirahat", "version": 0}).status_code == 302
    )
    client.force_login(agus.user)
    assert reverse("oversight:confirm", args=[check.pk]) in client.get(visit.get_absolute_url()).content.decode()
