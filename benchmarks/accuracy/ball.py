"""Numbers that know how far they may be from the exact value, and numbers that carry their slope along.

A ``Ball`` is a long binary number and a bound on its error, so that a result says by itself how many of its
digits are right: agreement of two precisions would not do, because two precisions can lose all digits to the
same wrong zero. A ``Dual`` is a value and its derivative by one variable (forward-mode automatic differentiation).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction

from mpmath import libmp

#: Far below any error that can arise: the exponent of the error of an exact number, and of zero's size.
_NONE = -(1 << 1100)
_EXACT = _NONE // 2
_TOO_WIDE = 2000  # exact sums are kept exact where their ends are at most that many bits apart

_bits = 128
_side = 1
_pieces_met = False


class TooFewBits(ArithmeticError):
    """The working precision cannot decide this: which of two is larger, or whether a divisor is 0."""


@contextmanager
def working(bits: int, side: int = 1) -> Iterator[None]:
    """Compute with so many binary digits, and with slopes to the right (1) or to the left (-1) where pieces meet."""
    global _bits, _side, _pieces_met
    before, _bits, _side, _pieces_met = (_bits, _side), bits, side, False
    try:
        yield
    finally:
        _bits, _side = before


def pieces_met() -> bool:
    """Return whether, since the last ``working``, two pieces of a formula met, as those of max(0, x) do at 0."""
    return _pieces_met


class Ball:
    """A number whose distance from ``middle`` is at most 2**error.

    Attributes
    ----------
    middle : tuple
        In mpmath's raw form.
    error : int
        Exponent of the bound on the error.
    """

    __slots__ = ("error", "middle")

    def __init__(self, middle: tuple, error: int = _NONE) -> None:
        self.middle = middle
        self.error = error

    @classmethod
    def of(cls, number: float | int | Fraction) -> Ball:
        """Return an exact float or int, or a fraction rounded to the working precision."""
        if isinstance(number, Fraction):
            return cls.of(number.numerator) / cls.of(number.denominator)
        return cls(libmp.from_int(number) if isinstance(number, int) else libmp.from_float(number))

    @property
    def size(self) -> int:
        """The least n with abs(middle) < 2**n."""
        _, mantissa, exponent, count = self.middle
        return exponent + count if mantissa else _NONE

    @property
    def exact(self) -> bool:
        """Whether nothing was rounded to get it."""
        return self.error < _EXACT

    def sign(self) -> int:
        """Return 1, 0 or -1.

        Raises
        ------
        TooFewBits
            If the error hides it.
        """
        negative, mantissa, _, _ = self.middle
        if self.exact:
            return (-1 if negative else 1) if mantissa else 0
        if self.error >= self.size - 1:
            raise TooFewBits
        return -1 if negative else 1

    def integer(self) -> int:
        """Return an exact whole number."""
        return int(libmp.to_int(self.middle))

    def __neg__(self) -> Ball:
        return Ball(libmp.mpf_neg(self.middle), self.error)

    def __abs__(self) -> Ball:
        return Ball(libmp.mpf_abs(self.middle), self.error)

    def __add__(self, other: Ball) -> Ball:
        a, b = self.middle, other.middle
        if self.exact and other.exact and abs(a[2] - b[2]) < _TOO_WIDE:
            return Ball(libmp.mpf_add(a, b))
        return _rounded(libmp.mpf_add(a, b, _bits, "n"), max(self.error, other.error) + 1)

    def __sub__(self, other: Ball) -> Ball:
        return self + -other

    def __mul__(self, other: Ball) -> Ball:
        a, b = self.middle, other.middle
        if self.exact and other.exact and a[3] + b[3] < _TOO_WIDE:
            return Ball(libmp.mpf_mul(a, b))
        error = max(self.error + other.size, other.error + self.size, self.error + other.error) + 2
        return _rounded(libmp.mpf_mul(a, b, _bits, "n"), error)

    def __truediv__(self, other: Ball) -> Ball:
        other.away_from_zero()
        quotient = libmp.mpf_div(self.middle, other.middle, _bits, "n")
        if self.exact and other.exact and libmp.mpf_eq(libmp.mpf_mul(quotient, other.middle), self.middle):
            return Ball(quotient)
        size = Ball(quotient).size
        return _rounded(quotient, max(self.error, size + other.error) + 1 - (other.size - 2))

    def away_from_zero(self) -> None:
        """Refuse a divisor, or the argument of a logarithm, that may be nearer to 0 than a quarter of itself."""
        if not self.middle[1] or self.error > self.size - 3:
            raise TooFewBits

    def exp(self) -> Ball:
        """Return the exponential."""
        if not self.middle[1] and self.exact:
            return ONE
        if self.middle[0] and self.far_beyond(30):  # it is below 2**(-2**28), which no float can tell from 0
            return Ball(libmp.fzero, -(1 << 28))
        if self.error > 0:
            raise TooFewBits
        power = _exp_of(self.middle)
        return _rounded(power, Ball(power).size + self.error + 2)

    def log(self) -> Ball:
        """Return the natural logarithm of a positive number."""
        if self.exact and libmp.mpf_eq(self.middle, libmp.fone):
            return Ball(libmp.fzero)
        self.away_from_zero()
        return _rounded(libmp.mpf_log(self.middle, _bits, "n"), self.error - (self.size - 2) + 1)

    def sqrt(self) -> Ball:
        """Return the square root of a positive number, or of an exact 0."""
        if not self.middle[1] and self.exact:
            return self
        self.away_from_zero()
        return _rounded(libmp.mpf_sqrt(self.middle, _bits, "n"), self.error - (self.size - 2) // 2 + 1)

    def erf(self) -> Ball:
        """Return the error function, which changes by at most 1.13 times what its argument does."""
        if not self.middle[1] and self.exact:
            return self
        if self.far_beyond(8):
            return self._at_its_end(1 << 14)
        return _rounded(libmp.mpf_erf(self.middle, _bits, "n"), self.error + 1)

    def tanh(self) -> Ball:
        """Return the hyperbolic tangent, which changes by at most as much as its argument does."""
        if not self.middle[1] and self.exact:
            return self
        if self.far_beyond(14):
            return self._at_its_end(1 << 13)
        return _rounded(libmp.mpf_tanh(self.middle, _bits, "n"), self.error)

    def far_beyond(self, bits: int) -> bool:
        """Return whether abs of the number is certainly above 2**(bits - 1)."""
        return self.size > bits + 1 and self.error < self.size - 2

    def _at_its_end(self, bits: int) -> Ball:
        """Return 1 or -1, from which a bounded function differs by less than 2**-bits here."""
        return Ball(libmp.mpf_neg(libmp.fone) if self.middle[0] else libmp.fone, -bits)


def _rounded(middle: tuple, error: int) -> Ball:
    _, mantissa, exponent, count = middle
    return Ball(middle, max(error, exponent + count - _bits if mantissa else _NONE) + 1)


def _exp_of(middle: tuple) -> tuple:
    """Return the exponential of a raw number; mpmath's own takes a power of e for huge whole numbers, slowly."""
    _, _, exponent, count = middle
    if exponent < 0 or count + exponent < 20:
        return libmp.mpf_exp(middle, _bits, "n")
    quarter = libmp.mpf_shift(libmp.fone, -2)
    beside = libmp.mpf_exp(libmp.mpf_sub(middle, quarter), _bits + 8, "n")
    return libmp.mpf_mul(beside, libmp.mpf_exp(quarter, _bits + 8, "n"), _bits, "n")


