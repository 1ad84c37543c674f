"""The Kazakh and Russian catalogues are complete, sound and spelled right."""

import re
import string
import subprocess
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_keywords

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("kk", "ru")
CATALOGUES = sorted((ROOT / "locales").glob("*/LC_MESSAGES/*.po"))
FOLDERS = ("bot", "handlers", "services")
KEYWORDS = parse_keywords(["_", "_:1,2,3t", "N_", "ngettext:1,2"])

TAG = re.compile(r"</?[a-z][a-z-]*(?: [^>]*)?>")
WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
LATIN = re.compile(r"[A-Za-z]")
CYRILLIC = re.compile(r"[А-Яа-яЁёӘәҒғҚқҢңӨөҰұҮүҺһІі]")

Message = tuple[str, str]


def messages_of_the_code() -> set[Message]:
    """Return (singular, plural or "") of every message that the code names."""
    found: set[Message] = set()
    for folder in FOLDERS:
        entries = extract_from_dir(
            str(ROOT / folder), method_map=[("**.py", "python")], keywords=KEYWORDS
        )
        for _, _, message, _, _ in entries:
            pair = message if isinstance(message, tuple) else (message, "")
            if isinstance(pair[0], str) and pair[0]:
                found.add((pair[0], pair[1] or ""))
    return found


def entries_of(language: str) -> Iterator[tuple[Path, polib.POEntry]]:
    """Yield every entry of a language with its file."""
    for path in CATALOGUES:
        if path.parts[-3] == language:
            for entry in polib.pofile(str(path)):
                yield path, entry


def translations(entry: polib.POEntry) -> list[str]:
    """Return the translations of an entry, the plural forms included."""
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def placeholders(text: str) -> set[str]:
    """Return the names of the brace placeholders."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def words_of(language: str) -> set[str]:
    """Return the Cyrillic words that people read in this language, long texts included."""
    texts = [text for _, entry in entries_of(language) for text in translations(entry)]
    long = (ROOT / "services/people").glob(f"*/*.{language}.html")
    texts += [path.read_text(encoding="utf-8") for path in long]
    plain = " ".join(TAG.sub(" ", re.sub(r"\{\w*\}", " ", text)) for text in texts)
    return {word for word in WORD.findall(plain) if CYRILLIC.search(word)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_complete(language: str) -> None:
    """Every message of the code is translated, and nothing else is."""
    translated = {(entry.msgid, entry.msgid_plural) for _, entry in entries_of(language)}
    wanted = messages_of_the_code()
    assert wanted - translated == set()
    assert translated - wanted == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_translated_and_certain(language: str) -> None:
    """No translation is empty, fuzzy or obsolete."""
    doubtful = [
        (path.name, entry.msgid)
        for path, entry in entries_of(language)
        if entry.fuzzy or entry.obsolete or not all(translations(entry))
    ]
    assert doubtful == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_message_one_translation(language: str) -> None:
    """A message stands in one catalogue only, so that it cannot be translated in two ways."""
    places: dict[str, list[str]] = {}
    for path, entry in entries_of(language):
        places.setdefault(entry.msgid, []).append(path.name)
    assert {message: files for message, files in places.items() if len(files) > 1} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_same_placeholders_and_tags(language: str) -> None:
    """A translation has the placeholders and the tags of its message, each tag as often."""
    unequal = [
        (path.name, entry.msgid, text)
        for path, entry in entries_of(language)
        for text in translations(entry)
        if not _same_marks(entry, text)
    ]
    assert unequal == []


def _same_marks(entry: polib.POEntry, text: str) -> bool:
    originals = [entry.msgid, entry.msgid_plural] if entry.msgid_plural else [entry.msgid]
    wanted = set().union(*(placeholders(original) for original in originals))
    tags = sorted(TAG.findall(originals[-1]))
    return placeholders(text) == wanted and sorted(TAG.findall(text)) == tags


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_placeholder_takes_a_suffix(language: str) -> None:
    """No letter touches a placeholder: Kazakh suffixes would not fit every value."""
    touched = [
        text
        for _, entry in entries_of(language)
        for text in translations(entry)
        if re.search(r"\}[-’']?[^\W\d_]|[^\W\d_]\{", text)
    ]
    assert touched == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_latin_letter_in_a_cyrillic_word(language: str) -> None:
    """Look-alike Latin letters do not hide in Kazakh or Russian words."""
    assert {word for word in words_of(language) if LATIN.search(word)} == set()


@pytest.mark.needs("gettext")
@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_msgfmt_accepts(path: Path) -> None:
    """GNU msgfmt finds no fault in the catalogue."""
    run = subprocess.run(
        ["msgfmt", "-c", "-o", "/dev/null", str(path)], capture_output=True, text=True, check=False
    )
    assert (0, "") == (run.returncode, run.stderr)


@pytest.mark.parametrize(
    ("language", "dictionary"),
    [
        pytest.param("kk", "kk_KZ", marks=pytest.mark.needs("hunspell-kk")),
        pytest.param("ru", "ru_RU", marks=pytest.mark.needs("hunspell-ru")),
    ],
)
def test_spelling(language: str, dictionary: str) -> None:
    """Hunspell knows every word, or the word stands in the reviewed list."""
    words = sorted({part for word in words_of(language) for part in re.split(r"[-’']", word)})
    run = subprocess.run(
        ["hunspell", "-d", dictionary, "-i", "utf-8", "-l"],
        input="\n".join(words),
        capture_output=True,
        text=True,
        check=True,
    )
    reviewed = (ROOT / f"locales/{language}/reviewed-words.txt").read_text("utf-8").split()
    unknown = set(run.stdout.split()) - set(reviewed)
    assert unknown == set()
