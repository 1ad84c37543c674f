"""The order in which Telegram lists entities: by place, the longer first, then by kind."""

from sandbox.server.payload import Json

RANKS = {
    kind: rank
    for rank, kind in enumerate(
        (
            "blockquote",
            "expandable_blockquote",
            "pre",
            "code",
            "text_link",
            "text_mention",
            "bold",
            "italic",
            "underline",
            "strikethrough",
            "spoiler",
            "custom_emoji",
        )
    )
}


def ordered(entities: list[Json]) -> list[Json]:
    """Return the entities in Telegram's order."""
    return sorted(
        entities,
        key=lambda each: (each["offset"], -each["length"], RANKS.get(each["type"], len(RANKS))),
    )
