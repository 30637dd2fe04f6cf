"""The experiments of lesson 07 on the digits, done again in plain numpy; each test fails where the effect is absent."""

import numpy as np
import pytest
from sklearn.datasets import load_digits

from course_lib.activations.vector import softmax


@pytest.fixture(scope="module")
def digits():
    data = load_digits()
    X = np.column_stack([data.data / 16, np.ones(1797)])[:-500:3].astype(np.float32)
    return X, np.eye(10, dtype=np.float32)[data.target[:-500:3]]


def stable(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / np.sum(e, axis=1, keepdims=True)


def back(z, g):
    s = stable(z)
    return s * (g - np.sum(g * s, axis=1, keepdims=True))


def learn(X, Y, send_back, W, steps=300):
    shares = []
    for _ in range(steps):
        z = X @ W
        finite = bool(np.isfinite(z).all())
        shares.append(np.mean(np.argmax(z, axis=1) == np.argmax(Y, axis=1)) if finite else np.nan)
        W = W - X.T @ send_back(z) / np.float32(len(X))
    return W, np.array(shares)


@pytest.fixture(scope="module")
def wrong(digits):
    X, Y = digits
    return 10 * learn(X, Y, lambda z: stable(z) - np.roll(Y, 1, axis=1), np.zeros((65, 10), np.float32))[0]


def test_the_layer_starts_sure_and_wrong(digits, wrong):
    X, Y = digits
    z = X @ wrong
    assert z.dtype == np.float32
    assert np.mean(np.argmax(z, axis=1) == np.argmax(Y, axis=1)) < 0.01
    assert np.mean(softmax(z)[Y == 1] == 0) > 0.05
    assert np.mean(softmax(z.astype(float))[Y == 1] == 0) == 0
    assert np.mean(softmax(z)[Y == 1] < 1e-12) > 0.5, "most images stop teaching when 1e-12 is added"
    assert 104 < np.max(z.max(axis=1) - z[Y == 1]) < 745


def test_only_the_gradient_in_one_go_unlearns_the_wrong_names(digits, wrong):
    X, Y = digits
    ways = {
        "one go": lambda z: stable(z) - Y,
        "apart": lambda z: back(z, -Y / stable(z)),
        "added": lambda z: back(z, -Y / (stable(z) + np.float32(1e-12))),
        "squared": lambda z: back(z, stable(z) - Y),
    }
    with np.errstate(all="ignore"):
        shares = {name: learn(X, Y, way, wrong)[1] for name, way in ways.items()}
    assert shares["one go"][-1] > 0.7
    assert np.isnan(shares["apart"][1:]).all()
    assert shares["apart"][0] < 0.01
    assert 0.05 < shares["added"][-1] < 0.5 * shares["one go"][-1]
    assert shares["added"][50] > shares["one go"][50], "at first it is ahead"
    assert shares["squared"].max() < 0.02


def test_in_double_precision_this_layer_is_spared(digits, wrong):
    X, Y = (part.astype(float) for part in digits)
    with np.errstate(all="raise", under="ignore"):
        shares = learn(X, Y, lambda z: back(z, -Y / stable(z)), wrong.astype(float))[1]
    assert shares[-1] > 0.7


def test_in_double_precision_larger_gaps_give_nan_too(digits, wrong):
    X, Y = (part.astype(float) for part in digits)
    start = 10 * wrong.astype(float)
    with np.errstate(all="ignore"):
        apart = learn(X, Y, lambda z: back(z, -Y / stable(z)), start, steps=2)[1]
    assert np.isnan(apart[1])
    assert np.isfinite(learn(X, Y, lambda z: stable(z) - Y, start, steps=2)[1]).all()


def test_smoothed_labels_keep_the_logits_together(digits):
    X, Y = digits
    start, spread, right = np.zeros((65, 10), np.float32), {}, {}
    for name, labels in (("hard", Y), ("soft", np.float32(0.9) * Y + np.float32(0.01))):
        assert labels.sum(axis=1) == pytest.approx(1)
        for steps in (300, 1200):
            W, shares = learn(X, Y, lambda z, y=labels: stable(z) - y, start, steps)
            spread[name, steps], right[name, steps] = np.ptp(X @ W, axis=1).max(), shares[-1]
    assert spread["hard", 1200] > 1.3 * spread["hard", 300]
    assert spread["soft", 1200] < 1.15 * spread["soft", 300]
    assert min(right.values()) > 0.95
