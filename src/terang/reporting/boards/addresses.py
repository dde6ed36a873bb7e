"""Addresses of other rooms' pages by name. A page that is not installed has no address, and nothing links to it."""

from typing import Any

from django.urls import NoReverseMatch, reverse


def address(name: str, *args: Any) -> str:
    """The address of a named page, empty where there is none."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
