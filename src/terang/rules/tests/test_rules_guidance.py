"""PermenPANRB 6/2022 Lampiran III.D: the fixed words of Formats B.1.8 and B.1.9, and whole groups only."""

import pytest

from terang.rules.regulations.guidance import CounsellingRule, counselling_rule, guidance_forms, told_number


def test_the_forms_have_nine_competences_nine_criteria_and_five_marks():
    forms = guidance_forms()
    assert len(forms.managerial) + len(forms.sociocultural) == 9
    assert [len(each.criteria) for each in forms.told] == [3, 3, 3]
    assert [each.mark for each in forms.scale] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(("held", "told"), [(0, 0), (9, 0), (10, 10), (19, 10), (23, 20)])
def test_counsellings_are_told_in_whole_groups(held, told):
    assert told_number(held, CounsellingRule(10, 12)) == told


def test_never_in_smaller_groups_than_ten():
    assert counselling_rule().told_from >= 10
