"""Bringing people in: file, rows, differences; these are shown, then applied all or not at all."""
