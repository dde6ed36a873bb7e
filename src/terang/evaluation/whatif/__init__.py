"""Bagaimana jika…: what a person's own next steps would do to the measured score, by the same rules on changed rows.

Nothing is stored, and nobody but the person sees it.
"""
