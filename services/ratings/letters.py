"""Writing to a deputy: an appeal that goes to them by name."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from services.language import choose
from services.ratings.keeping import the_deputy, the_maslikhat
from services.refusal import N_, Refusal


@dataclass(frozen=True, slots=True)
class Addressee:
    """The deputy to whom somebody writes, and the place of the maslikhat."""

    code: str
    name_kk: str
    name_ru: str
    maslikhat_kk: str
    maslikhat_ru: str
    region: str
    district: str | None

    def name(self, language: str) -> str:
        """Return the deputy with the maslikhat."""
        kk = f"{self.name_kk}, {self.maslikhat_kk}"
        return choose(language, kk, f"{self.name_ru}, {self.maslikhat_ru}")


def addressee(connection: Connection, deputy: str, day: date) -> Addressee:
    """Return whom a letter to a deputy goes to; raises Refusal where the mandate is over."""
    who = the_deputy(connection, deputy)
    if not who.holds_on(day):
        raise Refusal(N_("The mandate of this deputy is over, so no letter can go to them."))
    return addressee_of_then(connection, deputy)


def addressee_of_then(connection: Connection, deputy: str) -> Addressee:
    """Return to whom a letter went, whoever sits there now."""
    who = the_deputy(connection, deputy)
    maslikhat = the_maslikhat(connection, who.maslikhat)
    return Addressee(
        who.code,
        who.name_kk,
        who.name_ru,
        maslikhat.name_kk,
        maslikhat.name_ru,
        maslikhat.region,
        maslikhat.district,
    )
