from django.urls import path, register_converter

from terang.evidence.complaints.views import desk, follow, keeping, monthly, public


class NumberConverter:
    """A tracking number: random, so that no address tells how many reports there are."""

    regex = "[A-Z0-9]{3}-[A-Z0-9]{4}-[A-Z0-9]{4}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(NumberConverter, "complaint_number")

app_name = "complaints"
urlpatterns = [
    path("", public.start, name="start"),
    path("lapor/<str:code>/", public.report, name="report"),
    path("lapor/<str:code>/serupa/", public.similar, name="similar"),
    path("cari/", public.find, name="find"),
    path("ikuti/<str:key>/", follow.follow, name="follow"),
    path("ikuti/<str:key>/tanda-terima/", public.receipt, name="receipt"),
    path("ikuti/<str:key>/data/", follow.export, name="export"),
    path("ikuti/<str:key>/foto/<int:number>/", follow.photo, name="follow_photo"),
    path("ikuti/<str:key>/<slug:what>/", follow.act, name="follow_act"),
    path("meja/", desk.desk, name="desk"),
    path("semua/", desk.all_complaints, name="all"),
    path("papan/", desk.board, name="board"),
    path("bulan/", monthly.month, name="month"),
    path("kategori/", keeping.categories, name="categories"),
    path("kategori/baru/", keeping.category_new, name="category_new"),
    path("kategori/<int:pk>/", keeping.category_edit, name="category_edit"),
    path("ketentuan/baru/", keeping.terms_new, name="terms_new"),
    path("catat/", desk.new, name="new"),
    path("<complaint_number:number>/", desk.complaint, name="complaint"),
    path("<complaint_number:number>/foto/<int:photo_number>/", desk.photo, name="photo"),
    path("<complaint_number:number>/identitas/<int:pk>/", desk.decide, name="decide"),
    path("<complaint_number:number>/identitas/<int:pk>/lihat/", desk.identity, name="identity"),
    path("<complaint_number:number>/<slug:what>/", desk.act, name="act"),
]
