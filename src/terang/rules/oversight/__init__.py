"""Inspections: who is visited by lot, and what was seen of a roster."""
