"""Complex numbers of Decimals, for the one derivation that takes a step along the imaginary axis."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Complex:
    """The number real + i imaginary, for + - * / and whole powers, also together with Decimals."""

    real: Decimal
    imaginary: Decimal

    def __add__(self, other: Complex | Decimal) -> Complex:
        b = as_complex(other)
        return Complex(self.real + b.real, self.imaginary + b.imaginary)

    def __neg__(self) -> Complex:
        return Complex(-self.real, -self.imaginary)

    def __sub__(self, other: Complex | Decimal) -> Complex:
        return self + -as_complex(other)

    def __rsub__(self, other: Decimal) -> Complex:
        return as_complex(other) - self

    def __mul__(self, other: Complex | Decimal) -> Complex:
        b = as_complex(other)
        return Complex(
            self.real * b.real - self.imaginary * b.imaginary, self.real * b.imaginary + self.imaginary * b.real
        )

    def __truediv__(self, other: Complex | Decimal) -> Complex:
        b = as_complex(other)
        size = b.real * b.real + b.imaginary * b.imaginary
        above = self * Complex(b.real, -b.imaginary)
        return Complex(above.real / size, above.imaginary / size)

    def __rtruediv__(self, other: Decimal) -> Complex:
        return as_complex(other) / self

    def __pow__(self, exponent: Decimal) -> Complex:
        product = Complex(Decimal(1), Decimal(0))
        for _ in range(abs(int(exponent))):
            product = product * self
        return as_complex(Decimal(1)) / product if exponent < 0 else product

    __radd__, __rmul__ = __add__, __mul__


IMAGINARY_UNIT = Complex(Decimal(0), Decimal(1))


def as_complex(number: Complex | Decimal) -> Complex:
    """Return a real number as a complex one; a complex one is left as it is."""
    return number if isinstance(number, Complex) else Complex(number, Decimal(0))
