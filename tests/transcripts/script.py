"""A transcript as data: who does what, and what everybody sees then."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # in C where PyYAML was built with it
VERBS = {
    "sends": "send",
    "writes": "write",
    "presses": "press",
    "presses again": "press again",
    "forges": "forge",
    "photo": "photo",
    "album": "album",
    "document": "document",
    "voice": "voice",
    "video": "video",
    "sticker": "sticker",
    "forwards": "forward",
    "hands on": "hand on",
    "location": "location",
    "follows": "follow",
    "edits": "edit",
    "replies": "reply",
    "shares phone": "contact",
    "blocks": "block",
    "unblocks": "unblock",
}
ANY_ORDER = "in any order"

Seen = dict[str, Any]


@dataclass(slots=True)
class Step:
    """One action and what each person sees after it."""

    who: str | None
    action: str
    value: Any
    sees: dict[str, list[Seen]] = field(default_factory=dict)
    # Where a letter and a mailing go to one person at the same time.
    any_order: bool = False


@dataclass(slots=True)
class Script:
    """A whole transcript."""

    path: Path
    title: str
    start_at: datetime
    people: dict[str, dict[str, Any]]
    steps: list[Step]
    # What the bot of this play is set to, by the name of the environment variable.
    settings: dict[str, str] = field(default_factory=dict)


def scripts() -> list[Path]:
    """Return the transcripts of this folder."""
    return sorted(FOLDER.glob("*.yaml"))


def read(path: Path) -> Script:
    """Read a transcript; a step names one action and any number of "<person> sees".

    With "in any order" what is new to a person may come in another order than it is written.
    """
    content = yaml.load(path.read_text(encoding="utf-8"), LOADER)  # noqa: S506 - a safe one
    return Script(
        path=path,
        title=content["title"],
        start_at=content["start_at"],
        people=content["people"],
        steps=[_step(entry) for entry in content["steps"]],
        settings=content.get("settings", {}),
    )


def _step(entry: dict[str, Any]) -> Step:
    step: Step | None = None
    sees: dict[str, list[Seen]] = {}
    any_order = False
    for key, value in entry.items():
        who, _, verb = key.partition(" ")
        if verb == "sees":
            sees[who] = value
        elif key == ANY_ORDER:
            any_order = bool(value)
        elif key == "clock":
            step = Step(None, "clock", value)
        elif verb in VERBS:
            step = Step(who, VERBS[verb], value)
        else:
            raise ValueError(f"a step cannot say {key!r}")
    if step is None:
        raise ValueError(f"a step without an action: {entry}")
    step.sees = sees
    step.any_order = any_order
    return step


class _Block(str):
    """Text of several lines, written as a block."""

    __slots__ = ()


class _Row(list[str]):
    """One row of buttons, written on one line."""

    __slots__ = ()


def _dumper() -> type[yaml.SafeDumper]:
    class Dumper(yaml.SafeDumper):
        def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002  # PyYAML's signature
            return super().increase_indent(flow, indentless=False)

    def block(dumper: yaml.SafeDumper, text: _Block) -> yaml.Node:
        return dumper.represent_scalar("tag:yaml.org,2002:str", str(text), style="|")

    def row(dumper: yaml.SafeDumper, labels: _Row) -> yaml.Node:
        return dumper.represent_sequence("tag:yaml.org,2002:seq", list(labels), flow_style=True)

    Dumper.add_representer(_Block, block)
    Dumper.add_representer(_Row, row)
    return Dumper


def write_seen(path: Path, script: Script) -> None:
    """Write the transcript anew with what was seen: for recording, to be read by eye."""
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    verbs = {action: verb for verb, action in VERBS.items()}
    steps = []
    for step in script.steps:
        key = "clock" if step.who is None else f"{step.who} {verbs[step.action]}"
        value = _blocks(step.value) if isinstance(step.value, dict) else step.value
        entry: dict[str, Any] = {key: value}
        if step.any_order:
            entry[ANY_ORDER] = True
        for who, seen in step.sees.items():
            entry[f"{who} sees"] = [_blocks(item) for item in seen]
        steps.append(entry)
    content["steps"] = steps
    text = yaml.dump(content, Dumper=_dumper(), allow_unicode=True, sort_keys=False, width=10_000)
    path.write_text(text, encoding="utf-8")


def _blocks(seen: Seen) -> Seen:
    return {key: _readable(value) for key, value in seen.items()}


def _readable(value: Any) -> Any:
    if isinstance(value, str) and "\n" in value:
        return _Block(value)
    if isinstance(value, list):
        return [_Row(row) for row in value]
    return value
