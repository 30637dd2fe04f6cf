"""The circle's number and the error function, to as many digits as are asked for."""

import decimal
from decimal import Decimal
from functools import lru_cache

_GUARD = 10  # digits more on the way


@lru_cache(maxsize=8)
def pi(digits: int) -> Decimal:
    """Return pi to `digits` significant digits, by Machin's formula 16 arctan(1/5) - 4 arctan(1/239)."""
    with decimal.localcontext(decimal.Context(prec=digits + _GUARD)):
        value = 16 * _arctan_of_one_over(5) - 4 * _arctan_of_one_over(239)
    return decimal.Context(prec=digits).plus(value)


def _arctan_of_one_over(n: int) -> Decimal:
    power, total, odd = Decimal(1) / n, Decimal(0), 1
    while (term := power / odd) and total + term != total:
        total += term
        power, odd = -power / (n * n), odd + 2
    return total


def erf(x: Decimal) -> Decimal:
    """Return the error function 2/sqrt(pi) times the integral of exp(-t**2) from 0 to `x`.

    It is right to the precision of the decimal context, but for the last few digits. The series used is
    2/sqrt(pi) exp(-x**2) (x + 2 x**3/3 + 4 x**5/15 + ...): all terms have the sign of x, so nothing cancels.
    Source: M. Abramowitz and I. Stegun, 'Handbook of Mathematical Functions', 1964, formula 7.1.6.
    """
    digits = decimal.getcontext().prec
    if x * x > 3 * digits:  # exp(-3 d) is less than 10**-d: nothing is left to 1
        return Decimal(1).copy_sign(x)
    with decimal.localcontext() as context:
        context.prec = digits + _GUARD
        term, total, odd = x, Decimal(0), 1
        while total + term != total:
            total += term
            odd += 2
            term = term * (2 * x * x) / odd
        value = 2 * (-x * x).exp() * total / pi(context.prec).sqrt()
    return +value
