"""Complaints of citizens: deadlines, when silence closes one, and what counts as in time and confirmed."""
