"""The verbs of reports, by who uses them: writing, reading, answering, keeping."""
