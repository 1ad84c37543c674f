"""Composing a post in the chat: topic, both texts, a photo, an audience, a preview, sent once."""
