"""Run on a filled demo's database: opens the demo's door for people of the unit that mends roads in Mamuju.

Prints, as JSON, the session of the unit's head and of one who answers reports there.
"""

import json
import sys
from importlib import import_module

from django.conf import settings
from django.test import RequestFactory

from terang.accounts.services import Method, open_session
from terang.evidence.complaints.models import ComplaintCategory
from terang.registry.people.models import Assignment, Employee

ROADS = "Jalan lingkungan"


def session_of(employee: Employee) -> str:
    request = RequestFactory().post("/demo/masuk/")
    request.session = import_module(settings.SESSION_ENGINE).SessionStore()
    open_session(request, employee.user, method=Method.DEMO)
    request.session.save()
    return request.session.session_key


category = ComplaintCategory.objects.get(agency__code="76.02", name__startswith=ROADS)
held = Assignment.objects.filter(post__unit=category.unit).select_related("employee__user", "post").order_by("pk")
head = next(each.employee for each in held if each.post.is_head)
officer = next(each.employee for each in held if not each.post.is_head)
told = {"head": session_of(head), "officer": session_of(officer), "officer_name": officer.name}
json.dump(told | {"cookie": settings.SESSION_COOKIE_NAME, "unit": category.unit.name}, sys.stdout)
