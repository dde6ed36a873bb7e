"""The screens of presence, by subject."""

from terang.evidence.attendance.views.devices import device_edit, device_new, device_retire, devices
from terang.evidence.attendance.views.files import punch_file, punch_file_confirm, punch_files
from terang.evidence.attendance.views.hours import hours, hours_end, hours_new, hours_sum
from terang.evidence.attendance.views.month import month
from terang.evidence.attendance.views.pins import pin_assign, pin_end, pins

__all__ = [
    "device_edit",
    "device_new",
    "device_retire",
    "devices",
    "hours",
    "hours_end",
    "hours_new",
    "hours_sum",
    "month",
    "pin_assign",
    "pin_end",
    "pins",
    "punch_file",
    "punch_file_confirm",
    "punch_files",
]
