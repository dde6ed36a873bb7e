"""The pages of reports, by who uses them: writing, reading, keeping."""
