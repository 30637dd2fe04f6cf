"""The functions that are handed to answers which take functions: a fixed list, each by its name.

Only numpy is needed here, and no function is the answer to an exercise that takes one, so that a place which
must not hold the course's answers can hold this list.
"""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

Function = Callable[[Any], Any]

# --- functions, and what is handed in as their slopes --------------------------------------------------------


def square(x: Any) -> Any:
    """Return x squared."""
    return x * x


def twice(x: Any) -> Any:
    """Return 2 x, the slope of square."""
    return 2 * x


def twice_and_a_half(x: Any) -> Any:
    """Return 2 x + 0.5: the forward difference of square with the step 0.5."""
    return 2 * x + 0.5


def twice_the_size(x: Any) -> Any:
    """Return 2 |x|: right as the slope of square for positive x only."""
    return 2 * np.abs(x)


def cube(x: Any) -> Any:
    """Return x to the third."""
    return x * x * x


def three_squares(x: Any) -> Any:
    """Return 3 x^2, the slope of cube."""
    return 3 * x * x


def three_squares_and_a_bit(x: Any) -> Any:
    """Return 3 x^2 + 0.001: as the slope of cube far off at small x, and hardly at large x."""
    return 3 * x * x + 1e-3


def sine(x: Any) -> Any:
    """Return the sine."""
    return np.sin(x)


def cosine(x: Any) -> Any:
    """Return the cosine, the slope of sine."""
    return np.cos(x)


def minus_sine(x: Any) -> Any:
    """Return minus the sine, the slope of cosine."""
    return -np.sin(x)


def nearly_cosine(x: Any) -> Any:
    """Return the cosine, a thousandth too large."""
    return 1.001 * np.cos(x)


def half_of_cosine(x: Any) -> Any:
    """Return half of the cosine."""
    return np.cos(x) / 2


def exponential(x: Any) -> Any:
    """Return e to the x, its own slope."""
    return np.exp(x)


def minus_exponential(x: Any) -> Any:
    """Return minus e to the x."""
    return -np.exp(x)


def falling_exponential(x: Any) -> Any:
    """Return e to the minus x."""
    return np.exp(-x)


def minus_falling_exponential(x: Any) -> Any:
    """Return minus e to the minus x, the slope of falling_exponential."""
    return -np.exp(-x)


def twice_minus_falling_exponential(x: Any) -> Any:
    """Return -2 e to the minus x."""
    return -2 * np.exp(-x)


def ramp(x: Any) -> Any:
    """Return x where it is positive, else 0: it has a kink at 0."""
    return np.maximum(x, 0)


def step(x: Any) -> Any:
    """Return 1 where x is positive, else 0: the slope of ramp, taken from the left at its kink."""
    return np.heaviside(x, 0.0)


# --- lines of derivations ------------------------------------------------------------------------------------


def square_of_sum(x: Any) -> Any:
    """Return (x + 1)^2."""
    return (x + 1) * (x + 1)


def square_expanded(x: Any) -> Any:
    """Return x^2 + 2 x + 1."""
    return x * x + 2 * x + 1


def square_nested(x: Any) -> Any:
    """Return x (x + 2) + 1."""
    return x * (x + 2) + 1


def square_without_middle(x: Any) -> Any:
    """Return x^2 + 1, which is (x + 1)^2 at 0 only."""
    return x * x + 1


def square_with_half_middle(x: Any) -> Any:
    """Return x^2 + x + 1."""
    return x * x + x + 1


def exp_of_twice(x: Any) -> Any:
    """Return e^(2 x)."""
    return np.exp(2 * x)


def exp_times_exp(x: Any) -> Any:
    """Return e^x e^x."""
    return np.exp(x) * np.exp(x)


def exp_squared(x: Any) -> Any:
    """Return (e^x)^2."""
    return np.exp(x) ** 2


def exp_of_square(x: Any) -> Any:
    """Return e^(x^2)."""
    return np.exp(x * x)


def twice_exp(x: Any) -> Any:
    """Return 2 e^x."""
    return 2 * np.exp(x)


def sine_of_twice(x: Any) -> Any:
    """Return sin(2 x)."""
    return np.sin(2 * x)


def twice_sine_cosine(x: Any) -> Any:
    """Return 2 sin(x) cos(x)."""
    return 2 * np.sin(x) * np.cos(x)


