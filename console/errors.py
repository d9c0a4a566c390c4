"""What the console answers with a 400."""


class WrongRequestError(ValueError):
    """The request cannot be served as it stands; the message says what it wants instead."""


class NotReadyError(Exception):
    """The run is still starting."""
