"""docs/roles.md as Markdown."""

from collections.abc import Iterator
from itertools import groupby

from bot.roles.reading import Uses
from services.people.deeds import RIGHTS, Deed, Reach, Right
from services.people.model import Role

_HEAD = """\
# Who of the staff may do what

Written from the code by `python -m bot roles`: the table `RIGHTS` of `services/people/deeds.py`,
and the use cases that ask for each right. Whatever stands nowhere here is denied. A right is
checked in the use case, whatever the screens show, and every reading of personal data stands in
the audit ([administrator](administrator.md)).

A role is given by a one-time invitation, everywhere or for a place (a region or a district by its
KATO code), for all sections of the Road Map or for one. A citizen without a role has none of
these rights.

- **within**: only inside the place and section of the role. Lists, searches and notices leave out
  the rest. Who writes to people reaches only those of the own place; a role of one section writes
  to nobody.
- **all**: it touches everybody, so only who holds the role everywhere and for every section has
  it.
- **any**: it is about nobody's case (own settings, numbers, what was given to oneself); any place
  will do.
- **own**: an official has no place; what they may touch follows from what they answer for on the
  day, whom they stand in for, and who assigned them what.

What reaches many people, opens a sealed name, or takes persons and their words out of the bot,
needs a second person besides the right to ask for it.
"""
_WORDS = {Reach.SCOPE: "within", Reach.EVERYWHERE: "all", Reach.ANYWHERE: "any"}
_GROUPS = {
    "queue": "The queue of appeals",
    "appeal": "Appeals",
    "duty": "Being on duty",
    "ban": "Bans",
    "quote": "Quotes of citizens",
    "answers": "Answers in words",
    "poll": "Polls",
    "campaign": "Election campaigns",
    "news": "News",
    "source": "Sources of news",
    "mailing": "Mailings",
    "approval": "The second person",
    "export": "Files",
    "roadmap": "The Road Map",
    "story": "Stories of what was done",
    "digest": "Digests",
    "errand": "Errands",
    "workload": "Workload",
    "execution": "The review of execution",
    "colleague": "Colleagues",
    "staff": "Staff",
    "audit": "The audit",
}
_ABOUT = {
    Role.OPERATOR: "Looks after the queue, files for visitors, writes news and polls.",
    Role.MODERATOR: "Reads words before others do: quotes, answers in words, items of sources.",
    Role.ANALYST: "Reads results and numbers; nobody's case.",
    Role.EDITOR: "Writes news, polls and the texts of the Road Map; reads no appeals.",
    Role.OFFICIAL: "Of a Political Council, the Bureau, the secretariat: by the directory.",
    Role.ADMINISTRATOR: "Looks after the bot, its staff and the organisation.",
    Role.AUDITOR: "Reads who did what, and is a second person; reads no case.",
}


def page(uses: Uses) -> str:
    """Return the whole page."""
    parts = [_HEAD, "## Roles", _roles(), "## Rights at a glance", *_glance(), "## Rights"]
    return "\n\n".join(part.strip() for part in [*parts, *_rights(uses)]) + "\n"


def _roles() -> str:
    lines = [f"| {role.value} | {_ABOUT[role]} | {_count(role)} |" for role in Role]
    return "\n".join(["| role | what it is | rights |", "|---|---|---|", *lines])


def _count(role: Role) -> int:
    return sum(role in right.roles for right in RIGHTS.values())


def _glance() -> Iterator[str]:
    """Yield a table of all rights, a column for each role."""
    lines = []
    for deed in Deed:
        right = RIGHTS[deed]
        marks = (_mark(role, right) for role in Role)
        lines.append(f"| `{deed.value}` | {' | '.join(marks)} |")
    names = " | ".join(role.value for role in Role)
    yield "\n".join([f"| right | {names} |", "|---" * (len(Role) + 1) + "|", *lines])


def _mark(role: Role, right: Right) -> str:
    if role not in right.roles:
        return ""
    if role is Role.OFFICIAL and right.reach is Reach.SCOPE:
        return "own"
    return _WORDS[right.reach]


def _rights(uses: Uses) -> Iterator[str]:
    """Yield each group of rights with the use cases that ask for them."""
    groups = list(dict.fromkeys(map(_group, Deed)))
    for group, deeds in groupby(sorted(Deed, key=lambda each: groups.index(_group(each))), _group):
        lines = [_line(deed, uses) for deed in deeds]
        title = f"### {_GROUPS.get(group, group.capitalize())}"
        heads = ["| right | roles | reach | use cases |", "|---|---|---|---|"]
        yield "\n".join([title, "", *heads, *lines])


def _line(deed: Deed, uses: Uses) -> str:
    right = RIGHTS[deed]
    roles = ", ".join(role.value for role in Role if role in right.roles)
    cases = ", ".join(map(_shown, uses.of(deed))) or "none: it only stands in the audit"
    return f"| `{deed.value}` | {roles or 'nobody'} | {_WORDS[right.reach]} | {cases} |"


def _shown(name: str) -> str:
    room, _, function = name.removeprefix("services.").rpartition(".")
    return f"`{function}` ({room})"


def _group(deed: Deed) -> str:
    """Return the part of the value before its dot."""
    return deed.value.partition(".")[0]
