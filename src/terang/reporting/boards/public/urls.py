"""Addresses for everybody, under `/publik/`."""

from django.urls import path, register_converter

from terang.reporting.boards.public import views


class RegionCode:
    """An official region code, for example 73.71."""

    regex = r"[0-9]{1,2}(?:\.[0-9]{1,4}){0,4}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class TableForm(RegionCode):
    regex = "csv|json"


class ReportNumber(RegionCode):
    regex = "[A-Z0-9]{3}-[A-Z0-9]{4}-[A-Z0-9]{4}"


register_converter(RegionCode, "region_code")
register_converter(TableForm, "table_form")
register_converter(ReportNumber, "report_number")
app_name = "public"
urlpatterns = [
    path("", views.index, name="index"),
    path("<region_code:code>/", views.government, name="government"),
    path("<region_code:code>/unit/<int:unit_id>/", views.unit, name="unit"),
    path("<region_code:code>/unit/<int:unit_id>/layar/", views.wall, name="wall"),
    path("<region_code:code>/laporan/", views.reports, name="reports"),
    path("<region_code:code>/laporan/<report_number:number>/", views.report, name="report"),
    path("<region_code:code>/laporan/<report_number:number>/foto/<int:place>/", views.photo, name="photo"),
    path("<region_code:code>/data/", views.data, name="data"),
    path("<region_code:code>/data/<slug:name>.<table_form:form>", views.table, name="table"),
]
