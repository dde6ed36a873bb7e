"""Complaints (pengaduan) with two keys: the unit says it is done, the citizen confirms it or opens it again."""
