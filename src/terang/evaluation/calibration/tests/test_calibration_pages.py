"""The pages: what they show, keep and refuse, and what they ask the database."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.cast import NOW
from tests.rating import City

from terang.accounts.models import User
from terang.evaluation.appraisals.models import Appraisal, ItemRating
from terang.evaluation.calibration.duties import waiting_for
from terang.evaluation.calibration.models import CalibrationSession, Proposal, ProposalState, SessionState
from terang.evidence.dialogue.models import Feedback, GiverKind
from terang.registry.people.models import Employee

BOARD, COMPARE, PROPOSE = "calibration:session", "calibration:compare", "calibration:propose"


def page(client, name, *args, **query):
    return client.get(reverse(name, args=args), query)


def more_people(city: City, count: int, rater: str = "hendra") -> None:
    """More decided people of a rater, as if they had been rated the same."""
    model = Appraisal.objects.get(employee=city.cast.andi)
    for number in range(count):
        nip = f"1990010120200110{number:02d}"
        user = User.objects.create(nip=nip, name=f"Pegawai {number}")
        person = Employee.objects.create(
            agency=city.cast.agency, user=user, nip=nip, name=f"Pegawai {number}", status="pns", joined_on=city.day
        )
        model.pk, model.employee, model.rater = None, person, city.cast.people[rater]
        model.save()


class TestOpening:
    def test_the_page_says_who_takes_part_and_opens_once(self, table, sign_in):
        client, city = sign_in("sri"), table.city
        address = page(client, "calibration:choose").url
        assert address == reverse("calibration:open", args=[city.window.pk])
        answer = client.get(address)
        text = answer.content.decode()
        assert "3 orang dibandingkan" in text
        assert "Hendra Saputra, Tono Wijaya" in text
        form = answer.context["form"]
        said = {name: form[name].value() for name in ("form_key", "unit", "family", "seen", "answers_until")}
        past = client.post(address, {**said, "answers_until": city.day.isoformat()})
        assert past.status_code == 422
        assert "sampai besok" in past.content.decode()
        said["answers_until"] = (city.day + timedelta(days=2)).isoformat()
        for _twice in range(2):
            assert client.post(address, said).status_code == 302
        assert CalibrationSession.objects.count() == 1

    def test_who_leads_nothing_is_told(self, table, sign_in):
        client = sign_in("andi")
        assert page(client, "calibration:choose").status_code == 403
        assert page(client, "calibration:open", table.city.window.pk).status_code == 403
        assert "Belum ada sesi" in page(client, "calibration:sessions").content.decode()

    def test_a_unit_the_viewer_does_not_lead_is_not_shown(self, table, sign_in):
        other = table.city.cast.units["health"]
        answer = page(sign_in("sri"), "calibration:open", table.city.window.pk, unit=other.pk)
        assert answer.context["scope"].unit == table.city.cast.units["dukcapil"]


class TestBoard:
    def test_only_the_people_in_the_session_read_it(self, table, sign_in):
        session = table.open()
        for name in ("sri", "hendra", "tono"):
            assert page(sign_in(name), BOARD, session.pk).status_code == 200, name
        for name in ("andi", "joko", "maya", "agus", "lina", "mayor", "bambang"):
            for address in (BOARD, COMPARE, "calibration:close", "calibration:cancel"):
                assert page(sign_in(name), address, session.pk).status_code == 403, (name, address)
            assert page(sign_in(name), PROPOSE, table.placement("andi").pk).status_code == 403
            assert not page(sign_in(name), "calibration:sessions").context["page"].object_list

    def test_a_dragged_card_opens_the_form_with_the_field_chosen(self, table, sign_in):
        table.open()
        client, place = sign_in("tono"), table.placement("andi")
        text = page(client, BOARD, table.session.pk).content.decode()
        assert f'data-url="{reverse(PROPOSE, args=[place.pk])}"' in text
        form = page(client, PROPOSE, place.pk, hasil="above", perilaku="below").context["form"]
        assert (form["work_result"].value(), form["behaviour"].value()) == ("above", "below")
        form = page(client, PROPOSE, place.pk, hasil="<b>", perilaku="").context["form"]
        assert (form["work_result"].value(), form["behaviour"].value()) == ("meets", "meets")

    def test_a_proposal_without_reason_keeps_what_was_chosen(self, table, sign_in):
        table.open()
        client, place = sign_in("sri"), table.placement("andi")
        said = {"work_result": "above", "behaviour": "above", "form_key": uuid4(), "version": 0, "reason": ""}
        address = reverse(PROPOSE, args=[place.pk])
        refused = client.post(address, said)
        assert refused.status_code == 422
        assert refused.context["form"]["work_result"].value() == "above"
        for _twice in range(2):
            assert client.post(address, {**said, "reason": "Bukti lengkap"}).status_code == 302
        assert Proposal.objects.count() == 1
        assert "ada usulan" in page(client, BOARD, table.session.pk).content.decode()
        stale = client.post(address, {**said, "form_key": uuid4(), "reason": "Bukti lengkap", "version": 5})
        assert stale.status_code == 409

    def test_the_whole_way_by_form(self, table, sign_in):
        table.open()
        proposal = table.propose("tono", "andi", "below", "meets")
        client = sign_in("hendra")
        text = page(client, "calibration:proposal", proposal.pk).content.decode()
        assert "Tidak sependapat" in text
        assert "menunggu Anda" in page(client, BOARD, table.session.pk).content.decode()
        said = {"text": "Dibantu rekan", "version": 0}
        for _twice in range(2):
            assert client.post(reverse("calibration:object", args=[proposal.pk]), said).status_code == 302
        client = sign_in("sri")
        assert "Dibantu rekan" in page(client, "calibration:proposal", proposal.pk).content.decode()
        for _twice in range(2):
            answer = client.post(reverse("calibration:confirm", args=[proposal.pk]), {"version": 1})
            assert answer.url == table.session.get_absolute_url()
        text = page(client, BOARD, table.session.pk).content.decode()
        assert "semula Baik" in text
        address, said = reverse("calibration:close", args=[table.session.pk]), {"note": "Sama ukurannya", "version": 0}
        for _twice in range(2):
            assert client.post(address, said).status_code == 302
        assert page(client, "calibration:close", table.session.pk).status_code == 409
        text = page(client, BOARD, table.session.pk).content.decode()
        assert "Sama ukurannya" in text
        assert "data-cal-board" not in text
        row = table.appraisal("andi")
        assert sign_in("andi").get(row.get_absolute_url()).status_code == 403, "before hand-over it is no paper of hers"
        client = sign_in("hendra")
        give = reverse("appraisals:hand_over", args=[table.city.window.pk, row.unit_id])
        assert client.post(give, {"chosen": [row.pk]}).status_code == 302
        told = sign_in("andi").get(row.get_absolute_url()).content.decode()
        for words in (
            "Sebelum dan sesudah penyelarasan",
            "Diusulkan Tono Wijaya dan disetujui Sri Wahyuni",
            "Antrean turun separuh",
            "Dibantu rekan",
            "predikatnya Butuh Perbaikan",
            "hasil kerja di bawah ekspektasi, perilaku kerja sesuai ekspektasi",
        ):
            assert words in told, words
        marked = told.partition('class="ap-here"')[2].partition("</td>")[0]
        assert "Butuh Perbaikan" in marked, "the marked field of the quadrant is the one that counts"

    def test_decline_withdraw_and_cancel_twice_are_done_once(self, table, sign_in):
        table.open()
        first = table.propose("tono", "andi")
        client = sign_in("sri")
        for _twice in range(2):
            said = {"text": "Bukti kurang", "version": 0}
            assert client.post(reverse("calibration:decline", args=[first.pk]), said).status_code == 302
        second = table.propose("sri", "andi")
        for _twice in range(2):
            answer = client.post(reverse("calibration:withdraw", args=[second.pk]), {"version": 0})
            assert answer.status_code == 302
        for _twice in range(2):
            said = {"note": "Salah rumpun", "version": 0}
            assert client.post(reverse("calibration:cancel", args=[table.session.pk]), said).status_code == 302
        assert CalibrationSession.objects.get().state == SessionState.CANCELLED
        assert set(Proposal.objects.values_list("state", flat=True)) == {
            ProposalState.DECLINED,
            ProposalState.WITHDRAWN,
        }

    def test_the_desk_says_why_nothing_can_be_handed_over(self, table, sign_in):
        table.open()
        client = sign_in("hendra")
        text = client.get(reverse("appraisals:desk", args=[table.city.window.pk])).content.decode()
        assert "2 penilaian sedang diselaraskan" in text
        assert 'name="chosen"' not in text
        row = table.appraisal("andi")
        give = reverse("appraisals:hand_over", args=[table.city.window.pk, row.unit_id])
        refused = client.post(give, {"chosen": [row.pk]})
        assert refused.status_code == 409
        assert "sedang diselaraskan" in refused.content.decode()


class TestCompare:
    def test_two_to_four_side_by_side_with_what_the_rater_saw(self, table, sign_in):
        row = table.appraisal("andi")
        row.frozen = {"score": 1, "total_bp": 8250, "coverage_bp": 9000, "work_result_bp": 8100, "behaviour_bp": 8400}
        row.reason, row.suggested_work = "Antrean pendek", "above"
        row.save()
        for kind, giver in (
            (GiverKind.LEADER, "hendra"),
            (GiverKind.SUBORDINATE, "rina"),
            (GiverKind.SUBORDINATE, "rina"),
        ):
            Feedback.objects.create(
                subject=table.city.cast.andi,
                giver=table.city.cast.people[giver],
                giver_kind=kind,
                day=table.city.day,
                given_at=NOW,
                behaviour="Menyapa warga",
                form_key=uuid4(),
            )
        table.open()
        ids = [table.placement(name).pk for name in ("andi", "joko")]
        client = sign_in("tono")
        text = page(client, COMPARE, table.session.pk, orang=ids).content.decode()
        for words in ("82,5", "dari 90", "Antrean pendek", "3 dari 2 orang", "Andi Pratama", "Joko Susilo"):
            assert words in text, words
        address = reverse("evaluation:score", args=[table.city.window.period_id, table.city.cast.andi.pk])
        assert address not in text, "Tono does not see Andi's evidence itself"
        assert address in page(sign_in("sri"), COMPARE, table.session.pk, orang=ids).content.decode()

    def test_one_person_nonsense_and_strangers_are_told_what_to_do(self, table, sign_in):
        table.open()
        client = sign_in("sri")
        for asked in ([table.placement("andi").pk], ["x", "-1"], [987654], []):
            text = page(client, COMPARE, table.session.pk, orang=asked).content.decode()
            assert "Pilih 2 sampai 4 orang" in text


def test_what_waits_for_whom(table):
    assert waiting_for(table.viewer("sri")) == []
    table.open()
    assert waiting_for(table.viewer("hendra")) == []
    proposal = table.propose("tono", "andi")
    told = {
        name: [each.title for each in waiting_for(table.viewer(name))] for name in ("sri", "hendra", "tono", "andi")
    }
    assert told == {"sri": [], "hendra": ["1 usulan penyelarasan menunggu Anda"], "tono": [], "andi": []}
    table.city.later(3)
    assert [each.title for each in waiting_for(table.viewer("sri"))] == ["1 usulan penyelarasan menunggu Anda"]
    assert waiting_for(table.viewer("hendra")) == []
    table.confirm("sri", proposal)
    [duty] = waiting_for(table.viewer("sri"))
    assert duty.title.startswith("Tutup penyelarasan")


@pytest.mark.parametrize("name", [BOARD, COMPARE])
def test_the_number_of_people_costs_no_query(table, sign_in, name):
    client = sign_in("sri")
    counted = []
    for extra in (0, 47):
        more_people(table.city, extra)
        with CaptureQueriesContext(connection) as opening:
            session = table.open()
        opened = len(opening)
        ids = list(session.placements.values_list("pk", flat=True))
        query = {"orang": ids[:4] if extra else ids[:2]}
        client.get(reverse(name, args=[session.pk]), query)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse(name, args=[session.pk]), query).status_code == 200
        counted.append((opened, len(asked)))
        session.placements.all().update(live=False)
        Appraisal.objects.update(alignment="")
    assert len(ids) == 50
    assert counted[0] == counted[1]
    assert counted[0][1] == {BOARD: 12, COMPARE: 19}[name]


def test_single_results_are_shown_with_their_ratings(table, sign_in):
    assert not ItemRating.objects.exists()
    table.open()
    text = page(sign_in("sri"), COMPARE, table.session.pk, orang=[table.placement(n).pk for n in ("andi", "rina")])
    assert "tidak menilai hasil satu per satu" in text.content.decode()
