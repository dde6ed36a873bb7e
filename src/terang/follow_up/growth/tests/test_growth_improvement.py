"""PP 30/2019 Pasal 56–58 as a case: six months with help and both keys; afterwards persons decide, with documents."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from tests.cast import TODAY

from terang.audit.models import JournalEntry
from terang.evaluation.appraisals.models import Appraisal
from terang.evaluation.models import Period
from terang.follow_up.growth import services
from terang.follow_up.growth.duties import waiting_for
from terang.follow_up.growth.models import CaseState, DueAction, DueState, ImprovementCase, Kind
from terang.registry.people.models import Role, RoleGrant
from terang.web.errors import NotAllowed, NotNow

S = CaseState


class Chance:
    """The verbs of a case with good values left to say."""

    def __init__(self, city) -> None:
        self.city = city

    @property
    def now(self) -> ImprovementCase:
        rows = ImprovementCase.objects.select_related("employee__agency", "leader", "due")
        return rows.get()

    def do(self, verb: str, by: str, **others):
        case = self.now
        return getattr(services, verb)(actor=self.city.viewer(by), case=case, version=case.version, **others)

    def proposed(self):
        self.do("write_case", "hendra", target="Dua puluh berkas sehari", support="Pendampingan dua kali seminggu")
        return self.do("propose_case", "hendra")

    def running(self):
        self.proposed()
        return self.do("agree_case", "andi")

    def checked(self):
        """All months, each check written and confirmed on its day."""
        for check in self.running().checks.all():
            self.city.day = check.day
            check = check._meta.default_manager.select_related("case__employee__agency", "case__leader").get(
                pk=check.pk
            )
            services.write_check(
                actor=self.city.viewer("hendra"), check=check, notes="15 berkas", offered="Pendampingan"
            )
            services.confirm_check(actor=self.city.viewer("andi"), check=check, word="Terbantu")
        self.city.day += timedelta(days=1)
        return self.now

    def further(self):
        """Evaluated as not better, with the employee's word."""
        self.checked()
        self.do("evaluate_case", "hendra", recovered=False, finding="15 dari 20 berkas")
        return self.do("answer_case", "andi", agrees=False, answer="Alat rusak tiga bulan.")

    def prepare(self, code="competence_test", by="maya"):
        return self.do("prepare_step", by, code=code, grounds="Pendampingan enam bulan, 15 dari 20 berkas.")

    def decide(self, by="mayor", carried=True, closes=False, document="SK 8/2027"):
        decision = services.Decision(carried, closes, self.city.day, document, "Uji kompetensi pada Juni.")
        return self.do("decide_step", by, decision=decision)


@pytest.fixture
def chance(city) -> Chance:
    period = Period.objects.create(
        agency=city.cast.agency, kind="year", name="Tahun 2025", starts_on=date(2025, 1, 1), ends_on=date(2026, 1, 1)
    )
    from terang.evaluation.appraisals.models import RatingWindow

    window = RatingWindow.objects.create(
        period=period, opens_on=TODAY, closes_on=TODAY, basis="SE 1", opened_by=city.cast.maya
    )
    unit = city.cast.units["register"]
    told = {"work_result": "below", "behaviour": "below", "predicate": "sangat_kurang", "state": "selesai"}
    Appraisal.objects.create(
        window=window, employee=city.cast.andi, rater=city.cast.hendra, home=unit, unit=unit, **told
    )
    services.open_after_predicates(agency=city.cast.agency, day=TODAY)
    return Chance(city)


def test_a_poor_final_year_opens_one_case_and_no_second_way(city, chance):
    case = chance.now
    assert (case.state, case.leader, case.year, case.holder) == (S.PLANNED, city.cast.hendra, 2025, "others")
    assert case.act_by > TODAY
    services.open_after_predicates(agency=city.cast.agency, day=TODAY)
    assert ImprovementCase.objects.count() == 1
    due = DueAction.objects.get(kind=Kind.IMPROVEMENT)
    with pytest.raises(NotNow):
        services.settle_due(actor=city.viewer("hendra"), due=due, outcome="Sudah", version=due.version)


def test_six_months_with_six_checks_begin_when_both_agree(chance):
    case = chance.running()
    assert (case.state, case.starts_on, case.ends_on) == (S.RUNNING, TODAY, date(2027, 5, 24))
    assert [each.day.month for each in case.checks.all()] == [12, 1, 2, 3, 4, 5]
    assert DueAction.objects.get(kind=Kind.IMPROVEMENT).state == DueState.DONE


def test_without_help_there_is_no_plan(chance):
    with pytest.raises(ValidationError) as refused:
        chance.do("write_case", "hendra", target="Dua puluh berkas", support=" ")
    assert "support" in refused.value.message_dict
    with pytest.raises(NotNow, match="bantuan"):
        chance.do("propose_case", "hendra")


def test_each_key_is_turned_by_its_own(chance):
    chance.proposed()
    for name in ("hendra", "sri", "maya", "mayor"):
        with pytest.raises(NotAllowed):
            chance.do("agree_case", name)
    chance.do("agree_case", "andi")
    for name in ("andi", "sri", "maya"):
        with pytest.raises(NotAllowed):
            chance.do("evaluate_case", name, recovered=True, finding="x")


