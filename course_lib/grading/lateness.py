"""Deadlines: what was handed in late is marked, and nothing more."""

from datetime import date, datetime, time, timedelta

from course_lib.activations.registry import CourseError


def read_deadline(text: str) -> float:
    """Return a deadline in seconds since 1970.

    Parameters
    ----------
    text : str
        A date, whose end is meant, or a date and a time, such as ``2026-11-30T18:00+01:00``; in the time zone of this
        machine where none is given.

    Raises
    ------
    CourseError
        If it is neither.
    """
    try:
        try:
            when = datetime.combine(date.fromisoformat(text) + timedelta(days=1), time())
        except ValueError:
            when = datetime.fromisoformat(text)
        return when.astimezone().timestamp()
    except (ValueError, OverflowError):
        raise CourseError(
            f"--deadline {text!r} is not a date such as 2026-11-30, nor a date and a time such as 2026-11-30T18:00."
        ) from None


def lateness(submitted: float | None, deadline: float | None) -> tuple[str, ...]:
    """Return a sentence on how late something was handed in; none if it was in time, or there is no deadline."""
    if deadline is None:
        return ()
    if submitted is None:
        return ("It is not known when this was handed in, before or after the deadline.",)
    if submitted <= deadline:
        return ()
    return (f"Handed in {_how_much(submitted - deadline)} after the deadline.",)


def _how_much(seconds: float) -> str:
    minutes = int(seconds // 60)
    if not minutes:
        return "less than a minute"
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    parts = [f"{days} day{'s' * (days > 1)}" * (days > 0), f"{hours} h" * (hours > 0), f"{minutes} min" * (minutes > 0)]
    return " ".join(filter(None, parts))
