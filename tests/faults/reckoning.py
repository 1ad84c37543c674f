"""What a fault left behind: facts lost, facts doubled, messages repeated."""

from collections import Counter
from dataclasses import dataclass

from tests.faults.load import SCREENS, Deed, Kind, Load
from tests.faults.recount import Facts, Recount
from tests.faults.scene import Scene

LOOK = 0.1  # seconds between looks into a database, each of which costs a connection
RECEIPT = "Тіркеу нөмірі:"
SORRY = "Кешіріңіз, қазір біздің тарапта ақау"


@dataclass(frozen=True, slots=True)
class Reckoning:
    """The end of a test; everybody has acted and the bot has nothing more to do."""

    deeds: int
    lost: list[Deed]
    twice: list[str]
    untold: int  # appeals without a receipt in the chat
    repeated: int  # messages beyond those that an undisturbed bot would have sent
    receipts: int  # receipts among them
    sorry: Counter[int]  # how often each person was told that they must wait

    def __str__(self) -> str:
        return (
            f"{self.deeds} facts: {len(self.lost)} lost, {len(self.twice)} doubled, "
            f"{self.untold} untold; {self.repeated} messages repeated"
        )


async def finish(scene: Scene, load: Load, recount: Recount) -> Facts:
    """Wait until all is confirmed and told, stop the bot, return what is kept."""
    await scene.until(lambda: load.over and not load.unconfirmed)
    await scene.until(lambda: not recount.undelivered(), pause=LOOK)
    await scene.stop()
    return recount.look()


def reckon(
    scene: Scene, load: Load, recount: Recount, facts: Facts, *, parts: int = 1
) -> Reckoning:
    """Compare all that was done with all that is kept and shown.

    Each appeal was written in so many messages, and each of them is answered.
    """
    receipts = receipts_of(scene)
    filed = Counter(deed.person for deed in load.deeds if deed.kind is Kind.APPEAL)
    screens = SCREENS + parts - 1
    repeated = sum(
        max(0, messages_to(scene, person) - screens * filed[person]) for person in scene.citizens
    )
    return Reckoning(
        deeds=len(load.deeds),
        lost=[deed for deed in load.deeds if not recount.holds(deed, facts)],
        twice=recount.twice(load, facts),
        untold=sum(1 for number in facts.numbers if not receipts[number]),
        repeated=repeated,
        receipts=receipts.total() - len(receipts),
        sorry=Counter({person: sorry_to(scene, person) for person in scene.citizens}),
    )


def messages_to(scene: Scene, person: int) -> int:
    """Return how many messages somebody got, save the one in the beginning and apologies."""
    chat = scene.sandbox.telegram.private(person)
    sent = sum(message.outgoing for message in chat.messages())
    return sent - 1 - sorry_to(scene, person)


def sorry_to(scene: Scene, person: int) -> int:
    """Return how often somebody was told that they must wait."""
    chat = scene.sandbox.telegram.private(person)
    return sum(SORRY in message.json.get("text", "") for message in chat.messages())


def anybody_told(scene: Scene) -> bool:
    """Tell whether anybody was told that they must wait."""
    return any(sorry_to(scene, person) for person in scene.citizens)


def receipts_of(scene: Scene) -> Counter[str]:
    """Return how often each number was told."""
    told: Counter[str] = Counter()
    for person in scene.citizens:
        for message in scene.sandbox.telegram.private(person).messages():
            _, found, rest = message.json.get("text", "").partition(RECEIPT)
            if message.outgoing and found:
                told[rest.split()[0]] += 1
    return told
