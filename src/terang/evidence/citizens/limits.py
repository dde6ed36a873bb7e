"""How often one address may try survey links: enough for a kiosk that many people use, too little to try out tokens."""

from terang.accounts.passersby import Limit

WRONG_LINKS = Limit("survey-wrong", most=30)
ANSWERS = Limit("survey-answers", most=120)
