"""Bringing people in: a file becomes rows, rows become differences, differences are shown, then applied all or not at all."""
