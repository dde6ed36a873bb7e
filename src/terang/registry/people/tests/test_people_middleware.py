"""The clock of a request is that of the viewer's government, and nobody else's."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.utils import timezone

from terang.registry.people.middleware import viewer_middleware

pytestmark = pytest.mark.django_db


def clock_of(rf, user, *, ask=True):
    seen = []

    def view(request):
        if ask:
            bool(request.viewer)
        seen.append(timezone.get_current_timezone_name())
        return HttpResponse()

    request = rf.get("/")
    request.user = user
    viewer_middleware(view)(request)
    return seen[0]


def test_times_are_those_of_the_viewers_government(rf, cast):
    cast.agency.time_zone = "Asia/Jakarta"
    cast.agency.save()
    assert clock_of(rf, cast.andi.user) == "Asia/Jakarta"
    assert timezone.get_current_timezone_name() == "Asia/Makassar"
    assert clock_of(rf, AnonymousUser()) == "Asia/Makassar"
