"""What can go wrong, named for what happened.

TextbackError
├── BadInput             a message from outside cannot be used: says which field and what to do
│   └── UnknownLine      no settings are stored for this number
├── AlreadyTaken         this event's turn was taken before: acknowledge it
├── LostRace             somebody else changed what was read: load again and repeat
│   └── Contended        DynamoDB could not decide between two writers: the same
├── PointerMoved         the appointment went to another conversation meanwhile: read it again
├── UnreadableLine       the settings stored for this line cannot be read
├── NewerForm            the stored conversation was written by newer code: leave it for that
└── NotSent              the carrier did not take a text
    ├── Throttled            surely not sent, try later
    ├── Suspended            surely not sent, the account may not send now
    ├── Refused              surely not sent, and never will be
    └── OutcomeUnknown       sent or not, nobody can say
"""


class TextbackError(Exception):
    pass


class BadInput(TextbackError):
    """The message names fields and rules, never what stood in them: `field: what it should be`."""

    @property
    def field(self) -> str:
        """The first field that is wrong; empty if it is the message as a whole."""
        field, colon, _ = str(self).partition(": ")
        return field if colon else ""


class UnknownLine(BadInput):
    pass


class AlreadyTaken(TextbackError):
    pass


class LostRace(TextbackError):
    pass


class Contended(LostRace):
    pass


class PointerMoved(TextbackError):
    pass


class UnreadableLine(TextbackError):
    """Says which line, and nothing of what stands in its settings."""

    def __init__(self, number: str) -> None:
        super().__init__("the settings stored for a line cannot be read")
        self.number = number


class NewerForm(TextbackError):
    pass


class NotSent(TextbackError):
    pass


class Throttled(NotSent):
    pass


class Suspended(NotSent):
    pass


class Refused(NotSent):
    def __init__(self, why: str, *, opted_out: bool = False) -> None:
        super().__init__(why)
        self.why = why
        self.opted_out = opted_out


class OutcomeUnknown(NotSent):
    pass
