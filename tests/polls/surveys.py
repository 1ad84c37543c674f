"""Questions of every type, for tests."""

from typing import Any

from services.polls.model import (
    END,
    Option,
    OptionRole,
    Question,
    QuestionType,
    Scale,
    Skip,
)

POINTS = Scale(1, 5, "Өте нашар", "Очень плохо", "Өте жақсы", "Очень хорошо")


def options(*names: str, **roles: OptionRole) -> tuple[Option, ...]:
    """Return plain options of these names, then those named by a role."""
    plain = [Option(at, name, name) for at, name in enumerate(names)]
    last = [Option(len(plain) + at, name, name, role) for at, (name, role) in enumerate(
        roles.items()
    )]  # fmt: skip
    return (*plain, *last)


def question(position: int, type_: QuestionType, **settings: Any) -> Question:
    """Return a question called q1, q2 and so on."""
    code = f"q{position + 1}"
    return Question(position, code, type_, f"{code}-kk?", f"{code}-ru?", **settings)


ROLES = {"other": OptionRole.OTHER, "none": OptionRole.NONE, "hard": OptionRole.DIFFICULT}

LAST = {"other": OptionRole.OTHER, "hard": OptionRole.DIFFICULT}
SINGLE = question(0, QuestionType.SINGLE, options=options("A", "B", "C", **LAST), random=True)
MULTIPLE = question(
    1, QuestionType.MULTIPLE, options=options("A", "B", "C", "D", **ROLES), least=2, most=3
)
SCALE = question(
    2,
    QuestionType.SCALE,
    scale=POINTS,
    options=options(hard=OptionRole.DIFFICULT),
    skips=(Skip(frozenset((1, 2)), "q7"), Skip(frozenset((5,)), END)),
)
RANKING = question(3, QuestionType.RANKING, options=options("A", "B", "C", "D"), least=3, most=4)
NUMBER = question(4, QuestionType.NUMBER, least=0, most=20)
TEXT = question(5, QuestionType.TEXT, required=False)
PHOTO = question(6, QuestionType.PHOTO, required=False)
EVERY = (SINGLE, MULTIPLE, SCALE, RANKING, NUMBER, TEXT, PHOTO)