def test_silence_blocks_nobody_and_is_no_agreement(city, chance):
    chance.proposed()
    with pytest.raises(NotNow, match="tenggat"):
        chance.do("begin_without_key", "hendra")
    city.day = chance.now.act_by + timedelta(days=1)
    case = chance.do("begin_without_key", "hendra")
    assert (case.state, case.agreed_at) == (S.RUNNING, None)


def test_not_better_is_said_only_after_the_months_and_every_check(city, chance):
    chance.running()
    with pytest.raises(NotNow, match="belum lewat"):
        chance.do("evaluate_case", "hendra", recovered=False, finding="x")
    city.day = chance.now.ends_on + timedelta(days=1)
    with pytest.raises(NotNow, match="pemeriksaan"):
        chance.do("evaluate_case", "hendra", recovered=False, finding="x")


def test_better_and_agreed_closes_it_and_disagreed_goes_on(chance):
    chance.running()
    chance.do("evaluate_case", "hendra", recovered=True, finding="20 berkas sejak Januari")
    assert chance.do("answer_case", "andi", agrees=False, answer="Belum yakin.").state == S.RUNNING
    chance.do("evaluate_case", "hendra", recovered=True, finding="20 berkas sejak Januari")
    case = chance.do("answer_case", "andi", agrees=True, answer="")
    assert (case.state, case.closed_on, case.act_by) == (S.RECOVERED, TODAY, None)


def test_no_day_that_passes_moves_a_case(city, chance):
    chance.checked()
    city.day += timedelta(days=900)
    services.every_hour()
    assert chance.now.state == S.RUNNING
    assert not chance.now.steps.exists()


def test_the_whole_way_to_a_decision_by_persons_with_documents(city, chance):
    case = chance.further()
    assert (case.state, case.answer) == (S.FURTHER, "Alat rusak tiga bulan.")
    for name in ("hendra", "andi", "sri", "mayor"):
        with pytest.raises(NotAllowed):
            chance.prepare(by=name)
    with pytest.raises(ValidationError):
        chance.prepare(code="honourable_dismissal")
    chance.prepare()
    with pytest.raises(NotNow):
        chance.prepare()
    with pytest.raises(NotAllowed):
        chance.decide(by="maya")
    with pytest.raises(ValidationError) as refused:
        chance.decide(document=" ")
    assert "document" in refused.value.message_dict
    chance.decide()
    assert [each.code for each in services.steps_open(chance.now)] == ["other_post", "temporary_post"]
    chance.prepare(code="temporary_post")
    chance.decide(document="SK 9/2027")
    with pytest.raises(ValidationError, match="Belum waktunya"):
        chance.prepare(code="honourable_dismissal")
    city.day += timedelta(days=366)
    chance.prepare(code="honourable_dismissal")
    step = chance.decide(carried=False, closes=True, document="SK 4/2028")
    assert (step.carried, chance.now.state) == (False, S.DECIDED)


def test_a_second_person_of_the_personnel_agency_may_enter_the_decision(city, chance):
    chance.further()
    chance.prepare()
    RoleGrant.objects.create(employee=city.cast.tono, role=Role.PERSONNEL, starts_on=TODAY, document="SK 3")
    assert chance.decide(by="tono", closes=True).decided_by == city.cast.tono


def test_more_time_in_a_time_that_is_not_normal(chance):
    case = chance.running()
    later = case.ends_on + timedelta(days=60)
    with pytest.raises(ValidationError):
        chance.do("extend_case", "hendra", ends_on=case.ends_on, reason="Banjir")
    case = chance.do("extend_case", "hendra", ends_on=later, reason="Banjir dua bulan")
    assert (case.ends_on, case.checks.count()) == (later, 7)


def test_what_waits_stands_with_who_acts(city, chance):
    def titles(name):
        return [each.title for each in waiting_for(city.viewer(name)) if "Kesempatan" in each.title]

    assert titles("hendra")
    chance.proposed()
    assert titles("andi") == ["Kesempatan memperbaiki: jawaban Anda"]
    chance.do("agree_case", "andi")
    city.day = chance.now.checks.first().day
    assert [each.title for each in waiting_for(city.viewer("hendra"))] == ["Pemeriksaan bersama: Andi Pratama"]


def test_the_guided_page_says_article_who_and_by_when(chance, sign_in):
    chance.further()
    address = chance.now.get_absolute_url()
    for name in ("andi", "hendra", "sri", "maya", "mayor", "agus"):
        page = sign_in(name).get(address)
        assert page.status_code == 200, name
        assert "PP 30/2019 Pasal 56–58" in page.content.decode()
        assert "bukan hukuman" in page.content.decode()
    for name in ("rina", "bambang", "tono"):
        assert sign_in(name).get(address).status_code == 403, name


def test_the_journal_has_no_word_of_it(chance):
    chance.further()
    chance.prepare()
    told = "".join(f"{each.changes}{each.reason}" for each in JournalEntry.objects.filter(verb__startswith="growth."))
    assert "berkas" not in told
    assert "Alat rusak" not in told
