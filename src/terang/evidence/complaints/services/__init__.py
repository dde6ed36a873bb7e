"""The verbs of complaints, by who uses them: citizens, who checks, who answers, the oversight team, and time."""
