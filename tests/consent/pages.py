"""What docs/privacy.md has to say, written from the code."""

from pathlib import Path

from services.language import Language, choose
from services.people.retention import TERMS, Kind
from storage.schema import metadata
from storage.schema.personal import PERSONAL
from storage.types import SealedBytes, SealedJSON, SealedText

PAGE = Path(__file__).resolve().parents[2] / "docs/privacy.md"

_SEALED = (SealedText, SealedBytes, SealedJSON)
_NAMES = {
    Kind.DRAFTS: ("Нобай, басталған әңгіме", "Черновик, начатый разговор"),
    Kind.UNREADABLE: ("Бот оқи алмаған хабарлама", "Сообщение, которого бот не смог прочесть"),
    Kind.LETTERS: ("Боттың өзіңізге жазғаны", "То, что бот написал лично Вам"),
    Kind.MAILINGS: ("Қай таратылым жеткені", "Какая рассылка до Вас дошла"),
    Kind.ANSWERS_IN_WORDS: (
        "Сауалнамадағы өз сөзіңізбен жазылған жауап",
        "Ответ в опросе своими словами",
    ),
    Kind.NAMED_ANSWERS: ("Атаулы сауалнамадағы жауап", "Ответ в именном опросе"),
    Kind.FILES: ("Өтініштің файлдары", "Файлы обращения"),
    Kind.APPEALS: ("Өтініштің сөзі және кімдікі екені", "Слова обращения и чьё оно"),
    Kind.BANS: ("Өтінішке қойылған шектеу", "Ограничение на обращения"),
    Kind.KEPT_BANS: (
        "Деректерін өшірткен адамға қойылған шектеудің таңбасы",
        "Отпечаток ограничения того, кто стёр свои данные",
    ),
    Kind.INVITATIONS: ("Қызметкерге берілген шақыру", "Приглашение для сотрудника"),
    Kind.REQUESTS: ("Екінші адамнан рұқсат сұралғаны", "Запрос разрешения у второго человека"),
    Kind.APPLICATIONS: ("Қоғамдық кеңеске өтінім", "Заявка в общественный совет"),
    Kind.SIGNUPS: ("Бағдарламаға тіркелгенде жазғаныңыз", "Написанное для записи на программу"),
    Kind.UNSHOWN_PROPOSALS: (
        "Тақтада жоқ ұсыныстың мәтіні және кімдікі екені",
        "Предложение, которого нет на доске: его слова и чьё оно",
    ),
    Kind.PROPOSALS: (
        "Тақтадағы ұсыныстың кімдікі екені және кім қолдағаны",
        "Чьё предложение на доске и кто его поддержал",
    ),
    Kind.CERTIFICATES: ("Сертификаттағы аты-жөні", "Имя на сертификате"),
    Kind.ERRANDS: ("Қызметкердің тапсырмасы", "Поручение сотруднику"),
    Kind.DIGESTS: ("Жауапты тұлғаның дайджесті", "Дайджест ответственного лица"),
    Kind.AUDIT: ("Кімнің нені оқығаны туралы жазба", "Запись о том, кто что читал и менял"),
    Kind.LEAVING: (
        "/forget басқан, бірақ жауап күткен адамның қалған дерегі",
        "Остаток данных того, кто нажал /forget, но ждёт ответа",
    ),
    Kind.BLOCKED: ("Ботты бұғаттаған адам туралы бәрі", "Всё о том, кто заблокировал бота"),
}
_SINCE = {
    Kind.DRAFTS: ("соңғы рет ашылғаннан бастап", "с последней записи"),
    Kind.UNREADABLE: ("келген күннен бастап", "со дня, когда пришло"),
    Kind.LETTERS: ("жіберілген күннен бастап", "со дня отправки"),
    Kind.MAILINGS: ("таратылым аяқталған соң", "после конца рассылки"),
    Kind.ANSWERS_IN_WORDS: ("сауалнама жабылған соң", "после закрытия опроса"),
    Kind.NAMED_ANSWERS: ("сауалнама жабылған соң", "после закрытия опроса"),
    Kind.FILES: ("өтініш аяқталған соң", "после завершения обращения"),
    Kind.APPEALS: ("өтініш аяқталған соң", "после завершения обращения"),
    Kind.BANS: ("шектеу біткен соң", "после его конца"),
    Kind.KEPT_BANS: ("шектеу біткенше", "до его конца"),
    Kind.INVITATIONS: ("мерзімі өткен соң", "после конца его срока"),
    Kind.REQUESTS: ("сұралған күннен бастап", "со дня запроса"),
    Kind.APPLICATIONS: (
        "шешім шыққан соң, шешім болмаса, келген күннен бастап",
        "после решения, а без него – со дня, когда пришла",
    ),
    Kind.SIGNUPS: ("бағдарлама аяқталған соң", "после окончания программы"),
    Kind.UNSHOWN_PROPOSALS: (
        "модератор немесе автор шешкен соң",
        "после решения модератора или автора",
    ),
    Kind.PROPOSALS: ("орындалған немесе қабылданбаған соң", "после выполнения или отклонения"),
    Kind.CERTIFICATES: ("берілген күннен бастап", "со дня выдачи"),
    Kind.ERRANDS: ("берілген күннен бастап", "со дня, когда дано"),
    Kind.DIGESTS: ("өз күнінен бастап", "со своего дня"),
    Kind.AUDIT: ("жазылған күннен бастап", "со дня записи"),
    Kind.LEAVING: ("соңғы жауап келгенше", "до последнего ответа"),
    Kind.BLOCKED: ("бұғатталған күннен бастап", "со дня блокировки"),
}


def terms(language: Language) -> str:
    """Return the table of terms, as Markdown."""
    head = choose(language, "| Не | Қанша уақыт |", "| Что | Как долго |")
    rows = [
        f"| {choose(language, *_NAMES[kind])} | "
        + " ".join(filter(None, [long(kind, language), choose(language, *_SINCE[kind])]))
        + " |"
        for kind in TERMS
    ]
    return "\n".join([head, "|---|---|", *rows])


def long(kind: Kind, language: Language) -> str:
    """Return how long something is kept: «3 года», "" for until something happens."""
    term = TERMS[kind]
    if not term.days and not term.years:
        return ""
    if language is Language.KAZAKH:
        return f"{term.years} жыл" if term.years else f"{term.days} күн"
    if not term.years:
        return f"{term.days} дней"
    return f"{term.years} {'год' if term.years == 1 else 'года' if term.years < 5 else 'лет'}"


def columns() -> str:
    """Return the table of what stands where about people; sealed columns have a lock."""
    rows = ["| | |", "|---|---|"]
    for table, names in PERSONAL.items():
        kinds = metadata.tables[table].columns
        told = [
            f"🔒 {one}" if isinstance(kinds[one].type, _SEALED) else one for one in names.split()
        ]
        rows.append(f"| `{table}` | {', '.join(told)} |")
    return "\n".join(rows)
