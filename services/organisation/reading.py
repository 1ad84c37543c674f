"""Reading the organisation's file: all mistakes at once, each with its line and place."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from services.organisation.consistency import contradictions
from services.organisation.file import OrganisationFile

Place = tuple[str | int, ...]

# By pydantic's type of error; {input} is what stands in the file.
_SENTENCES = {
    "missing": "is missing.",
    "extra_forbidden": "is not known here; check the spelling.",
    "string_too_short": "is empty.",
    "string_too_long": "is longer than {max_length} characters.",
    "too_long": "has more than {max_length} entries.",
    "int_parsing": "“{input}” is not a whole number.",
    "int_type": "must be a whole number.",
    "int_from_float": "“{input}” is not a whole number.",
    "greater_than_equal": "“{input}” is less than {ge}.",
    "less_than_equal": "“{input}” is more than {le}.",
    "string_type": "must be text.",
    "tuple_type": "must be a list.",
    "dict_type": "must be entries of the form `name: value`.",
    "model_type": "must be entries of the form `name: value`.",
    "model_attributes_type": "must be entries of the form `name: value`.",
    "bool_parsing": "“{input}” must be true or false.",
    "bool_type": "must be true or false.",
    "enum": "“{input}” is not one of {expected}.",
    "date_type": "must be a date such as 2026-01-31.",
    "date_parsing": "“{input}” is not a date such as 2026-01-31.",
    "date_from_datetime_parsing": "“{input}” is not a date such as 2026-01-31.",
    "date_from_datetime_inexact": "“{input}” is not a date such as 2026-01-31.",
}
_PATTERNS = {
    "region": "“{input}” is not a region: two digits, the beginning of a KATO code.",
    "district": "“{input}” is not a district: six digits, the beginning of a KATO code.",
    "phone": "“{input}” is not a telephone number.",
    "code": "“{input}” is not a code: a small Latin letter, then letters, digits, “.”, “_”, “-”.",
}


class BadOrganisationFile(Exception):  # noqa: N818  # told to the administrator line by line
    """The file cannot be imported; `lines` says why, one sentence for each mistake."""

    def __init__(self, lines: tuple[str, ...]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong at a place of the file."""

    place: Place
    sentence: str


def read_organisation(path: Path) -> OrganisationFile:
    """Return the organisation in the file; raise BadOrganisationFile with every mistake in it."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise BadOrganisationFile((f"{path}: cannot be read ({error.strerror}).",)) from error
    except UnicodeDecodeError as error:
        raise BadOrganisationFile((f"{path}: is not UTF-8 text.",)) from error
    return parse_organisation(text)


def parse_organisation(text: str) -> OrganisationFile:
    """Return the organisation in a YAML text; raise BadOrganisationFile as above."""
    root, content = _load(text)
    mistakes = [Mistake(place, "is written twice.") for place in _repeated_keys(root)]
    file: OrganisationFile | None = None
    try:
        file = OrganisationFile.model_validate(content)
    except ValidationError as error:
        mistakes += [
            Mistake(_known_place(found["loc"]), _sentence(found)) for found in error.errors()
        ]
    mistakes += [Mistake(place, words) for place, words in contradictions(content)]
    if file is None or mistakes:
        numbered = {(_line(root, mistake.place), _spoken(mistake)): None for mistake in mistakes}
        raise BadOrganisationFile(
            tuple(f"Line {line}, {words}" for line, words in sorted(numbered))
        )
    return file


def _load(text: str) -> tuple[yaml.Node, dict[str, Any]]:
    loader = yaml.SafeLoader(text)
    try:
        root = loader.get_single_node()
        content = None if root is None else loader.construct_document(root)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise BadOrganisationFile((f"Line {line}: is not YAML ({error.problem}).",)) from error
    except (yaml.YAMLError, ValueError) as error:
        raise BadOrganisationFile((f"Line 1: is not YAML ({error}).",)) from error
    finally:
        loader.dispose()
    if root is None or not isinstance(content, dict):
        raise BadOrganisationFile(("Line 1: the file must begin with entries such as `party:`.",))
    return root, content


def _known_place(place: tuple[str | int, ...]) -> Place:
    """Pydantic marks a wrong key of a mapping with a step that the file does not have."""
    return tuple(step for step in place if step != "[key]")


def _sentence(found: Any) -> str:
    kind = found["type"]
    template = _PATTERNS.get(str(found["loc"][-1])) if kind == "string_pattern_mismatch" else None
    template = template or _SENTENCES.get(kind) or f"“{{input}}” will not do ({kind})."
    return template.format(input=found["input"], **found.get("ctx", {}))


def _spoken(mistake: Mistake) -> str:
    steps = (f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in mistake.place)
    return f"{''.join(steps).removeprefix('.') or 'the file'}: {mistake.sentence}"


def _line(root: yaml.Node, place: Place) -> int:
    """Return the line of the place, or of the nearest entry around it."""
    node, mark = root, root.start_mark
    for step in place:
        if isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            node = node.value[step]
            mark = node.start_mark
            continue
        keys = node.value if isinstance(node, yaml.MappingNode) else []
        found = [(key, value) for key, value in keys if key.value == str(step)]
        if not found:
            break
        key, node = found[0]
        mark = key.start_mark
    return int(mark.line) + 1


def _repeated_keys(node: yaml.Node, place: Place = ()) -> list[Place]:
    """YAML keeps the last of two equal keys without a word; the file's author would not."""
    found: list[Place] = []
    if isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            found += _repeated_keys(item, (*place, index))
    elif isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            inside = (*place, str(key.value))
            found += [inside] if key.value in seen else []
            found += _repeated_keys(value, inside)
            seen.add(str(key.value))
    return found
