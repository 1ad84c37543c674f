"""A stratified random sample: who is invited is decided by a seed and by nobody.

Strata are region by type of settlement. The sample is shared out among them in proportion to the
official population (BNS, 1 January 2023) by largest remainders (Hamilton's method); in a stratum
with fewer people than its share all are taken, and the rest is shared out among the others.
Within a stratum those with the smallest SHA-256 over (seed, person) are drawn, so the same seed
always draws the same people. The SHA-256 of the seed is told before, the seed with the result:
nobody can choose another one afterwards.
"""

import hashlib
import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import cache
from typing import Any, TypeAlias

from services.people.model import Settlement
from services.places.atlas import rows
from services.refusal import N_, Refusal

SMALLEST = 100
LARGEST = 20_000
_DRAWN = b"unqosu sample 1\n"

# Region (KATO prefix) and type of settlement.
Stratum: TypeAlias = tuple[str, str]


@cache
def population() -> Mapping[Stratum, int]:
    """Return the people of each region by type of settlement, in the order of the keys."""
    return {
        (row["kato"], settlement.value): int(row[f"{settlement.value}_men"])
        + int(row[f"{settlement.value}_women"])
        for row in rows("regions")
        for settlement in (Settlement.RURAL, Settlement.URBAN)
    }


def check_size(size: int) -> int:
    """Return the size of a sample; raises Refusal."""
    if not SMALLEST <= size <= LARGEST:
        raise Refusal(
            N_("A sample has from {smallest} to {largest} people."),
            smallest=SMALLEST,
            largest=LARGEST,
        )
    return size


def sample_of(size: int, public_key: bytes) -> dict[str, Any]:
    """Return what a poll keeps of its sample: size, seed, and the hash of the seed.

    The seed follows from the poll's public key, which is random and which nobody chooses.
    """
    seed = hashlib.sha256(_DRAWN + public_key).hexdigest()
    return {"size": size, "seed": seed, "seed_hash": seed_hash(seed)}


def seed_hash(seed: str) -> str:
    """Return the SHA-256 of the seed's hexadecimal digits, in hex."""
    return hashlib.sha256(seed.encode()).hexdigest()


def allocate(
    size: int, people: Mapping[Stratum, int], present: Mapping[Stratum, int]
) -> dict[Stratum, int]:
    """Return how many to draw from each stratum in which somebody is present.

    people: of the population; present: those who can be invited, whom no share exceeds. The sum
    is `size`, or all who are present in strata of the population where these are fewer.
    """
    shares: dict[Stratum, int] = {}
    open_strata = {one for one, number in present.items() if number and people.get(one)}
    left = size
    while open_strata:
        wanted = _largest_remainders(left, {one: people[one] for one in sorted(open_strata)})
        short = {one for one in open_strata if wanted[one] >= present[one]}
        if not short:
            return shares | wanted
        for one in short:
            shares[one] = min(present[one], wanted[one])
        left -= sum(shares[one] for one in short)
        open_strata -= short
    return shares


class Drawing:
    """Draws from people who come in any order and any number; holds no more than the sample."""

    def __init__(self, seed: str, shares: Mapping[Stratum, int]) -> None:
        self._seed = hashlib.sha256(seed.encode())
        self._shares = shares
        # Of each stratum the smallest so far, the largest of them first: (-rank, person).
        self._drawn: dict[Stratum, list[tuple[int, int]]] = defaultdict(list)

    def meet(self, people: Iterable[tuple[int, Stratum]]) -> None:
        """Let these people take part in the drawing, each once."""
        for person, stratum in people:
            share = self._shares.get(stratum, 0)
            if not share:
                continue
            drawn, ticket = self._drawn[stratum], (-self._rank(person), person)
            if len(drawn) < share:
                heapq.heappush(drawn, ticket)
            elif ticket > drawn[0]:
                heapq.heapreplace(drawn, ticket)

    def drawn(self) -> list[int]:
        """Return who is drawn, by id."""
        return sorted(person for drawn in self._drawn.values() for _rank, person in drawn)

    def _rank(self, person: int) -> int:
        told = self._seed.copy()
        told.update(str(person).encode())
        return int.from_bytes(told.digest(), "big")


def _largest_remainders(size: int, people: Mapping[Stratum, int]) -> dict[Stratum, int]:
    total = sum(people.values())
    exact = {one: Fraction(size * number, total) for one, number in people.items()}
    shares = {one: int(share) for one, share in exact.items()}
    left = size - sum(shares.values())
    # Of equal remainders the larger stratum's goes first, then the smaller key's.
    by_remainder = sorted(exact, key=lambda one: (shares[one] - exact[one], -people[one], one))
    for one in by_remainder[:left]:
        shares[one] += 1
    return shares
