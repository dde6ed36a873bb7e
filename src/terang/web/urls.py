from django.conf import settings
from django.urls import URLPattern, path
from django.views.i18n import set_language

from terang.config import env
from terang.web import pwa, states, styleguide
from terang.web.glossary.views import glossary

urlpatterns: list[URLPattern] = [
    path("bahasa/", set_language, name="set_language"),
    path("glosarium/", glossary, name="glossary"),
    path("manifest.webmanifest", pwa.manifest, name="manifest"),
    path("sw.js", pwa.service_worker, name="service_worker"),
    path("tanpa-jaringan/", states.offline, name="offline"),
]

if settings.DEMO or env.flag("TERANG_DEBUG"):
    urlpatterns += [
        path("gaya/", styleguide.show, name="styleguide"),
        path("gaya/bagian/", styleguide.fragment, name="styleguide_fragment"),
        path("gaya/tolak/<str:kind>/", styleguide.refuse, name="styleguide_refuse"),
        path("gaya/keadaan/<int:status>/", styleguide.state, name="styleguide_state"),
    ]
