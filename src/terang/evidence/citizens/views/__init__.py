"""Pages of services: the public list, the officer's requests, and the citizen's survey, which needs no account."""
