"""Addresses that devices call; their firmware knows them as they stand here."""

from django.urls import path

from terang.evidence.attendance.views import push

urlpatterns = [
    path("cdata", push.data, name="iclock_cdata"),
    path("getrequest", push.request_of_device, name="iclock_getrequest"),
    path("devicecmd", push.result, name="iclock_devicecmd"),
    path("ping", push.ping, name="iclock_ping"),
]
