"""The screens of presence, by subject."""
