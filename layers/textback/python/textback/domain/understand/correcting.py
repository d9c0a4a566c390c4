"""What is taken back by its writer: of "X. Oops, I meant C" the C counts."""

from dataclasses import replace

from textback.domain.reading import Intent, Reading
from textback.domain.understand.certainty import DOUBTFUL, GUESSED
from textback.domain.understand.context import Context
from textback.domain.understand.deciding import decide
from textback.domain.understand.explaining import Explained, explain
from textback.domain.understand.matching import Matcher
from textback.domain.understand.spelling import Spelled

LONGEST = 40  # tokens: who corrects an answer writes no letter
_ANSWERS = frozenset({Intent.CONFIRM, Intent.CANCEL, Intent.RESCHEDULE, Intent.LATE})


def corrected(text: Explained, first: Reading, context: Context) -> Reading:
    """What `first` becomes if the text goes on to take it back. Only an answer follows another:
    what is for a person by its own words, or about the texts, stays what it is."""
    doubtful = first.intent in {Intent.AGENT, Intent.UNCLEAR} and first.certainty <= GUESSED
    if context.slots or not (first.intent in _ANSWERS or doubtful):
        return first
    behind = _behind(text)
    if behind is None:
        return first
    second = decide(explain(behind, text.lexicon), context)
    if second.intent not in _ANSWERS or second.certainty <= DOUBTFUL:
        return first
    reason = f"{second.reason}, and takes back what was before"
    return replace(second, certainty=min(second.certainty, GUESSED), reason=reason)


def _behind(text: Explained) -> Spelled | None:
    """What stands behind the last words that take something back; None if nothing does."""
    tokens = text.text.tokens
    beginnings = text.lexicon.beginnings("takes_back")
    if len(tokens) > LONGEST or beginnings.isdisjoint(tokens):
        return None
    places = [at for at, word in enumerate(tokens) if word in beginnings]
    matcher = Matcher(text.text, text.lexicon)
    ends = [max(matcher.ends("takes_back", at), default=0) for at in places]
    behind = max(ends)
    if not 0 < behind < len(tokens):
        return None
    return Spelled(
        tokens[behind:],
        frozenset(at - behind for at in text.text.mended if at >= behind),
        frozenset(at - behind for at in text.text.named if at >= behind),
    )
