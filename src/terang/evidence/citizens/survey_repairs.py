"""Which part of the service standard a weak element points to (UU 25/2009 Pasal 21: fourteen components)."""

from django.utils.translation import gettext_lazy as _

from terang.rules.tables import ELEMENTS

COMPONENTS = {
    "requirements": _("Persyaratan"),
    "procedure": _("Sistem, mekanisme, dan prosedur"),
    "limit": _("Jangka waktu penyelesaian"),
    "fee": _("Biaya/tarif"),
    "product": _("Produk pelayanan"),
    "complaint_handling": _("Penanganan pengaduan, saran, dan masukan"),
    "competence": _("Kompetensi pelaksana"),
    "assurance": _("Jaminan pelayanan"),
    "facilities": _("Sarana, prasarana, dan fasilitas"),
    "supervision": _("Pengawasan internal"),
    "staffing": _("Jumlah pelaksana"),
}
"""By the name of the field of the service standard."""

REPAIRS = {
    "syarat": "requirements",
    "prosedur": "procedure",
    "waktu": "limit",
    "biaya": "fee",
    "produk": "product",
    "kompetensi": "competence",
    "perilaku": "assurance",
    "pengaduan": "complaint_handling",
    "sarana": "facilities",
}
"""Element → the component to look at first. Conduct has none of its own: what is promised about it stands in the
guarantee of service (jaminan pelayanan); the owner of an action may choose another."""

assert tuple(REPAIRS) == ELEMENTS
