"""How often one address may apply or try out keys, and how often one number may be tried."""

from terang.accounts.passersby import Limit, NumberLimit

APPLICATIONS = Limit("service-apply", most=20)
"""In ten minutes from one address: a village office that helps its people, no flood."""
WRONG_KEYS = Limit("service-key-wrong", most=20)
"""Wrong links and codes in ten minutes from one address."""
WRONG_CODES = NumberLimit("service-code")
"""The link still opens."""
