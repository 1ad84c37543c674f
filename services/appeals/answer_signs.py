"""Signs of a fact, of a next step and of a promise in the words of an answer.

All words here are folded (services.text.fold), so letters that an old phone lacks change nothing.
Endings find most words and lists the rest; formulas that only sound like work («қаралды»,
«рассмотрено») are left out on purpose: e-services are full of answers that say nothing else.
"""

import re
from dataclasses import dataclass

from services.language import Language


@dataclass(frozen=True, slots=True)
class Signs:
    """The signs of one language: what was done or found, what remains, what is still to come."""

    fact: re.Pattern[str]
    finished: re.Pattern[str]
    coming: re.Pattern[str]
    invitation: re.Pattern[str]
    empty: frozenset[str]

    def facts(self, words: list[str]) -> bool:
        """Tell whether some word says what was done or found out."""
        return self._any(self.fact, words) or self._any(self.finished, words)

    def next_steps(self, words: list[str]) -> bool:
        """Tell whether some word says what comes, what to do, or that the work is finished."""
        patterns = (self.coming, self.invitation, self.finished)
        return any(self._any(pattern, words) for pattern in patterns)

    def promises(self, words: list[str]) -> bool:
        """Tell whether some word speaks of the future."""
        return self._any(self.coming, words)

    def _any(self, pattern: re.Pattern[str], words: list[str]) -> bool:
        return any(pattern.fullmatch(word) for word in words if word not in self.empty)


