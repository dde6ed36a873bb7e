"""From a draft to a version: two people, one state after the other, days that make sense, files in and out."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.cast import make_cast

from terang.audit.models import JournalEntry
from terang.evaluation.drafts import duties, services
from terang.evaluation.drafts.models import DraftState, PolicyDraft
from terang.evaluation.drafts.tests.conftest import DECEMBER
from terang.evaluation.drafts.validity import consequences, problems_with_day
from terang.evaluation.models import PolicyVersion
from terang.evaluation.selectors import policy_on, versions_of
from terang.rules.policies import PolicyError, digest, json_text, load_document, load_policy, read_json, read_toml
from terang.web.errors import NotAllowed, NotNow, Stale

TODAY = date(2026, 11, 24)


def verbs():
    return list(JournalEntry.objects.order_by("id").values_list("verb", flat=True))[1:]


def test_two_people_make_a_version_and_both_names_stay(office):
    draft = office.submitted(standard_bp=7000)
    version = services.approve_draft(actor=office.viewer("rina"), draft=draft, seen=draft.version)
    draft.refresh_from_db()
    assert (version.version, version.written_by, version.published_by) == (2, office.cast.maya, office.cast.rina)
    assert (draft.state, draft.published, draft.decided_by) == (DraftState.PUBLISHED, version, office.cast.rina)
    assert policy_on(office.cast.agency.pk, DECEMBER) == version
    assert load_policy(version.text).standard_bp == 7000
    assert verbs() == ["policy_drafts.draft_begun", "policy_drafts.draft_submitted", "evaluation.policy_published"]


def test_the_regional_head_may_be_the_second_person(office):
    draft = office.submitted()
    services.approve_draft(actor=office.viewer("mayor"), draft=draft, seen=draft.version)
    assert PolicyVersion.objects.count() == 2


@pytest.mark.parametrize("name", ["maya", "andi", "tono", "agus", "lina"])
def test_nobody_else_approves_or_sends_back(office, name):
    draft = office.submitted()
    with pytest.raises(NotAllowed):
        services.approve_draft(actor=office.viewer(name), draft=draft, seen=draft.version)
    with pytest.raises(NotAllowed):
        services.send_back(actor=office.viewer(name), draft=draft, seen=draft.version, reason="Salah")
    assert PolicyVersion.objects.count() == 1


def test_only_its_author_writes_hands_in_and_discards(office):
    draft = office.sound()
    rina = office.viewer("rina")
    for act in (services.submit_draft, services.discard_draft):
        with pytest.raises(NotAllowed, match="penyusunnya"):
            act(actor=rina, draft=draft, seen=0)
    with pytest.raises(NotAllowed):
        services.keep_draft(actor=rina, draft=draft, seen=0, document={}, step="dasar")
    with pytest.raises(NotAllowed):
        services.begin_draft(actor=office.viewer("andi"), form_key="0" * 32, document={})


def test_another_government_reaches_nothing(office):
    draft = office.submitted()
    stranger = make_cast("99.72", "Pemerintah Kota Lain").viewer("mayor")
    with pytest.raises(NotAllowed):
        services.approve_draft(actor=stranger, draft=draft, seen=draft.version)


def test_sent_back_with_a_reason_mended_and_handed_in_again(office):
    draft = office.submitted()
    rina, maya = office.viewer("rina"), office.viewer("maya")
    draft = services.send_back(actor=rina, draft=draft, seen=draft.version, reason="Bobot disiplin terlalu besar")
    assert (draft.state, draft.reason, draft.decided_by) == (
        "dikembalikan",
        "Bobot disiplin terlalu besar",
        rina.employee,
    )
    assert [duty.detail for duty in duties.waiting_for(maya)] == ["Dikembalikan: Bobot disiplin terlalu besar"]
    document = read_toml(draft.text) | {"standard_bp": 6000}
    draft = services.keep_draft(actor=maya, draft=draft, seen=draft.version, document=document, step="ambang")
    draft = services.submit_draft(actor=maya, draft=draft, seen=draft.version)
    assert (draft.state, draft.reason) == ("diajukan", "")
    assert [len(duties.waiting_for(office.viewer(name))) for name in ("rina", "mayor", "maya", "andi")] == [1, 1, 0, 0]


def test_states_refuse_what_is_not_their_turn(office):
    maya, rina = office.viewer("maya"), office.viewer("rina")
    draft = office.sound()
    with pytest.raises(NotNow):
        services.approve_draft(actor=rina, draft=draft, seen=0)
    draft = services.submit_draft(actor=maya, draft=draft, seen=0)
    with pytest.raises(NotNow, match="menunggu persetujuan"):
        services.keep_draft(actor=maya, draft=draft, seen=draft.version, document={}, step="dasar")
    with pytest.raises(Stale):
        services.approve_draft(actor=rina, draft=draft, seen=draft.version - 1)
    draft = services.withdraw_draft(actor=maya, draft=draft, seen=draft.version)
    draft = services.discard_draft(actor=maya, draft=draft, seen=draft.version)
    with pytest.raises(NotNow, match="dibuang"):
        services.submit_draft(actor=maya, draft=draft, seen=draft.version)


def test_a_double_click_approves_once(office):
    draft = office.submitted()
    services.approve_draft(actor=office.viewer("rina"), draft=draft, seen=draft.version)
    with pytest.raises(NotNow):
        services.approve_draft(actor=office.viewer("rina"), draft=draft, seen=draft.version)
    assert PolicyVersion.objects.count() == 2


def test_the_same_form_twice_begins_one_draft(office):
    first = office.sound()
    office.number -= 1
    assert office.sound() == first
    assert PolicyDraft.objects.count() == 1


def test_a_draft_with_problems_is_kept_but_not_handed_in(office):
    draft = office.begin({"title": "Belum selesai"})
    with pytest.raises(PolicyError) as refused:
        services.submit_draft(actor=office.viewer("maya"), draft=draft, seen=0)
    assert "aspects" in {problem.path for problem in refused.value.problems}
    draft.refresh_from_db()
    assert draft.state == DraftState.DRAFT


def test_number_region_and_code_are_not_for_anybody_to_choose(office):
    draft = office.sound(version=77, agency_code="73.71", code="lain")
    policy = load_policy(draft.text)
    assert (policy.version, policy.agency_code, policy.code) == (2, "99.71", "terang")


@pytest.mark.parametrize(
    ("day", "period", "told"),
    [
        (date(2026, 11, 24), "month", ""),
        (date(2026, 12, 17), "month", ""),
        (date(2026, 11, 23), "month", "Pilih hari ini atau sesudahnya: aturan tidak berlaku surut."),
        (date(2027, 1, 1), "quarter", ""),
        (date(2026, 12, 1), "quarter", "Hari terdekat: 1 Januari 2027."),
        (date(2027, 1, 2), "year", "Hari terdekat: 1 Januari 2028."),
    ],
)
def test_from_when_a_policy_may_hold(office, day, period, told):
    document = read_toml(office.version.text) | {"valid_from": day, "period": period}
    found = problems_with_day(load_document(document), versions_of(office.cast.agency.pk), TODAY)
    assert [str(problem.hint) for problem in found] == ([told] if told else [])


def test_a_first_policy_may_begin_in_the_past(office):
    policy = load_policy(office.version.text)
    assert problems_with_day(policy, [], TODAY) == []
    assert "Periode yang berjalan, November 2026, langsung dinilai" in consequences(policy, [], TODAY)[0]


def test_the_page_says_what_happens_to_the_running_period(office):
    """From the middle of a month: that month is judged as it began."""
    document = read_toml(office.version.text) | {"valid_from": date(2026, 12, 17)}
    told = consequences(load_document(document), versions_of(office.cast.agency.pk), TODAY)
    assert told[0].startswith("Periode Desember 2026 tetap dinilai dengan versi 1")
    assert told[1] == "Penilaian memakai versi ini mulai periode Januari 2027."


def test_a_day_that_passes_while_a_draft_waits_stops_its_approval(office, client, monkeypatch):
    draft = office.submitted(valid_from=date(2026, 11, 24))
    monkeypatch.setattr(services, "local_today", lambda agency: date(2026, 11, 25))
    with pytest.raises(PolicyError):
        services.approve_draft(actor=office.viewer("rina"), draft=draft, seen=draft.version)
    client.force_login(office.cast.rina.user)
    answer = client.post(reverse("policy_drafts:approve", args=[draft.pk]), {"version": draft.version})
    assert answer.status_code == 422
    assert PolicyVersion.objects.count() == 1


# Pages


def test_the_second_person_reads_what_changes_and_decides_on_the_page(office, client):
    document = read_toml(office.version.text)["aspects"]
    aspects = [document[0] | {"weight_bp": 3500}, document[1] | {"weight_bp": 6500}]
    draft = office.submitted(aspects=aspects)
    client.force_login(office.cast.rina.user)
    page = client.get(draft.get_absolute_url()).content.decode()
    assert "Disiplin, bobot: <del>40\u00a0%</del> → <ins>35\u00a0%</ins>" in page
    assert "Periode November 2026 tetap dinilai dengan versi 1" in page
    assert "Seluruh kebijakan dalam kata-kata" in page
    answer = client.post(reverse("policy_drafts:approve", args=[draft.pk]), {"version": draft.version})
    assert answer.url == reverse("evaluation:policy_version", args=[2])
    told = client.get(answer.url).content.decode()
    assert "Maya Lestari, disetujui Rina Marlina" in told
    compared = client.get(reverse("policy_drafts:compare", args=[1, 2])).content.decode()
    assert "Layanan, bobot: <del>60\u00a0%</del> → <ins>65\u00a0%</ins>" in compared


def test_the_author_sees_no_way_to_approve(office, client):
    draft = office.submitted()
    client.force_login(office.cast.maya.user)
    page = client.get(draft.get_absolute_url()).content.decode()
    assert reverse("policy_drafts:approve", args=[draft.pk]) not in page
    assert reverse("policy_drafts:withdraw", args=[draft.pk]) in page


def test_the_regional_head_sees_what_was_handed_in_only(office, client):
    office.sound(title="Masih disusun")
    office.submitted(title="Sudah diajukan")
    client.force_login(office.cast.mayor.user)
    page = client.get(reverse("policy_drafts:list")).content.decode()
    assert "Sudah diajukan" in page
    assert "Masih disusun" not in page


@pytest.mark.parametrize("kind", ["toml", "json"])
def test_a_version_goes_out_as_a_file_and_comes_back_in_as_a_draft(office, client, kind):
    client.force_login(office.cast.maya.user)
    file = client.get(reverse("policy_drafts:version_file", args=[1, kind]))
    assert f"kebijakan-versi-1.{kind}" in file["Content-Disposition"]
    again = load_document((read_json if kind == "json" else read_toml)(file.content.decode()))
    assert digest(again) == office.version.digest
    upload = SimpleUploadedFile(f"kebijakan.{kind}", file.content)
    data = {"form_key": "00000000-0000-0000-0000-000000000009", "source": "kosong", "file": upload}
    assert client.post(reverse("policy_drafts:begin"), data).status_code == 302
    draft = PolicyDraft.objects.get()
    assert load_policy(draft.text).aspects == again.aspects


def test_a_file_with_mistakes_the_editor_can_show_becomes_a_draft(office, client):
    client.force_login(office.cast.maya.user)
    text = office.version.text.replace("weight_bp = 6000", "weight_bp = 5000").replace("punctuality", "punctualty")
    data = {"form_key": "00000000-0000-0000-0000-000000000009", "source": "berkas"}
    data["file"] = SimpleUploadedFile("kebijakan.toml", text.encode())
    assert client.post(reverse("policy_drafts:begin"), data).status_code == 302
    page = client.get(PolicyDraft.objects.get().get_absolute_url()).content.decode()
    assert "Bobot aspek berjumlah 90\u00a0%, masih kurang 10\u00a0%." in page
    assert "“punctualty” tidak dikenal." in page


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.toml", b"\xff\xfe\x00", "bukan teks UTF-8"),
        ("a.toml", b"bobot = [1,", "penulisan berkas salah"),
        ("a.toml", b"bobot = 1", "kunci ini tidak dikenal"),
        ("a.json", b"[1, 2]", "harus bagian tersendiri"),
        ("a.json", b'{"title": 1, "title": 2}', "ditulis dua kali"),
        ("a.json", b'{"title": "\\ud800"}', "bukan huruf"),
        ("a.json", b'{"standard_bp": NaN}', "terlalu panjang"),
        ("a.json", b'{"title": "a\\u0000b"}', "bukan huruf"),
        ("a.pdf", b"%PDF", "Jenis berkas ini tidak diterima"),
    ],
)
def test_files_that_are_no_policy_are_told_and_begin_nothing(office, client, name, content, told):
    client.force_login(office.cast.maya.user)
    data = {"form_key": "00000000-0000-0000-0000-000000000009", "source": "berkas"}
    data["file"] = SimpleUploadedFile(name, content)
    answer = client.post(reverse("policy_drafts:begin"), data)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert PolicyDraft.objects.count() == 0


@pytest.mark.parametrize("source", ["kosong", "versi-1", "palu", "mamuju"])
def test_every_beginning_opens_its_first_step(office, client, source):
    client.force_login(office.cast.maya.user)
    data = {"form_key": "00000000-0000-0000-0000-000000000009", "source": source}
    answer = client.post(reverse("policy_drafts:begin"), data, follow=True)
    assert answer.status_code == 200
    draft = PolicyDraft.objects.get()
    assert (draft.base == office.version) is (source == "versi-1")
    assert "valid_from" not in read_toml(draft.text)


def test_a_list_of_drafts_takes_the_same_queries_for_one_and_fifty(office, client):
    client.force_login(office.cast.maya.user)

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get(reverse("policy_drafts:list"))
        return len(seen)

    office.sound()
    queries()
    one = queries()
    for _ in range(49):
        office.sound()
    assert queries() == one


def test_json_and_toml_of_a_draft_say_the_same(office):
    draft = office.sound()
    again = read_json(json_text(read_toml(draft.text)))
    assert digest(load_document(again)) == digest(load_policy(draft.text))
