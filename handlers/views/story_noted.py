"""What a digest says of stories: what people have not been told yet."""

from collections.abc import Iterator

from handlers.text import N_, _, pick
from services.digests.notes import Note

TELL = N_("✍️ Tell what was done")


def wanted_lines(note: Note) -> Iterator[str]:
    """Yield how much waits for «you said, we did», and the first of each kind."""
    words = _("📣 Nobody has told people yet what was done: {count}")
    yield words.format(count=note.count)
    for item in note.items:
        name = pick(item.kk, item.ru)
        if item.count:
            yield _("• Topic: {topic} – {count}").format(topic=name, count=item.count)
        else:
            yield _("• Poll: {title}").format(title=name)
