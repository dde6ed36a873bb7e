"""Screens of goals, their indicators, the yearly agreement and the check of gaps."""