ZERO = Ball(libmp.fzero)
ONE = Ball(libmp.fone)
HALF = Ball(libmp.fhalf)


def pi() -> Ball:
    """Return the circle's ratio to the working precision."""
    return _rounded(libmp.mpf_pi(_bits, "n"), _NONE)


class Dual:
    """A value and its derivative by the one variable that was given the derivative 1; None for a constant."""

    __slots__ = ("slope", "value")

    def __init__(self, value: Ball, slope: Ball | None = None) -> None:
        self.value = value
        self.slope = slope

    def _through(self, value: Ball, factor: Ball | None) -> Dual:
        """Return the outer value of the chain rule, with the outer slope as factor."""
        return Dual(value, None if self.slope is None or factor is None else factor * self.slope)

    def __neg__(self) -> Dual:
        return Dual(-self.value, None if self.slope is None else -self.slope)

    def __add__(self, other: Dual) -> Dual:
        return Dual(self.value + other.value, _sum(self.slope, other.slope))

    def __sub__(self, other: Dual) -> Dual:
        return self + -other

    def __mul__(self, other: Dual) -> Dual:
        left = None if self.slope is None else self.slope * other.value
        right = None if other.slope is None else self.value * other.slope
        return Dual(self.value * other.value, _sum(left, right))

    def __rmul__(self, number: int | Fraction) -> Dual:
        return Dual(Ball.of(number)) * self

    def __truediv__(self, other: Dual) -> Dual:
        if other.slope is None:
            return Dual(self.value / other.value, None if self.slope is None else self.slope / other.value)
        quotient = self.value / other.value
        minus = -(quotient * other.slope)
        return Dual(quotient, (minus if self.slope is None else self.slope + minus) / other.value)

    def __pow__(self, other: Dual) -> Dual:
        n = other.value.integer()
        if n < 0:
            return Dual(ONE) / self ** Dual(Ball.of(-n))
        if n < 2:
            return self if n else Dual(ONE)
        power = ONE
        for digit in bin(n - 1)[2:]:
            power = power * power
            power = power * self.value if digit == "1" else power
        return self._through(power * self.value, None if self.slope is None else Ball.of(n) * power)


