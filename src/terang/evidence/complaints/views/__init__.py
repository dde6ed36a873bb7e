"""Pages of complaints: the public form, the citizen's own page behind a link, and the staff's desk."""
