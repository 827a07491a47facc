"""Misconceptions about shuffling examples and cutting them into mini-batches."""

from __future__ import annotations

from autograder.assignment.misconception import Catalogue, Misconception

from .slices import SLICES

SOLUTION = """
def random_mini_batches(X, Y, mini_batch_size=64, seed=0):
    np.random.seed(seed)
    size = mini_batch_size
    m = X.shape[1]
    order = np.random.permutation(m)
    other_order = order
    shuffled_X = X[:, order]
    shuffled_Y = Y[:, other_order]
    mini_batches = []
    starts = range(0, m, size)
    for start in starts:
        stop = start + size
        batch_X = shuffled_X[:, start:stop]
        batch_Y = shuffled_Y[:, start:stop]
        mini_batches.append((batch_X, batch_Y))
    return mini_batches
"""

_SEED, _ORDER = "np.random.seed(seed)", "np.random.permutation(m)"
_X, _Y = "X[:, order]", "Y[:, other_order]"
_TOGETHER = "One permutation must shuffle the columns of both X and Y."
_RECIPE = "The recipe is: `np.random.seed(seed)`, then `np.random.permutation(m)`, once each."

_SHUFFLES = (
    Misconception("Y-not-shuffled", "You shuffle X and leave Y as it is.", _TOGETHER, {_Y: "Y"}),
    Misconception("X-not-shuffled", "You shuffle Y and leave X as it is.", _TOGETHER, {_X: "X"}),
    Misconception(
        "two-permutations",
        "You draw one permutation for X and another one for Y.",
        f"{_TOGETHER} Draw it once and use it twice.",
        {"other_order = order": "other_order = np.random.permutation(m)"},
    ),
    Misconception(
        "two-permutations-Y-first",
        "You draw one permutation for Y and another one for X.",
        f"{_TOGETHER} Draw it once and use it twice.",
        {"other_order = order": "other_order = order; order = np.random.permutation(m)"},
    ),
    Misconception(
        "not-shuffled",
        "Your mini-batches hold the examples in their old order.",
        "Are the slices taken from X and Y themselves? Take them from the shuffled arrays.",
        {_ORDER: "np.arange(m)"},
    ),
    Misconception(
        "seed-always-0",
        "Your shuffle is always that of seed 0, whatever seed is asked for.",
        "Is a number in the place of the argument seed?",
        {_SEED: "np.random.seed(0)"},
    ),
    Misconception(
        "seed-always-1",
        "Your shuffle is always that of seed 1, whatever seed is asked for.",
        "Is a number in the place of the argument seed?",
        {_SEED: "np.random.seed(1)"},
    ),
    Misconception(
        "seed-not-an-argument",
        "Your function has no argument seed.",
        "Compare the `def` line with the released one: its arguments are part of the task.",
        {"mini_batch_size=64, seed=0": "mini_batch_size=64", _SEED: "np.random.seed(0)"},
    ),
    Misconception(
        "new-generator",
        "You draw from `default_rng`, which shuffles in another way.",
        _RECIPE,
        {_ORDER: "np.random.default_rng(seed).permutation(m)"},
    ),
    Misconception(
        "drawn-twice",
        "You draw two permutations and use the second.",
        _RECIPE,
        {_ORDER: "(np.random.permutation(m), np.random.permutation(m))[1]"},
    ),
    Misconception(
        "shuffled-twice",
        "You shuffle what is shuffled already.",
        "Apply the permutation once to X and once to Y.",
        {_X: "X[:, order][:, order]", _Y: "Y[:, other_order][:, other_order]"},
    ),
    Misconception(
        "order-inverted",
        "You use the permutation the wrong way round: column i goes to place order[i].",
        "Pick the columns in the permuted order: `X[:, permutation]`.",
        {_ORDER: "np.argsort(np.random.permutation(m))"},
    ),
    Misconception(
        "order-reversed",
        "You use the permutation from its end.",
        "Pick the columns in the permuted order, from its start.",
        {_ORDER: "np.random.permutation(m)[::-1]"},
    ),
    Misconception(
        "drawn-with-repeats",
        "You draw columns at random, so some come twice and others never.",
        _RECIPE,
        {_ORDER: "np.random.choice(m, m)"},
    ),
    Misconception(
        "m-from-rows",
        "You take the number of features for the number of examples.",
        "The examples are the columns: m is `X.shape[1]`.",
        {"X.shape[1]": "X.shape[0]"},
    ),
    Misconception(
        "rows-shuffled",
        "You shuffle the rows of X, which are the features.",
        "The examples are the columns: index as in `X[:, permutation]`.",
        {_X: "X[order, :]"},
    ),
    Misconception(
        "m-from-len",
        "You take len(X) for m and cut Y as it is.",
        "len(X) counts rows; the examples are the columns.",
        {"X.shape[1]": "len(X)", _Y: "Y"},
    ),
)

MINI_BATCHES = Catalogue(SOLUTION, (*_SHUFFLES, *SLICES))
