"""Screens of drafts: writing (`writing`), deciding (`deciding`), comparing and files (`reading`)."""
