from services.appeals.draft import Draft, Step
from services.appeals.model import Attachment, AttachmentKind

PHOTO = Attachment(AttachmentKind.PHOTO, "file", "unique")
COMPLETE = Draft("d", topic="water-supply", region="19").with_text(5, "Су жоқ")


def test_parts_are_asked_for_in_order() -> None:
    """A draft asks for the topic, the place, the words, and then to be checked."""
    drafts = (
        Draft("d"),
        Draft("d", topic="water-supply"),
        Draft("d", topic="water-supply", region="19"),
        COMPLETE,
    )

    assert [Step.TOPIC, Step.PLACE, Step.TEXT, Step.CHECK] == [d.next_step for d in drafts]


def test_a_message_that_comes_twice_changes_nothing() -> None:
    """Words and files stand under the message that brought them."""
    once = COMPLETE.with_text(6, "екі апта").with_file(7, PHOTO)

    assert once == once.with_text(6, "екі апта").with_file(7, PHOTO)


def test_several_messages_make_one_text() -> None:
    """Messages are joined in the order in which they were sent, not in which they came."""
    assert (
        "Су жоқ\nекі апта\nкөмектесіңіз"
        == COMPLETE.with_text(9, "көмектесіңіз").with_text(7, "екі апта").text
    )


def test_old_words_stay_until_new_ones_come() -> None:
    """Pressing “text” asks for new words and loses nothing."""
    rewriting = COMPLETE.rewritten(5)

    assert ("Су жоқ", Step.TEXT) == (rewriting.text, rewriting.next_step)
    assert "Жол жоқ" == rewriting.with_text(8, "Жол жоқ").text


def test_replaced_words_do_not_come_back() -> None:
    """A late repetition of a replaced message is not taken again."""
    replaced = COMPLETE.rewritten(5).with_text(8, "Жол жоқ")

    assert replaced == replaced.with_text(5, "Су жоқ").rewritten(5)


def test_removed_files_do_not_come_back() -> None:
    """A late repetition of a removed file is not taken again; a new one is."""
    removed = COMPLETE.with_file(6, PHOTO).without_files(6)

    assert {} == removed.with_file(6, PHOTO).files
    assert {7: PHOTO} == removed.with_file(7, PHOTO).without_files(6).files


def test_a_point_goes_with_its_place() -> None:
    """Choosing another place by its name drops the point on the map."""
    pointed = Draft("d", region="19", point=(43.3, 77.2))

    assert (43.3, 77.2) == pointed.with_place("19", "196200", keep_point=True).point
    assert pointed.with_place("35", None, keep_point=False).point is None
