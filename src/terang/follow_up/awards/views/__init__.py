"""The pages of awards, by subject."""
