"""The one error that a user sees as a sentence instead of a traceback."""


class UserError(Exception):
    """Something the user can mend: the message names what is wrong and what to do."""
