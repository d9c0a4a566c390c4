"""The phrases of a language as trees: plain data, which can be kept and loaded as it is."""

from typing import NamedTuple

from textback.domain.understand.sense import Sense

# What stands in a phrase for words of a kind, or for a clause's beginning and end; see `phrases`.
NUMBER, MANY, NAME, GAP, BEGIN, END = "#", "##", "*", "..", "^", "."
WILD = frozenset({NUMBER, MANY, NAME, GAP, BEGIN, END})
SHORTEST_MENDED = 5  # letters: a shorter word is too close to too many others to be put right

SENSES = tuple(Sense)
NOTHING = len(SENSES)  # outweighs no sense
SPELLED = SENSES.index(Sense.FILLER)  # in a class: a spelling ends here


type Onward = dict[str, int]


class Trees(NamedTuple):
    """What one language knows. Nothing but strings, numbers and their collections is in it, and of
    those as few as can be that a garbage collector looks through.

    Nodes are known by their number. In three rows stand, for each: the node behind each word that
    goes on there, and behind each class (None: no such, as with most, since a thousand empty
    dictionaries take their time to load); and what a phrase that ends there says (its weight: the
    place in SENSES), or NOTHING.
    """

    words: list[Onward | None]
    entries: list[Onward | None]
    says: bytes
    root: int  # the tree of all phrases
    watch: int  # that of the phrases that keep people safe, alone
    classes: dict[str, int]
    openings: dict[str, tuple[str, ...]]  # the classes that a word may begin
    vocabulary: frozenset[str]
    # Its long words in order, so that those with the same beginning stand together, and those with
    # the same first letter and last two: a slip behind the first letter is among the last two, and
    # leaves what is before them as it is, or it leaves those.
    long: list[str]
    endings: dict[str, tuple[str, ...]]
    known: frozenset[str]  # everyday words that are never a misspelling of another
    abbreviations: frozenset[str]
    spellings: dict[str, str]  # what people type for a word: "q" for "que"
