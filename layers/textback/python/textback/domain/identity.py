"""Opaque names: a conversation's id, and the ids of the effects of a turn."""

import hashlib


def conversation_id(salt: str, line: str, phone: str) -> str:
    """Name the conversation between a line and a contact, both E.164, as 32 hex digits.

    The salt keeps anybody who sees the id in a key, a log or a queue from trying all phone numbers.
    """
    return hashlib.blake2b(
        f"{line}|{phone}".encode(), key=salt.encode()[:64], digest_size=16
    ).hexdigest()


def effect_id(conversation: str, event: str, position: int) -> str:
    """Name an effect by where it came from: the same turn done again makes the same id."""
    return hashlib.blake2b(
        f"{conversation}|{event}|{position}".encode(), digest_size=16
    ).hexdigest()
