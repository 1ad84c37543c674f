"""Stop messages: a real emergency is recognised in both languages, everyday words are not."""

import pytest

from services.appeals.stops import triggered
from services.organisation.importing import read_organisation
from services.organisation.intake import StopMessage
from services.text.fold import fold
from tests.organisation.conftest import FILE


@pytest.fixture(scope="module")
def stops() -> tuple[StopMessage, ...]:
    """Return the stop messages of the demonstration."""
    return tuple(
        StopMessage(
            entry.code,
            entry.urgent,
            entry.phone,
            entry.topics,
            tuple(fold(word) for word in (*entry.words.kk, *entry.words.ru)),
            entry.text.kk,
            entry.text.ru,
        )
        for entry in read_organisation(FILE).stops
    )


EMERGENCIES = [
    ("Үйіміз өртеніп жатыр, тез келіңіздер!", "emergency"),
    ("үй жанып жатыр комектесиндер", "emergency"),
    ("Мектептің жанында өрт шықты", "emergency"),
    ("ӨРТ БОЛЫП ЖАТЫР", "emergency"),
    ("Көлге түскен бала суға батып барады", "emergency"),
    ("Ауылды су басып жатыр, көмек керек", "emergency"),
    ("Электр сымы үзіліп түсті, сымдар жерде жатыр", "emergency"),
    ("Горит дом по улице Абая 5", "emergency"),
    ("соседский дом горит!!!", "emergency"),
    ("Помогите, у нас пожар", "emergency"),
    ("В озере тонет человек", "emergency"),
    ("Оголённый провод возле садика", "emergency"),
    ("Люди застряли в лифте второй час", "emergency"),
    ("срочно, дом жанып жатыр, горит крыша", "emergency"),
    ("Әкем есінен танып қалды", "ambulance"),
    ("Жедел жәрдем шақырыңызшы, анам дем ала алмай жатыр", "ambulance"),
    ("Көшеде адамды көлік қағып кетті", "ambulance"),
    ("Вызовите, пожалуйста, скорую", "ambulance"),
    ("Мужчина лежит без сознания на остановке", "ambulance"),
    ("Бабушка потеряла сознание", "ambulance"),
    ("Подъезде газ иісі шығып тұр", "gas"),
    ("Газдың иісі қатты сезіледі", "gas"),
    ("Көршілерге иіс тиіпті", "gas"),
    ("В подъезде запах газа", "gas"),
    ("Сильно пахнет газом, что делать", "gas"),
    ("У нас утечка бытового газа", "gas"),
    ("подъезде запах газа бар, келіңіздерші", "gas"),
    ("Көршім әйелін ұрып жатыр", "violence"),
    ("күйеуім сабайды, қайда барам", "violence"),
    ("Отбасында зорлық көріп жүрмін", "violence"),
    ("Мені өлтіремін деп қорқытады", "violence"),
    ("Муж меня бьёт", "violence"),
    ("Сосед избивает жену", "violence"),
    ("Терплю насилие в семье", "violence"),
    ("Бывший угрожает меня убить, угрожает убийством", "violence"),
    ("кейде муж пьяный бьет, қорқамын", "violence"),
    ("Балам жоғалып кетті, 7 жаста", "children"),
    ("Балабақшада тәрбиеші ұрды", "children"),
    ("Мектепте баламды ұрып, ақшасын алады", "children"),
    ("Пропал ребёнок, 5 лет", "children"),
    ("Воспитательница бьёт детей в садике", "children"),
    ("Өзіме қол жұмсағым келеді", "despair"),
    ("өмір сүргім келмейді енді", "despair"),
    ("Осындай өмірден өлгім келеді", "despair"),
    ("Хочу покончить с собой", "despair"),
    ("Долги, жить не хочу", "despair"),
    ("наложу на себя руки если не помогут", "despair"),
]

LATIN = [
    ("Podezde gaz iisi shygyp tur", "gas"),
    ("Gazdyn iisi qatty", "gas"),
    ("uy janyp jatyr", "emergency"),
    ("ort shyqty, tez keliniz", "emergency"),
    ("Pomogite, u nas pozhar", "emergency"),
    ("V podezde zapah gaza, srochno", "gas"),
    ("U nas запах gaza", "gas"),
    ("kuieuim sabaidy", "violence"),
    ("Balam zhogalyp ketti", "children"),
]