# Passive past (жуылды, анықталды), and «we» of the usual deeds (тексердік).
_KAZAKH_FACT = (
    r"\w{2,}(?:ыл|ил|ын|ин|лан|лен|дан|ден|тан|тен|тал|тел|дал|дел|сал|ртыл)(?:ды|ди|ган|ген|ып|ип)"
    r"|(?:тексер|жонде|шеш|бер|жибер|келис|аныкта|тазала|кос|орнат|ауыстыр|аякта|сойлес|бар|кор)"
    r"(?:дик|дык|тик|тык)"
    r"|(?:шыкты|шыгып|киристи|жатыр|себеби|себеп|курайды|истен|жетти|бекитилген|тиис|жарамсыз|жарамды|калыпты|кыскарды)"
)
_KAZAKH_FINISHED = (
    r"(?:аякталды|шешилди|жойылды|жонделди|ауыстырылды|келтирилди|косылды|орындалды|орнатылды"
    r"|толенди|тазаланды|тузетилди|ашылды|таратылды|салынды|ашылды|жонделип|аякталган|орындалган)"
)
# Present-future (жарияланады, береміз).
_KAZAKH_COMING = (
    r"\w{2,}(?:ады|еди|йды|йди)|\w{2,}(?:амыз|емиз|ймыз|ймиз)|\w{3,}мак(?:пыз|шы|шымыз)?"
    r"|жоспарлан\w*|жоспарында|жоспарга|белгиленди|кутилуде"
)
_KAZAKH_INVITATION = r"\w{2,}(?:ыныз|иниз|аныз|ениз)|\w{2,}(?:аласыз|есиз|елесиз)|мумкин"
_KAZAKH_EMPTY = (
    "каралды кабылданды тиркелди жолданды жиберилди алынды ескерилди каралып каралган тиркелген "
    "жиберилген жолданган кабылданган алынган каралады карастырылады карастырылды ескериледи "
    "каралуда ауылды жылды орынды аталган берилген келеди келмейди билдиремиз тилеймиз сураймыз "
    "калаймыз хабарлаймыз отинишиниз отинишинизди жауабыныз хабарламаныз мекенжайыныз уйиниз "
    "кошениз номириниз шагымыныз арызыныз усынысыныз болыныз табылады саналады"
)
_RUSSIAN_FACT = (
    # Short passive participles (проверен, заменены), «we» and «they» of the past (проверили).
    r"\w{3,}(?:[ая]н|ен)[аоы]|\w{4,}ен|\w{4,}[ая]н|\w{3,}(?:[иаея]|у)ли(?:сь)?"
    # He, she and it of the past, where a prefix tells the verb from a noun (выехал, приехала).
    r"|(?:вы|при|от|под|до|пере|за|на|по|про|об|рас|раз)\w{2,}[аеияу]л[ао]?"
    r"|\w{3,}(?:алось|илось|лся|лась)|закрыт[аоы]?|открыт[аоы]?|снят[аоы]?"
    r"|причин(?:а|ой|у)|составляет|составил[аио]?|показал[аио]?|соответствует|превышает|прошл[аои]"
)
_RUSSIAN_FINISHED = (
    r"(?:устранен|завершен|решен|отремонтирован|восстановлен|заменен|подключен|выполнен|исправлен"
    r"|закончен|окончен|установлен|очищен|вывезен|выплачен|откачан|промыт)[аоы]?|работает|работают"
    r"|закончили|завершили|устранили|починили|заменили|отремонтировали|восстановили|подключили"
    r"|исправили|выполнили|установили|промыли|очистили|вывезли|выплатили|откачали"
)
_RUSSIAN_COMING = (
    r"буд(?:ет|ут|ем)|(?:за)?планир\w+|намечен\w*|назначен\w*|предстоит|включен[аоы]?"
    r"|начина\w+|ведется|ведутся|\w{3,}(?:ится|ется|утся|ются|атся|ятся)"
    r"|(?:за|под|у|от|при|с|про|вы|на|по|до|пере|об|вос|раз)\w{2,}(?:[яа]т|[ую]т)"
    r"|(?:сообщ|провер|установ|замен|ответ|уведом|заверш|выясн|свяж|верн|добь|начн|отремонтиру"
    r"|проконтролиру|приед|провед|сдела|напиш|законч|почин|реш|устран|восстанов|постро|постав|выполн|отправ|повтор|промо|очист|вывез|подключ|исправ)"
    r"(?:им|ем|емся|имся|ит|ет|[ая]т|[ую]т)"
)
_RUSSIAN_INVITATION = r"\w{3,}(?:йте|ите)(?:сь)?|можете|можно|вправе"
_RUSSIAN_EMPTY = (
    "рассмотрен рассмотрена рассмотрено рассмотрены зарегистрирован зарегистрирована "
    "зарегистрировано зарегистрированы направлен направлена направлено направлены получен "
    "получена получено получены передан передана передано переданы учтен учтена учтено учтены "
    "изучен изучено доведен доведено принят принято рассмотрели изучили приняли получили передали "
    "направили указан указана указано указаны стена стены смена смены цена цены страна страны "
    "охрана охраны экран экраны район недели цели модели детали времен времена обмен обмена член "
    "члена члены сторона стороны граждан является являются находится находятся имеется имеются "
    "считается рассматривается относится относятся требуется сертификат солдат салат зарплат "
    "выплат закат захват препарат продукт проект возврат просите хотите здравствуйте извините "
    "примите простите поступают поступили поступило обратились уважаемая процент субъект "
    "портал портала подвал подвала завал завала обвал обвала провал провала потенциал потенциала "
    "поступил поступила подал подала просил просила обратился обратилась заявил заявила"
)

SIGNS = {
    Language.KAZAKH: Signs(
        re.compile(_KAZAKH_FACT),
        re.compile(_KAZAKH_FINISHED),
        re.compile(_KAZAKH_COMING),
        re.compile(_KAZAKH_INVITATION),
        frozenset(_KAZAKH_EMPTY.split()),
    ),
    Language.RUSSIAN: Signs(
        re.compile(_RUSSIAN_FACT),
        re.compile(_RUSSIAN_FINISHED),
        re.compile(_RUSSIAN_COMING),
        re.compile(_RUSSIAN_INVITATION),
        frozenset(_RUSSIAN_EMPTY.split()),
    ),
}
