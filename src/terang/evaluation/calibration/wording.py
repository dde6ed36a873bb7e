"""What a session says in plain words."""

from django.utils.translation import gettext


def family_label(family: str) -> str:
    """A family of posts as it is read: its code without underscores, "all" where empty."""
    return family.replace("_", " ").capitalize() if family else gettext("Semua rumpun jabatan")
