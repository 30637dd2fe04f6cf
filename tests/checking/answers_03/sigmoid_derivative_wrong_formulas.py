"""Wrong answers to `sigmoid_derivative`: another function, another sign or factor, slips of the pen."""

import numpy as np
from answer import logistic, slope, wrong


def nonlin(x, deriv=False):
    """Serve as function and, wrongly, as derivative, as in a well-known blog post."""
    return x * (1 - x) if deriv else 1 / (1 + np.exp(-x))


def filling_the_positive_half(x):
    out = np.zeros(x.shape)
    out[x > 0] = slope(x[x > 0])
    return out


WRONG = [
    # another function of the same family
    wrong("x(1-x)", lambda x: x * (1 - x), "input_for_output"),
    wrong("x - x^2", lambda x: x - x**2, "input_for_output"),
    wrong("nonlin with deriv=True", lambda x: nonlin(x, deriv=True), "input_for_output"),
    wrong("sigma itself", logistic, "forward_for_derivative"),
    wrong("nonlin with deriv forgotten", lambda x: nonlin(x), "forward_for_derivative"),
    wrong("sigma itself in the tanh form", lambda x: 0.5 + 0.5 * np.tanh(x / 2), "forward_for_derivative"),
    wrong("s^2", lambda x: logistic(x) ** 2, "squared_output"),
    wrong("1/(1+e^-x)^2", lambda x: 1 / (1 + np.exp(-x)) ** 2, "squared_output"),
    wrong("(1-s)^2", lambda x: (1 - logistic(x)) ** 2, "squared_complement"),
    wrong("1/(1+e^x)^2", lambda x: (1 + np.exp(x)) ** -2.0, "squared_complement"),
    wrong("1-s", lambda x: 1 - logistic(x), "complement_only", "denominator_not_squared"),
    wrong("e^-x/(1+e^-x)", lambda x: np.exp(-x) / (1 + np.exp(-x)), "complement_only", "denominator_not_squared"),
    wrong("1-s^2", lambda x: 1 - logistic(x) ** 2, "tanh_rule"),
    wrong("(1-s)(1+s)", lambda x: (1 - logistic(x)) * (1 + logistic(x)), "tanh_rule"),
    wrong("1-tanh(x)^2", lambda x: 1 - np.tanh(x) ** 2, "tanh_derivative"),
    wrong("sech(x)^2", lambda x: 1 / np.cosh(x) ** 2, "tanh_derivative"),
    wrong("1/(4cosh(x/2))", lambda x: 1 / (4 * np.cosh(x / 2)), "missing_outer_square"),
    wrong("(1-tanh(x/2))/4", lambda x: (1 - np.tanh(x / 2)) / 4, "missing_outer_square"),
    wrong("e^x/(1+e^-x)^2", lambda x: np.exp(x) / (1 + np.exp(-x)) ** 2, "lost_minus_in_exponent"),
    wrong("e^-x/(1+e^x)^2", lambda x: np.exp(-x) / (1 + np.exp(x)) ** 2, "lost_minus_in_exponent"),
    wrong("s(1-s)(1-2s)", lambda x: slope(x) * (1 - 2 * logistic(x)), "second_derivative"),
    wrong("-s' tanh(x/2)", lambda x: -slope(x) * np.tanh(x / 2), "second_derivative"),
    # signs and factors
    wrong("s(s-1)", lambda x: logistic(x) * (logistic(x) - 1), "sign"),
    wrong("-e^-x/(1+e^-x)^2", lambda x: -np.exp(-x) / (1 + np.exp(-x)) ** 2, "sign"),
    wrong("s^2 - s", lambda x: logistic(x) ** 2 - logistic(x), "sign"),
    wrong("2s(1-s)", lambda x: 2 * slope(x), "factor"),
    wrong("s(1-s)/4", lambda x: slope(x) / 4, "factor"),
    wrong("4s(1-s), scaled to 1 at 0", lambda x: 4 * slope(x), "factor"),
    wrong("1-tanh(x/2)^2", lambda x: 1 - np.tanh(x / 2) ** 2, "factor"),
    wrong("half instead of quarter in the tanh form", lambda x: 0.5 * (1 - np.tanh(x / 2) ** 2), "factor"),
    wrong("1/(1+cosh x)", lambda x: 1 / (1 + np.cosh(x)), "factor"),
    wrong("-2s(1-s)", lambda x: -2 * slope(x)),
    wrong("minus s^2", lambda x: -1 / (1 + np.exp(-x)) ** 2),
    wrong("minus x(1-x)", lambda x: x * (x - 1)),
    wrong("minus (1-s)", lambda x: logistic(x) - 1),
    wrong("half of 1-s^2", lambda x: 0.5 * (1 - logistic(x) ** 2)),
    # right for one sign of x only
    wrong("e^-x/(1+e^-|x|)^2", lambda x: np.exp(-x) / (1 + np.exp(-np.abs(x))) ** 2, "one_sided"),
    wrong("e^x/(1+e^-|x|)^2", lambda x: np.exp(x) / (1 + np.exp(-np.abs(x))) ** 2, "one_sided"),
    wrong("zero for x<=0 by np.where", lambda x: np.where(x > 0, slope(x), 0.0), "one_sided"),
    wrong("zero for x<=0 by a mask", filling_the_positive_half, "one_sided"),
    wrong("zero for x>0", lambda x: slope(x) * (x <= 0), "one_sided"),
    wrong("sign(x) s(1-s)", lambda x: np.sign(x) * slope(x), "one_sided"),
    wrong("s for x<0 and s(1-s) above", lambda x: np.where(x < 0, logistic(x), slope(x)), "one_sided"),
    # wrong constants and slips of the pen in otherwise right forms
    wrong("tanh form without halving x", lambda x: (1 - np.tanh(x) ** 2) / 4),
    wrong("tanh form with whole-number halving", lambda x: (1 - np.tanh(x // 2) ** 2) / 4),
    wrong("sech form without halving x", lambda x: 0.25 / np.cosh(x) ** 2),
    wrong("1/(2+cosh x)", lambda x: 1 / (2 + np.cosh(x))),
    wrong("1/(1+2cosh x)", lambda x: 1 / (1 + 2 * np.cosh(x))),
    wrong("1/(3+cosh x), right at 0", lambda x: 1 / (3 + np.cosh(x))),
    wrong("1/(e^x+e^-x), the square taken term by term", lambda x: 1 / (np.exp(x) + np.exp(-x))),
    wrong("e^-x/(1+e^-2x)", lambda x: np.exp(-x) / (1 + np.exp(-2 * x))),
    wrong("e^-x/(1-e^-x)^2", lambda x: np.exp(-x) / (1 - np.exp(-x)) ** 2),
    wrong("e^-x/(1+e^-x)^3", lambda x: np.exp(-x) / (1 + np.exp(-x)) ** 3),
    wrong("e^-x/(1+e^-x)*2, times for power", lambda x: np.exp(-x) / (1 + np.exp(-x)) * 2),
    wrong("e^-x (1+e^-x)^2", lambda x: np.exp(-x) * (1 + np.exp(-x)) ** 2),
    wrong("missing brackets in the denominator", lambda x: np.exp(-x) / 1 + np.exp(-x) ** 2),
    wrong("power rule on the exponential", lambda x: x * np.exp(-x - 1) / (1 + np.exp(-x)) ** 2),
    wrong("s(1+s)", lambda x: logistic(x) * (1 + logistic(x))),
    wrong("s(1-2s)", lambda x: logistic(x) * (1 - 2 * logistic(x))),
    wrong("s(2-s)", lambda x: logistic(x) * (2 - logistic(x))),
    wrong("s^2(1-s)", lambda x: logistic(x) * slope(x)),
    wrong("s(1-s)^2", lambda x: slope(x) * (1 - logistic(x))),
    wrong("s(1-s^2)", lambda x: logistic(x) * (1 - logistic(x) ** 2)),
    wrong("sqrt of s(1-s)", lambda x: np.sqrt(slope(x))),
    wrong("s(1-x)", lambda x: logistic(x) * (1 - x)),
    wrong("x(1-s)", lambda x: x * (1 - logistic(x))),
    wrong("x s(1-s)", lambda x: x * slope(x)),
    wrong("s(1-s) of sigma(x)", lambda x: slope(logistic(x))),
    wrong("slope at 2x", lambda x: slope(2 * x)),
    wrong("slope at x/2", lambda x: slope(x / 2)),
    wrong("1 - tanh(x)^2/2", lambda x: 1 - np.tanh(x) ** 2 / 2),
    wrong("slope of x sigma(x)", lambda x: logistic(x) + x * slope(x)),
    wrong("slope of the rectifier", lambda x: np.where(x > 0, 1.0, 0.0)),
    wrong("s(1-s) with softmax for s", lambda x: (lambda p: p * (1 - p))(np.exp(x) / np.sum(np.exp(x)))),
    wrong("inverse slope 1/(s(1-s))", lambda x: 1 / slope(x)),
]
