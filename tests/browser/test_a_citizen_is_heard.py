"""The main job in a browser, against the real bot, as a newcomer sees it."""

import re
from datetime import datetime, timedelta

import pytest
from playwright.async_api import expect

from services.clock import local
from tests.browser.conftest import AIBEK, ASEL, BOTAGOZ, Desk
from tests.browser.pane import Pane

pytestmark = pytest.mark.needs("chromium")

NUMBER = re.compile(r"\d\d-\d{6}-\d")
TROUBLE = "Ауылда үш күннен бері су жоқ. Балалар мен қарттар қиналып отыр."
ANSWER = "Құбырға 2 бригада шықты, ол ертең жөнделеді. Оған дейін су тасығыш күн сайын келеді."
QUESTION_KK = "Ауылыңызда ауызсу тәулік бойы бар ма?"
QUESTION_RU = "Есть ли в Вашем селе вода круглые сутки?"
RUNNING = "Депутаттармен кездесу қай уақытта өткені ыңғайлы?"
NEWS_KK = "Ауылға таза су келді\nЖаңа құбырға 240 үй қосылды."
NEWS_RU = "В село пришла чистая вода\nК новому водопроводу подключено 240 домов."


async def test_a_citizen_is_heard(desk: Desk) -> None:
    """An appeal in Kazakh reaches the Bureau member's digest, is answered and rated."""
    citizen, operator, official = (desk.pane(person) for person in (ASEL, BOTAGOZ, AIBEK))
    await begin(citizen)
    number = await appeal(desk, citizen)
    await enter_desk(operator)
    today = f"📌 {await next_morning(desk):%d.%m.%Y}"
    await official.sees(today, "Жаңа", "📂 Қаралуда")
    await desk.take_phone(AIBEK, today, "digest", tall=True)

    await official.presses(re.compile("^📂 "))
    await official.sees("Мерзімі ертерек бітетіні")
    await open_case(official, number)
    await official.sees(number, TROUBLE, "Өтініш беруші: Әсел")
    await official.presses("📎 Файлдар: 1")
    await expect(official.element.get_by_test_id("photo").last).to_be_visible()
    await official.presses("✍️ Жауап беру")
    await official.sees(f"№ {number} өтінішке жауап")
    await official.writes(ANSWER)
    await official.sees("Өтініш берушіге мына мәтін жіберіледі", ANSWER)
    await official.presses(re.compile("^🤝 "))

    await citizen.sees("Өтінішіңізге жауап берілді", number, "Айбек Мысалбаев", ANSWER)
    await citizen.presses("✅ Шешілді")
    await citizen.reads("1-ден 5-ке дейін бағалаңыз")
    await citizen.presses("5")
    await citizen.reads("5")
    await expect(citizen.last).to_contain_text("★ 5")
    await desk.take_desk("desk")
    await desk.page.get_by_test_id("theme").click()
    await desk.take_desk("desk-dark")


async def test_everybody_is_asked_and_told(desk: Desk) -> None:
    """A poll and a post go out in both languages; the result comes as a chart after closing."""
    citizen, operator = desk.pane(ASEL), desk.pane(BOTAGOZ)
    await begin(citizen)
    await enter_desk(operator)
    await compose_poll(operator)
    await desk.take_phone(BOTAGOZ, "Сауалнаманы тексеріңіз", "operator", tall=True)
    await operator.presses("🚀 Сауалнаманы іске қосу")

    await citizen.sees("Жаңа сауалнама", QUESTION_KK)
    await answer(citizen, "Жоқ")
    await answer(citizen, "Иә")
    await citizen.presses("Ештеңе айтқым келмейді")
    await citizen.chooses("📊 Сауалнамалар")
    await citizen.sees("Ашық сауалнамалар")
    await citizen.presses(f"▫️ {RUNNING}")
    await citizen.sees(RUNNING, "Жауап қабылдау мерзімі")
    await answer(citizen, "Сенбіде")

    await compose_post(operator)
    await operator.presses("📨 Жіберу")
    post = await citizen.sees("Ауылға таза су келді", "240 үй")
    await expect(post.get_by_test_id("photo")).to_be_visible()
    await operator.sees("Таратылым аяқталды", "Ауылға таза су келді")

    await pass_closing_times(desk)
    few = await citizen.sees("Сауалнама нәтижесі", QUESTION_KK, "10 адамға да жетпеді")
    await expect(few.get_by_test_id("photo")).to_have_count(0)
    many = await citizen.sees(f"Сауалнама нәтижесі\n{RUNNING}", "Жауап бергендер: 69")
    await expect(many.get_by_test_id("photo").locator("img")).to_be_visible()
    await desk.take_phone(ASEL, f"Сауалнама нәтижесі\n{RUNNING}", "poll-chart", tall=True)