EVERYDAY = [
    "Нет горячей воды третий день",
    "Көше жарығы күндіз де жанып тұр",
    "Ауылға өрт сөндіру бөлімі салынсын",
    "Пожарный гидрант не работает",
    "В подъезде не горит свет",
    "В доме горит только одна лампочка",
    "В квартире горит лампочка вполнакала",
    "Фонарь у дома не горит",
    "Шам үйдің алдында жанып тұр",
    "Мектепте өртке қарсы дабыл жоқ",
    "Орталық мектепке кезек көп",
    "Құбыр жарылып кетті, су жоқ",
    "Прорвало трубу, затопило улицу",
    "Ауылымызға газ қосылсын",
    "Газ бағасы қымбат, түсіндіріңіз",
    "Когда проведут газ в наше село?",
    "Запах выхлопных газов от дороги",
    "Пахнет выхлопным газом весь день",
    "Зауыттан түтін шығып, ауа ластанып жатыр",
    "Город задыхается от смога",
    "Скорая помощь ехала два часа",
    "Жедел жәрдем көлігі ескі, жаңасы керек",
    "Балабақшаға кезек қашан келеді",
    "Баламның құжаты жоғалып кетті, қалай қалпына келтірем",
    "Мұғалім балаға ұрысады",
    "Дети пропускают уроки из-за автобуса",
    "Не хочу жить в аварийном доме, дайте жильё",
    "Село тонет в грязи",
    "Мужики разбили остановку",
    "Похитили трубы со стройки",
    "Ит өте көп, балалар қорқады",
    "Қоқыс төгіп кетті, иісі жаман",
    "Қоқыстан иіс шығып тұр, үйге кіреді",
    "Жылу жоқ, үй суық",
    "Батареи еле тёплые, топят плохо",
    "Токарь болып жұмыс істегім келеді",
    "Бізді өмір бойы кезекте тұрғызып қойды",
    "Соседи топят углём, дым идёт в окна",
    "Балама тиісті жәрдемақы төленбей жатыр",
    "Автобус есігіне асылып қаламыз",
    "Зауыттан газ шығып жатыр, ауа лас",
    "Мы горим желанием посадить деревья",
    "Отец бьётся за пособие для детей",
    "Двор под завалами мусора",
    "Не дышим, а глотаем пыль",
    "Сырттағы сым арқан үзілмесін, жөндеңіздер",
    "Auylda su zhok, gaz qymbat",
    "Net goryachey vody, lampochka gorit",
]


@pytest.mark.parametrize(("text", "code"), EMERGENCIES)
def test_an_emergency_is_recognised(stops: tuple[StopMessage, ...], text: str, code: str) -> None:
    """Whatever the case, the endings and the letters of the keyboard."""
    assert code in {stop.code for stop in triggered(stops, None, text)}


@pytest.mark.parametrize(("text", "code"), LATIN)
def test_latin_letters_are_read_too(stops: tuple[StopMessage, ...], text: str, code: str) -> None:
    """As old phones make people write, in either language and in a mixture."""
    assert code in {stop.code for stop in triggered(stops, None, text)}


@pytest.mark.parametrize("text", EVERYDAY)
def test_everyday_words_call_for_nothing(stops: tuple[StopMessage, ...], text: str) -> None:
    """Whoever asks for hot water or a fire station is not sent to 112."""
    assert () == triggered(stops, None, text)


@pytest.mark.parametrize(
    ("words", "text", "expected"),
    [
        (("пожар.",), "Пожар!", True),
        (("пожар.",), "Пожарный гидрант", False),
        (("бьет … детей",), "бьёт маленьких и больших детей", False),
        (("бьет … детей",), "бьёт чужих маленьких детей", True),
        (("газ иісі",), "ГАЗДЫҢ, иісі", True),
        (("газ иісі",), "иісі, газ", False),
        (("каз",), "сказал", False),
        ((), "Пожар!", False),
    ],
)
def test_a_trigger_is_words_side_by_side(
    words: tuple[str, ...],
    text: str,
    expected: bool,  # noqa: FBT001
) -> None:
    """Beginnings of words, whole words before a full stop, at most two words in a gap."""
    stop = StopMessage("a", False, "112", (), tuple(fold(word) for word in words), "", "")  # noqa: FBT003

    assert expected == bool(triggered([stop], None, text))


def test_a_topic_shows_its_message_before_any_text(stops: tuple[StopMessage, ...]) -> None:
    """And only its own; the words add theirs, in the order of the file."""
    assert ["gas"] == [stop.code for stop in triggered(stops, "gas", "")]
    assert ["emergency", "gas"] == [stop.code for stop in triggered(stops, "gas", "Горит дом")]
    assert () == triggered(stops, "roads", "")
