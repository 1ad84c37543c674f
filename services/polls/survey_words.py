"""What stands in a file of questions: English keys, and the Kazakh and Russian words for them."""

from services.language import Language, choose

# A row is one of these.
KINDS = {
    "title": ("атауы", "название"),
    "single": ("бір жауап", "один ответ"),
    "multiple": ("бірнеше жауап", "несколько ответов"),
    "scale5": ("баға 1–5", "оценка 1–5"),
    "scale10": ("баға 0–10", "оценка 0–10"),
    "ranking": ("реттеу", "по порядку"),
    "number": ("сан", "число"),
    "text": ("мәтін", "текст"),
    "photo": ("фото", "фото"),
    "answer": ("жауап", "ответ"),
    "other": ("басқа", "другое"),
    "none": ("ешқайсысы", "ничего"),
    "difficult": ("жауап беру қиын", "затрудняюсь ответить"),
    "low": ("төменгі шегі", "нижний край"),
    "high": ("жоғарғы шегі", "верхний край"),
}
COLUMNS = {
    "kind": ("түрі", "вид"),
    "kk": ("қазақша", "на казахском"),
    "ru": ("орысша", "на русском"),
    "code": ("коды", "код"),
    "least": ("кемінде", "не меньше"),
    "most": ("ең көбі", "не больше"),
    "random": ("араластыру", "вперемешку"),
    "optional": ("аттап өтуге болады", "можно пропустить"),
    "to": ("келесі сұрақ", "следующий вопрос"),
}
YES = frozenset({"yes", "true", "1", "иә", "да", "+"})
NO = frozenset({"", "no", "false", "0", "жоқ", "нет", "-"})
ENDS = frozenset({"end", "соңы", "конец"})


def key_of(words: dict[str, tuple[str, str]], said: str) -> str | None:
    """Return the key that is said in English, Kazakh or Russian; dashes are alike."""
    plain = _plain(said)
    for key, names in words.items():
        if plain in {key, *map(_plain, names)}:
            return key
    return None


def word(words: dict[str, tuple[str, str]], key: str, language: Language) -> str:
    """Return the word for a key."""
    return choose(language, *words[key])


def _plain(said: str) -> str:
    return " ".join(said.casefold().replace("–", "-").replace("—", "-").split())
