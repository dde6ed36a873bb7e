"""Handbooks for each role, short, with the pages they speak of."""
