"""Rules of the performance report: its periods, and what a rubric makes of marks. Pure."""
