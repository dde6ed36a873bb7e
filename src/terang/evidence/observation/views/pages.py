"""What stands around the simple forms of one observation."""

from terang.evidence.observation.models import Observation
from terang.registry.editing import Page


def page_of(row: Observation, title: str, submit: str, done: str, lead: str = "", *, onward: bool = False) -> Page:
    back = row.get_absolute_url()
    return Page(title=title, back=back, submit=submit, done=done, lead=lead, crumbs=((row.title, back),), onward=onward)
