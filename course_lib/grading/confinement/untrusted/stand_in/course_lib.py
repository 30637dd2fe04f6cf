"""The course's library as an answer finds it when it is graded: only `check`, and that does nothing."""

from typing import Any


class _Unchecked:
    """What `check` gives while homework is graded."""

    passed, points, max_points, slip, message = False, 0.0, 0.0, None, "Not checked here: this is being graded."

    def __repr__(self) -> str:
        return self.message

    def hint(self, stage: int = 1) -> str:
        """Return that there are no hints."""
        return self.message


def check(*_: Any, **__: Any) -> _Unchecked:
    """Do nothing: what counts is checked from outside."""
    return _Unchecked()
