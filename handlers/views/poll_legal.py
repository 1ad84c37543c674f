"""What the law wants to be told with every result of a political poll."""

from handlers.text import N_, _
from services.polls.model import Passport
from services.polls.political import LegalField

_NAMES = {
    LegalField.ENTITY: N_("Legal entity that held the poll"),
    LegalField.YEARS: N_("Years of such work"),
    LegalField.NOTICE: N_("Notice to the Central Election Commission"),
    LegalField.CUSTOMER: N_("Ordered by"),
    LegalField.PAYER: N_("Paid by"),
    LegalField.METHOD: N_("Method, as declared"),
    LegalField.PEOPLE: N_("Number of people, as declared"),
    LegalField.ERROR: N_("Error, as declared"),
}


def legal_facts(passport: Passport) -> list[tuple[str, str]]:
    """Return each fact with its name, nothing for a poll that is not political."""
    told = passport.legal
    if not told:
        return []
    return [(_(name), str(told.get(field.value, "–"))) for field, name in _NAMES.items()]