async def begin(citizen: Pane) -> None:
    """Meet the bot: language, news, menu."""
    await citizen.element.get_by_test_id("start").click()
    await citizen.presses("Қазақша")
    await citizen.presses("✅ Иә, жіберіңіз")
    await citizen.sees("Не істегіңіз келеді?")


async def appeal(desk: Desk, citizen: Pane) -> str:
    """Agree, file an appeal with a misspelt place and a photo; return its number."""
    await citizen.chooses("✍️ Өтініш қалдыру")
    await citizen.presses("✅ Келісемін")
    await citizen.presses("🚰 Ауыз судың болмауы")
    await citizen.sees("Бұл қай жерде?")
    await citizen.writes("Аягоз")
    await citizen.presses("Аягөз ауданы · Абай")
    await citizen.sees("Не болғанын жазыңыз")
    await citizen.writes(TROUBLE)
    await citizen.sees("Өтінішіңізді тексеріңіз", TROUBLE)
    await citizen.sends_photo()
    await citizen.sees("Өтінішіңізді тексеріңіз", "фото (1)", "📎 Файлдар: 1")
    await desk.take_phone(ASEL, "📎 Файлдар: 1", "check-phone")
    await citizen.presses("✅ Жіберу")
    receipt = await citizen.sees("Өтінішіңіз тіркелді", "Жауап беру мерзімі", "Айбек Мысалбаев")
    found = NUMBER.search(await receipt.inner_text())
    assert found is not None
    return found[0]


async def next_morning(desk: Desk) -> datetime:
    """Move the clock to 08:30 of the next working day and return that moment in Almaty."""
    await desk.page.get_by_test_id("clock-next-morning").click()
    await expect(desk.page.get_by_test_id("clock")).to_have_text(re.compile("^08:3"))
    return local(await desk.now())


async def enter_desk(operator: Pane) -> None:
    """Come to the bot as an operator and open the desk."""
    await operator.element.get_by_test_id("start").click()
    await operator.chooses("🗂 Оператор кабинеті")
    await operator.sees("Оператор кабинеті", "➕ Жаңа сауалнама")


async def open_case(official: Pane, number: str) -> None:
    """Open the appeal from the list, turning its pages."""
    case = official.element.get_by_test_id("inline-button").filter(has_text=number)
    while await case.count() == 0:
        await official.presses("Тағы ›")
    await case.last.click()


async def compose_poll(operator: Pane) -> None:
    """Compose a question in both languages for everybody until tomorrow evening."""
    await operator.presses("➕ Жаңа сауалнама")
    await operator.sees("Сұрақты қазақша жазыңыз")
    await operator.writes(QUESTION_KK)
    await operator.sees("Сол сұрақты орысша жазыңыз")
    await operator.writes(QUESTION_RU)
    await operator.sees("Жауап нұсқаларын қазақша жазыңыз")
    await operator.writes("Иә\nКейде\nЖоқ")
    await operator.sees("Сол жауаптарды сол ретпен орысша жазыңыз")
    await operator.writes("Да\nИногда\nНет")
    await operator.presses("👥 Барлығына")
    await operator.presses("Жергілікті мәселелер")
    await operator.presses(re.compile("^1 күн · "))
    await operator.sees("Сауалнаманы тексеріңіз", QUESTION_KK, QUESTION_RU)
    await operator.presses("👁 Русский")
    await operator.sees(QUESTION_RU, "Да", "🔒 Ответ тайный?")
    await operator.presses("‹ Құрастыруға қайту")
    await operator.sees("Сауалнаманы тексеріңіз")


async def answer(citizen: Pane, option: str) -> None:
    """Answer the newest poll and close the pop-up that says so."""
    await citizen.presses(option)
    await citizen.reads(f"Жауабыңыз жазылды: {option}")


async def compose_post(operator: Pane) -> None:
    """Compose a post in both languages with a photo for everybody."""
    await operator.writes("/desk")
    await operator.presses("➕ Жаңалық жазу")
    await operator.presses("🌾 Ауыл")
    await operator.sees("Қазақша мәтінді жіберіңіз")
    await operator.writes(NEWS_KK)
    await operator.sees("Енді сол мәтінді орысша жіберіңіз")
    await operator.writes(NEWS_RU)
    await operator.sees("Фото, бейне, файл немесе альбом жіберіңіз")
    await operator.sends_photo()
    await operator.presses("👥 Барлығына")
    await operator.sees("Жоғарыда – азаматтар көретін жаңалық")


async def pass_closing_times(desk: Desk) -> None:
    """Move the clock past both polls' closing: the demonstration's closes on the fifth day."""
    last = local(await desk.now()) + timedelta(days=5)
    await desk.page.get_by_test_id("clock-custom").click()
    await desk.page.get_by_test_id("clock-input").fill(f"{last:%Y-%m-%d}T18:01")
    await desk.page.get_by_test_id("dialog-yes").click()
