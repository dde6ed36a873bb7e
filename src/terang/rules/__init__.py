"""What the law and a government's policy say, as pure functions: tables in, one table out, every row with its reason.

Nothing here knows Django, the clock, a file or the network. National rules live in `regulations`, a government's own
rules in `policies`, and what turns evidence into a score in `measures`, `scoring`, `ratings` and `predicate`.
"""
