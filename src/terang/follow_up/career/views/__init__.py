"""The pages of careers, by what they are about."""
