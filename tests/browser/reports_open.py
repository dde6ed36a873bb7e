"""Run inside the house: the year's report can be handed in whatever day it is, and overseers take from their queue."""

import json
import sys

from terang.evidence.reports.models import Report, ReportTerms
from terang.registry.people.models import Employee

ReportTerms.objects.update(opens_days=366, drawing="antrean")
author = Employee.objects.get(name="Ratih Wijayanti")
Report.objects.filter(employee=author, kind="tahun").delete()
json.dump({"employee": author.pk}, sys.stdout)