def _sum(a: Ball | None, b: Ball | None) -> Ball | None:
    if a is None or b is None:
        return b if a is None else a
    return a + b


def _exp(u: Dual) -> Dual:
    value = u.value.exp()
    return u._through(value, value)


def _log(u: Dual) -> Dual:
    return u._through(u.value.log(), None if u.slope is None else ONE / u.value)


def _sqrt(u: Dual) -> Dual:
    value = u.value.sqrt()
    return u._through(value, None if u.slope is None else HALF / value)


def _erf(u: Dual) -> Dual:
    if u.slope is None:
        return Dual(u.value.erf())
    return u._through(u.value.erf(), (-(u.value * u.value)).exp() / pi().sqrt() * Ball.of(2))


def _tanh(u: Dual) -> Dual:
    if u.slope is None:
        return Dual(u.value.tanh())
    e = (-(abs(u.value) * Ball.of(2))).exp()
    return u._through(u.value.tanh(), Ball.of(4) * e / ((ONE + e) * (ONE + e)))


def _abs(u: Dual) -> Dual:
    return _max(u, -u)


def _max(a: Dual, b: Dual) -> Dual:
    """Return the larger; of two that are equal the one that is larger a little to the side that was asked for."""
    global _pieces_met
    sign = (a.value - b.value).sign()
    if not sign:
        _pieces_met = True
        sign = ((a.slope or ZERO) - (b.slope or ZERO)).sign() * _side
    return b if sign < 0 else a


def _min(a: Dual, b: Dual) -> Dual:
    return -_max(-a, -b)


def _step(u: Dual) -> Dual:
    return Dual(ONE if u.value.sign() > 0 else ZERO)


#: What the functions of the course's formulas mean for dual numbers.
FUNCTIONS = {
    "exp": _exp, "log": _log, "sqrt": _sqrt, "erf": _erf, "tanh": _tanh,
    "abs": _abs, "max": _max, "min": _min, "step": _step,
}  # fmt: skip
