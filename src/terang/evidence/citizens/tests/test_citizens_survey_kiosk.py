"""The kiosk at the counter, one answer for one event, and no road from an answer back to who gave it."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from terang.audit.models import JournalEntry
from terang.evidence.citizens import services
from terang.evidence.citizens.models import (
    Kiosk,
    Service,
    ServiceRequest,
    ShortForm,
    SurveyInvitation,
    SurveyResponse,
)
from terang.evidence.citizens.services.inviting import invite
from terang.evidence.citizens.services.kiosks import (
    answer_at_kiosk,
    is_asking,
    offer_at_kiosk,
    register_kiosk,
    rest_kiosk,
    revoke_kiosk,
    touch_kiosk,
)
from terang.evidence.citizens.services.survey_keeping import choose_questions, hide_remark
from terang.evidence.citizens.survey_forms_asked import asked_elements
from terang.evidence.citizens.survey_selectors import voice_of
from terang.registry.people.models import Role
from terang.rules.tables import ELEMENTS
from terang.web.errors import NotAllowed, NotNow

ALL_FOUR = dict.fromkeys(ELEMENTS, 4)


@pytest.fixture
def budi(office):
    budi = office.employee("Budi Santoso")
    office.grant(budi, Role.SERVICE_OFFICER, office.unit)
    return budi


@pytest.fixture
def manager(office):
    manager = office.employee("Hendra Kelola")
    office.grant(manager, Role.SERVICE_MANAGER, office.unit)
    return office.viewer(manager)


@pytest.fixture
def ktp(office):
    return Service.objects.create(unit=office.unit, code="ktp", name="KTP elektronik", standard_minutes=2250)


@pytest.fixture
def request_of(office, budi, ktp):
    def make(number=1):
        return ServiceRequest.objects.create(
            service=ktp, officer=budi, tracking_code=f"K-{number}", received_at=timezone.now()
        )

    return make


@pytest.fixture
def kiosk(office, manager):
    return register_kiosk(actor=manager, unit=office.unit, name="Loket 1")


@pytest.fixture
def asked(office, budi, kiosk, request_of):
    """A request shown at the kiosk: (kiosk, request)."""
    request = request_of()
    return offer_at_kiosk(actor=office.viewer(budi), request=request, kiosk=kiosk.kiosk), request


def later(monkeypatch, **span):
    moment = timezone.now() + timedelta(**span)
    monkeypatch.setattr(timezone, "now", lambda: moment)


def test_only_managers_register_and_the_token_is_not_kept(office, manager, kiosk, budi):
    assert kiosk.token not in Kiosk.objects.get().token_hash
    with pytest.raises(NotAllowed):
        register_kiosk(actor=office.viewer(budi), unit=office.unit, name="Loket 2")
    with pytest.raises(NotAllowed):
        register_kiosk(actor=manager, unit=office.root, name="Loket 2")


def test_an_answer_at_the_kiosk_is_kept_once_and_the_kiosk_forgets(asked, kiosk, budi, today):
    shown, request = asked
    sent = {"token": kiosk.token, "offer": shown.offer, "answers": ALL_FOUR}
    assert answer_at_kiosk(**sent) == "open"
    assert answer_at_kiosk(**sent) == "over"
    response = SurveyResponse.objects.get()
    assert (response.channel, response.officer, response.day) == ("kios", budi, today)
    shown.refresh_from_db()
    assert (shown.request, shown.alive_at) == (None, None)
    assert SurveyInvitation.objects.get(request=request).used_at is not None


def test_a_request_that_still_waits_may_be_rated_and_finishing_it_asks_no_second_time(office, asked, kiosk, budi):
    shown, request = asked
    assert request.completed_at is None
    answer_at_kiosk(token=kiosk.token, offer=shown.offer, answers=ALL_FOUR)
    assert invite(request) == ""
    with pytest.raises(NotNow):
        offer_at_kiosk(actor=office.viewer(budi), request=request, kiosk=kiosk.kiosk)


def test_link_and_kiosk_together_keep_one_answer(office, budi, asked, kiosk):
    """Two tabs: the citizen opened the link on the phone while the kiosk asks the same."""
    shown, request = asked
    token = services.renew_link(actor=office.viewer(budi), request=request)
    assert services.answer_survey(token=token, answers=ALL_FOUR) == "open"
    assert answer_at_kiosk(token=kiosk.token, offer=shown.offer, answers=ALL_FOUR) == "used"
    assert SurveyResponse.objects.count() == 1


def test_the_kiosk_rests_after_two_minutes_without_a_sign_of_life(monkeypatch, asked, kiosk):
    shown, _ = asked
    later(monkeypatch, minutes=1, seconds=59)
    touch_kiosk(token=kiosk.token, offer=shown.offer)
    later(monkeypatch, minutes=1, seconds=59)
    assert is_asking(Kiosk.objects.get(), timezone.now())
    later(monkeypatch, seconds=1)
    assert not is_asking(Kiosk.objects.get(), timezone.now())
    touch_kiosk(token=kiosk.token, offer=shown.offer)
    assert answer_at_kiosk(token=kiosk.token, offer=shown.offer, answers=ALL_FOUR) == "over"
    assert not SurveyResponse.objects.exists()


def test_an_old_page_does_not_answer_for_the_next_citizen(office, budi, asked, kiosk, request_of):
    shown, _ = asked
    rest_kiosk(token=kiosk.token, offer=shown.offer)
    after = offer_at_kiosk(actor=office.viewer(budi), request=request_of(2), kiosk=kiosk.kiosk)
    assert answer_at_kiosk(token=kiosk.token, offer=shown.offer, answers=ALL_FOUR) == "over"
    assert answer_at_kiosk(token=kiosk.token, offer=after.offer, answers=ALL_FOUR) == "open"


def test_a_kiosk_in_use_asks_nobody_else(office, budi, asked, kiosk, request_of):
    with pytest.raises(NotNow, match="sedang dipakai"):
        offer_at_kiosk(actor=office.viewer(budi), request=request_of(2), kiosk=kiosk.kiosk)


def test_offering_is_for_the_own_request_and_the_kiosk_of_its_unit(office, manager, kiosk, request_of):
    with pytest.raises(NotAllowed):
        offer_at_kiosk(actor=manager, request=request_of(), kiosk=kiosk.kiosk)


def test_a_revoked_kiosk_shows_and_takes_nothing(office, manager, budi, asked, kiosk, request_of):
    shown, _ = asked
    revoke_kiosk(actor=manager, kiosk=kiosk.kiosk, reason="Tablet hilang")
    revoke_kiosk(actor=manager, kiosk=kiosk.kiosk, reason="Dua kali")
    assert answer_at_kiosk(token=kiosk.token, offer=shown.offer, answers=ALL_FOUR) == "unknown"
    with pytest.raises(NotNow, match="dicabut"):
        offer_at_kiosk(actor=office.viewer(budi), request=request_of(2), kiosk=kiosk.kiosk)
    assert JournalEntry.objects.get(verb="citizens.kiosk_revoked").reason == "Tablet hilang"


@pytest.mark.parametrize(
    ("answers", "about"), [(ALL_FOUR | {"waktu": 5}, {}), ({}, {}), (ALL_FOUR, {"nik": "1"}), (ALL_FOUR, {"sex": "X"})]
)
def test_a_wrong_answer_keeps_nothing_and_the_kiosk_asks_on(asked, kiosk, answers, about):
    shown, _ = asked
    with pytest.raises(ValidationError):
        answer_at_kiosk(token=kiosk.token, offer=shown.offer, answers=answers, about=about)
    assert not SurveyResponse.objects.exists()
    assert is_asking(Kiosk.objects.get(), timezone.now())


def test_nothing_stored_leads_from_an_answer_to_link_kiosk_or_time(asked, kiosk):
    shown, _ = asked
    answer_at_kiosk(
        token=kiosk.token, offer=shown.offer, answers=ALL_FOUR, remark="Cepat", about={"sex": "P", "education": "sma"}
    )
    fields = {field.name for field in SurveyResponse._meta.get_fields()}
    assert fields == {
        "id", "service", "officer", "day", "channel", *ELEMENTS, "remark", "sex", "education", "occupation", "slot",
        "short", "released", "hidden",
    }  # fmt: skip
    told = [(each.verb, each.object_type, each.changes) for each in JournalEntry.objects.order_by("id")]
    assert [verb for verb, _, _ in told] == [
        "citizens.kiosk_registered",
        "citizens.kiosk_offered",
        "citizens.survey_answered",
    ]
    assert all(kind in ("citizens.kiosk", "citizens.service") for _, kind, _ in told)
    assert told[1][2] == {}


def test_keys_of_answers_do_not_tell_their_order(office, budi, kiosk, request_of):
    keys = []
    for number in range(24):
        shown = offer_at_kiosk(actor=office.viewer(budi), request=request_of(number), kiosk=kiosk.kiosk)
        answer_at_kiosk(token=kiosk.token, offer=shown.offer, answers=ALL_FOUR)
        keys.append(SurveyResponse.objects.exclude(pk__in=keys).get().pk)
    assert keys != sorted(keys)
    assert keys != sorted(keys, reverse=True)
    assert min(keys) > 0


def test_the_officer_sees_answers_only_in_groups(office, budi, kiosk, request_of, today):
    """Two looks at a mean must not give away the answer between them."""
    seen = []
    for number in range(11):
        shown = offer_at_kiosk(actor=office.viewer(budi), request=request_of(number), kiosk=kiosk.kiosk)
        answer_at_kiosk(token=kiosk.token, offer=shown.offer, answers=ALL_FOUR, remark=f"Saran {number}")
        voice = voice_of(budi, today)
        seen.append((voice.answers, voice.waiting, len(voice.remarks), voice.tally is not None))
    assert seen[3] == (0, 4, 0, False)
    assert seen[4] == (5, 0, 5, True)
    assert seen[8] == (5, 4, 5, True)
    assert seen[10] == (10, 1, 10, True)


def test_what_a_manager_hides_is_kept_and_not_read(office, budi, manager, ktp, today):
    rows = [SurveyResponse(service=ktp, officer=budi, day=today, waktu=4, released=True) for _ in range(5)]
    rows[0].remark, rows[1].remark = "Kasar sekali orangnya", "Kursi tunggu kurang"
    SurveyResponse.objects.bulk_create(rows)
    assert voice_of(budi, today).remarks == ("Kasar sekali orangnya", "Kursi tunggu kurang")
    with pytest.raises(NotAllowed):
        hide_remark(actor=office.viewer(budi), response=rows[0], reason="Tidak enak")
    with pytest.raises(NotAllowed):
        hide_remark(actor=manager, response=rows[0], reason=" ")
    hide_remark(actor=manager, response=rows[0], reason="Menyerang pribadi")
    assert hide_remark(actor=manager, response=rows[0], reason="Lain").reason == "Menyerang pribadi"
    assert voice_of(budi, today).remarks == ("Kursi tunggu kurang",)
    assert SurveyResponse.objects.get(pk=rows[0].pk).remark == "Kasar sekali orangnya"
    told = JournalEntry.objects.get(verb="citizens.remark_hidden")
    assert (told.object_type, told.reason) == ("citizens.service", "Menyerang pribadi")


def test_a_short_form_asks_three_and_the_nearest_choice_counts(office, manager, ktp):
    assert asked_elements(ktp) == ELEMENTS
    ShortForm.objects.create(unit=office.root, elements=["waktu", "produk", "perilaku"])
    assert asked_elements(ktp) == ("waktu", "produk", "perilaku")
    choose_questions(actor=manager, unit=office.unit, service=ktp, elements=["sarana", "waktu", "biaya"])
    assert asked_elements(ktp) == ("waktu", "biaya", "sarana")
    choose_questions(actor=manager, unit=office.unit, service=ktp, elements=[])
    assert asked_elements(ktp) == ELEMENTS
    for wrong in (["waktu"], ["waktu", "produk", "warna"], ["waktu", "waktu", "produk"]):
        with pytest.raises(NotAllowed):
            choose_questions(actor=manager, unit=office.unit, service=ktp, elements=wrong)


def test_what_was_not_asked_stays_blank(office, manager, asked, kiosk):
    shown, request = asked
    choose_questions(actor=manager, unit=office.unit, service=request.service, elements=["waktu", "perilaku", "produk"])
    answer_at_kiosk(token=kiosk.token, offer=shown.offer, answers=ALL_FOUR)
    response = SurveyResponse.objects.get()
    assert (response.short, response.waktu, response.biaya) == (True, 4, None)


def test_remarks_are_kept_without_names_and_numbers(office, asked, kiosk):
    shown, _ = asked
    answer_at_kiosk(
        token=kiosk.token, offer=shown.offer, answers=ALL_FOUR, remark="Pak Budi ramah, hubungi saya 0812-3456-7890"
    )
    assert SurveyResponse.objects.get().remark == "Pak [nama] ramah, hubungi saya [nomor]"