def minus_sine_of_twice(x: Any) -> Any:
    """Return -sin(2 x): at places that lie symmetrically it has the same sum, size and set of values."""
    return -np.sin(2 * x)


def twice_sine(x: Any) -> Any:
    """Return 2 sin(x), as if a factor could be taken out of a sine."""
    return 2 * np.sin(x)


def size(x: Any) -> Any:
    """Return |x|, which is x for positive x only."""
    return np.abs(x)


def cube_and_a_trifle(x: Any) -> Any:
    """Return x^3 + 1e-12: for small x another number, for large x the same up to rounding."""
    return x * x * x + 1e-12


def itself(x: Any) -> Any:
    """Return x."""
    return 1.0 * x


def half_of_twice(x: Any) -> Any:
    """Return (2 x) / 2."""
    return 2 * x / 2


def a_little_more(x: Any) -> Any:
    """Return x + x^2: for tiny x hardly more than x, but relative to x it can be seen."""
    return x + x * x


# --- sigmoids ------------------------------------------------------------------------------------------------


def sigmoid(x: Any) -> Any:
    """Return 1 / (1 + e^-x), without overflow."""
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, e) / (1 + e)


def sigmoid_of_triple(x: Any) -> Any:
    """Return the sigmoid of 3 x: what is made of it with the sigmoid's formulas belongs to 3 x as well."""
    return sigmoid(3 * x)


#: What each computes, as Python writes it: a message shows it beside the name, where that does not say it.
FORMULAS: dict[str, str] = {
    "square": "x**2",
    "twice": "2*x",
    "twice_and_a_half": "2*x + 0.5",
    "twice_the_size": "2*abs(x)",
    "cube": "x**3",
    "three_squares": "3*x**2",
    "three_squares_and_a_bit": "3*x**2 + 0.001",
    "sine": "sin(x)",
    "cosine": "cos(x)",
    "minus_sine": "-sin(x)",
    "nearly_cosine": "1.001*cos(x)",
    "half_of_cosine": "cos(x)/2",
    "exponential": "exp(x)",
    "minus_exponential": "-exp(x)",
    "falling_exponential": "exp(-x)",
    "minus_falling_exponential": "-exp(-x)",
    "twice_minus_falling_exponential": "-2*exp(-x)",
    "square_of_sum": "(x + 1)**2",
    "square_expanded": "x**2 + 2*x + 1",
    "square_nested": "x*(x + 2) + 1",
    "square_without_middle": "x**2 + 1",
    "square_with_half_middle": "x**2 + x + 1",
    "exp_of_twice": "exp(2*x)",
    "exp_times_exp": "exp(x)*exp(x)",
    "exp_squared": "exp(x)**2",
    "exp_of_square": "exp(x**2)",
    "twice_exp": "2*exp(x)",
    "sine_of_twice": "sin(2*x)",
    "twice_sine_cosine": "2*sin(x)*cos(x)",
    "minus_sine_of_twice": "-sin(2*x)",
    "twice_sine": "2*sin(x)",
    "size": "abs(x)",
    "cube_and_a_trifle": "x**3 + 1e-12",
    "itself": "x",
    "half_of_twice": "2*x/2",
    "a_little_more": "x + x**2",
    "sigmoid_of_triple": "sigmoid(3*x)",
}

#: Every function that an answer may be handed, by its name.
FUNCTIONS: dict[str, Function] = {
    f.__name__: f
    for f in (
        *(square, twice, twice_and_a_half, twice_the_size, cube, three_squares, three_squares_and_a_bit),
        *(sine, cosine, minus_sine, nearly_cosine, half_of_cosine),
        *(exponential, minus_exponential, falling_exponential),
        *(minus_falling_exponential, twice_minus_falling_exponential),
        *(square_of_sum, square_expanded, square_nested, square_without_middle, square_with_half_middle),
        *(exp_of_twice, exp_times_exp, exp_squared, exp_of_square, twice_exp),
        *(sine_of_twice, twice_sine_cosine, minus_sine_of_twice, twice_sine),
        *(itself, half_of_twice, a_little_more, size, cube_and_a_trifle),
        *(ramp, step),
        *(sigmoid, sigmoid_of_triple),
    )
}

# --- what an exercise hands in by its name -------------------------------------------------------------------


def erf(x: Any) -> Any:
    """Return the error function of an array: 2 / sqrt(pi) times the integral of exp(-t^2) from 0 to x."""
    return np.vectorize(math.erf, otypes=[float])(x)
