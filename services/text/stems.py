"""The unchanging beginnings of inflected words, in Kazakh and in Russian.

Nothing says of a single word in which of the two languages it is, so it has a stem in each.
The rule is the same for what is kept and for what is sought; that a stem is no root of grammar
does no harm.

- Kazakh: endings go one after another, the longest first, while three letters stay (two in the
  few roots that have no more); then a last г is к and a last б is п: «мектебіміздің» is мектеп.
- Russian: the longest ending goes, once, while three letters stay.
- A stem is cut after six letters; a word with a digit in it stays as it is.
"""

from functools import lru_cache

from services.text.words import soften

LENGTH = 6
_LEAST = 3
# Roots of two letters, softened, that people write about.
_SHORT = frozenset({"су", "уи", "ит", "ел", "ет", "ат", "от", "ис", "ак"})
_VOICELESS = str.maketrans("гб", "кп")

# Written without the vowels' harmony, which softening keeps: а and е, ы and і.
_KAZAKH_ENDINGS = (
    # many
    "лар лер дар дер тар тер "
    # whose
    "ымыз іміз ыңыз іңіз мыз міз ңыз ңіз ым ім ың ің м сы сі ы і "
    # case
    "ның нің дың дің тың тің ға ге қа ке на не ына іне ыма іме ңа ңе ны ні ды ді ты ті "
    "да де та те нда нде дан ден тан тен нан нен мен бен пен "
    # of a place, with, without
    "дағы дегі тағы тегі ндағы ндегі лы лі сыз сіз лық лік дық дік тық тік "
    # deeds, and deeds not done
    "ған ген қан кен ады еді йды йді ып іп са се ат ет атын етін "
    "майды мейді байды бейді пайды пейді маған меген баған беген паған пеген "
    "май мей бай бей пай пей ама еме"
)
_RUSSIAN_ENDINGS = (
    "ами ями иями ам ям иям ах ях иях ов ев ей ой ий ый ом ем ием ью ия ие ии ию а е и о у ы ю я "
    "ая яя ое ее ые ого его ому ему ым им ых их ыми ими ую юю ою ею "
    "ать ять еть ить ыть уть ти ет ит ут ют ат ят ает яет ают яют ал ял ел ил ыл ала яла ела ила "
    "ыла ало яло ело ило али яли ели или ыли ешь ишь ете ите аем яем ался ается "
    "ется ится ются ятся ился илась илось ились алась алось ались ение ения ению ением ений "
    "ание ания анию анием аний ен ена ено ены ан ана ано аны "
    "ный ная ное ные ного ному ным ных ными ную ной ном"
)


def _endings(listed: str) -> tuple[str, ...]:
    folded = listed.translate(str.maketrans("әғқңөұүһіё", "агкноуухие"))
    return tuple(sorted({soften(ending) for ending in folded.split()}, key=len, reverse=True))


_KAZAKH, _RUSSIAN = _endings(_KAZAKH_ENDINGS), _endings(_RUSSIAN_ENDINGS)


@lru_cache(maxsize=50_000)
def stems(word: str) -> frozenset[str]:
    """Return the stems, one or two, of a word as ``words`` gives it."""
    if not word.isalpha():
        return frozenset({word})
    return frozenset({_kazakh(word)[:LENGTH], _russian(word)[:LENGTH]})


def _kazakh(word: str) -> str:
    while (shorter := _without_ending(word, _KAZAKH)) != word:
        word = shorter
    return word[:-1] + word[-1:].translate(_VOICELESS)


def _russian(word: str) -> str:
    return _without_ending(word, _RUSSIAN)


def _without_ending(word: str, endings: tuple[str, ...]) -> str:
    for ending in endings:
        root = word.removesuffix(ending)
        if root != word and (len(root) >= _LEAST or root in _SHORT):
            return root
    return word
