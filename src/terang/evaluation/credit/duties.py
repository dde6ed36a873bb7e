"""What credit points ask of an appraiser today: to lay down what evaluations have added."""

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from terang.evaluation.credit.selectors import accounts_to_decide
from terang.registry.people.viewer import Viewer
from terang.web.duties import Duty
from terang.web.numbers import grouped


def waiting_for(viewer: Viewer) -> list[Duty]:
    """Eleven queries at most, whatever the number of people."""
    waiting = accounts_to_decide(viewer)
    if not waiting:
        return []
    if len(waiting) == 1:
        who = waiting[0].employee
        title = gettext("Tetapkan angka kredit %(name)s") % {"name": who.name}
        url = reverse("credit:person", args=[who.pk])
    else:
        words = ngettext("Tetapkan angka kredit %(n)s orang", "Tetapkan angka kredit %(n)s orang", len(waiting))
        title, url = words % {"n": grouped(len(waiting))}, reverse("credit:people")
    return [Duty(title, gettext("Hasil evaluasi menambah angka yang belum ditetapkan"), "quiet", url)]
