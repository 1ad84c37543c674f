"""The review of how the programme was carried out in a quarter, for the country or one region."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Connection

from services.clock import local_date
from services.digests.facts import Quote
from services.digests.model import Period
from services.digests.period_composing import Asked, compose_asked, quotes
from services.digests.period_facts import PeriodFacts
from services.digests.stretch import of_quarter
from services.people.deeds import Deed
from services.people.model import Role
from services.people.rights import authorise
from services.places.atlas import atlas
from services.refusal import N_, Refusal
from services.reports.quarter import Quarter
from services.roadmap.board import read_board
from services.roadmap.desk import official_of
from services.roadmap.indicator import State
from services.roadmap.scope import Area, Scope, scope_of

QUOTES = 12


@dataclass(frozen=True, slots=True)
class Review:
    """A quarter of the country, or of a region by its KATO prefix.

    facts: the numbers of the quarter, and how appeals and indicators stand on `facts.day`;
    states: how many indicators stand how; quotes: the newest words of citizens.
    """

    quarter: Quarter
    region: str | None
    facts: PeriodFacts
    states: tuple[tuple[State, int], ...]
    quotes: tuple[Quote, ...]


def read_review(
    connection: Connection, actor: int, quarter: Quarter, region: str | None, now: datetime
) -> Review:
    """Return the review for a member of staff; raises Refusal, also for a region of others.

    Whoever does not answer for the whole country reads nothing in its review of how single
    officials answer, as with the workload.
    """
    regions = regions_for(connection, actor, now)
    if region is not None and region not in regions:
        raise Refusal(N_("This region is not among those that you answer for."))
    review = compose_review(connection, quarter, region, now)
    if region is None and len(regions) < len(atlas().regions):
        return replace(review, facts=replace(review.facts, officials=()))
    return review


def regions_for(connection: Connection, actor: int, now: datetime) -> tuple[str, ...]:
    """Return the regions whose review this member of staff may read; raises Refusal."""
    grants = authorise(connection, actor, Deed.READ_EXECUTION).grants
    office = [grant for grant in grants if grant.role is not Role.OFFICIAL]
    everywhere = tuple(atlas().regions)
    if any(grant.unbounded for grant in office):
        return everywhere
    areas: tuple[Area, ...] = ()
    if len(office) < len(grants):
        official = official_of(connection, Deed.READ_EXECUTION, actor)
        areas = scope_of(connection, official, local_date(now)).areas
    if any(area.region is None for area in areas):
        return everywhere
    # Who answers for a district alone, or for one section, does not answer for its region.
    own = {area.region for area in areas if area.district is None}
    own |= {grant.area for grant in office if not grant.section}
    return tuple(code for code in everywhere if code in own)


def compose_review(
    connection: Connection, quarter: Quarter, region: str | None, now: datetime
) -> Review:
    """Return the review of a quarter that is over; raises Refusal."""
    day = local_date(now)
    if quarter.last >= day:
        raise Refusal(N_("This quarter is not over yet."))
    scope = Scope((Area(region=region),), everything=region is None)
    asked = Asked(Period.QUARTERLY, "", day, of_quarter(quarter), scope)
    return Review(
        quarter,
        region,
        compose_asked(connection, asked),
        _states(connection, scope, day),
        quotes(connection, asked, QUOTES),
    )


def last_quarter(now: datetime) -> Quarter:
    """Return the newest quarter that is over."""
    return Quarter.of(local_date(now)).previous


def _states(connection: Connection, scope: Scope, day: date) -> tuple[tuple[State, int], ...]:
    """Return how many indicators stand how, the most pressing state first."""
    found = [line.state for line in read_board(connection, scope, day)]
    return tuple((each, found.count(each)) for each in State if each in found)
