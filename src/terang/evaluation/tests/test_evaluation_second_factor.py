"""A government's policy says which roles sign in with a second factor, beyond those of the installation."""

import pytest

from terang.accounts import access
from terang.evaluation.services import publish_policy
from terang.rules.policies import preset_text


@pytest.fixture(autouse=True)
def by_policy_alone(settings):
    settings.MFA_REQUIRED_ROLES = []
    settings.MFA_POLICY_ROLES = "terang.evaluation.selectors.second_factor_roles"
    access._roles_of_policy.cache_clear()
    yield
    access._roles_of_policy.cache_clear()


def test_roles_of_the_policy_need_it_and_others_do_not(cast, viewer_of):
    text = preset_text("makassar").replace('agency_code = "73.71"', f'agency_code = "{cast.agency.code}"')
    publish_policy(agency=cast.agency, text=text)
    assert access.needs_second_factor(viewer_of("maya"))
    assert not access.needs_second_factor(viewer_of("andi"))


def test_without_a_policy_nobody_needs_it(cast, viewer_of):
    assert not access.needs_second_factor(viewer_of("maya"))
