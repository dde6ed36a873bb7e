"""Telling programs of others: signed messages about events, sent again until they arrive."""
