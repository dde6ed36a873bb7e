"""Screens of people, units, roles and mismatches, by subject."""
