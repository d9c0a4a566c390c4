"""What of a text is its writer's own: not a quoted reminder, not what a reaction quotes."""

import re

QUOTED = "“"  # the token that stands for a passage of somebody else's
FEWEST_QUOTED = 3  # words: a shorter passage in quotes is the writer's own, as "STOP" is

_PASSAGE = re.compile(r"[“”„«»\"]\s*(?P<passage>.*?)\s*[“”„«»\"]?\s*$", re.DOTALL)
_ANSWERED_LINE = re.compile(r"^[ \t]*[>|].*$", re.MULTILINE)
_WORD = re.compile(r"[^\W\d_]+")
_REACTION_LONGEST = 40  # characters before the quote: "Removed an exclamation from"


def own_words(text: str) -> str:
    """The text without quoted lines ("> Reply C to confirm"), and with the long passage that it
    ends on, if it is in quotes behind a few words ('Liked "Your visit is ..."'), as QUOTED."""
    if ">" in text or "|" in text:
        unquoted = _ANSWERED_LINE.sub("", text)
        text = unquoted if unquoted.strip() else text
    match = _PASSAGE.search(text)
    if match is None or not 0 < len(text[: match.start()].strip()) <= _REACTION_LONGEST:
        return text
    before = text[: match.start()].strip()
    long_enough = len(_WORD.findall(match["passage"])) >= FEWEST_QUOTED
    says_what_it_did = _WORD.search(before) and not any(mark in before for mark in ".!?\n")
    if not long_enough or not says_what_it_did:
        return text
    return f"{before} {QUOTED}"
