"""The form beside a waiting entry on the team's board: accept, or return."""

from django import forms
from django.utils.translation import gettext_lazy as _

ACCEPT, RETURN = "accept", "return"


class DecisionForm(forms.Form):
    """What was decided about one entry, and the version of the entry that was on the screen."""

    decision = forms.ChoiceField(choices=[(ACCEPT, _("Terima")), (RETURN, _("Kembalikan"))])
    version = forms.IntegerField(min_value=0)
