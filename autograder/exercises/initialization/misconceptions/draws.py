"""Misconceptions about drawing weights, which the random start and He's share."""

from __future__ import annotations

from collections.abc import Mapping

from autograder.assignment.misconception import Misconception

from .layers import BIAS, SIZES

SEED = "np.random.seed(3)"
DRAW = "np.random.randn(n, before)"
_SHAPE = "W has a row for each unit of the layer and a column for each unit of the layer before."
_ROW = "`np.random.randn` takes the two sizes as two arguments, without a tuple."
_NORMAL = "Standard normal numbers are wanted: which of NumPy's functions draws them?"
_ONCE = "Set the seed once, before the loop: it starts the row of random numbers anew."
_ZERO = "A bias starts at zero: only weights are drawn."

_DRAWS: Mapping[str, tuple[str, str, str]] = {
    "uniform": ("are drawn evenly between 0 and 1", _NORMAL, "np.random.rand(n, before)"),
    "uniform-around-0": ("are drawn evenly between -1 and 1", _NORMAL,
                         "np.random.uniform(-1, 1, (n, before))"),
    "uniform-centred": ("are drawn evenly between -0.5 and 0.5", _NORMAL,
                        "(np.random.rand(n, before) - 0.5)"),
    "evenly-as-wide": ("are drawn evenly, up to a bound",
                       _NORMAL, "np.random.uniform(-np.sqrt(3), np.sqrt(3), (n, before))"),
    "positive": ("are all positive", "Signs matter: keep the numbers as they are drawn.",
                 "np.abs(np.random.randn(n, before))"),
    "ones": ("are all alike", _NORMAL, "np.ones((n, before))"),
    "zeros": ("are zero", "These weights are drawn; only the biases are zero.",
              "np.zeros((n, before))"),
    "transposed": ("have rows and columns exchanged", _SHAPE, "np.random.randn(before, n)"),
    "drawn-transposed": ("have the right shape, but are drawn row by row in the other order",
                         "Draw in the shape that W has, without a transposition.",
                         "np.random.randn(before, n).T"),
    "flat": ("have one dimension", _SHAPE, "np.random.randn(n)"),
    "column": ("have a single column, as if they were biases", _SHAPE, "np.random.randn(n, 1)"),
    "row-for-all": ("have the same row for every unit", "Draw a number of its own for each weight.",
                    "np.tile(np.random.randn(1, before), (n, 1))"),
    "one-for-all": ("are one number, repeated", "Draw a number of its own for each weight.",
                    "np.full((n, before), np.random.randn())"),
    "square": ("are square", _SHAPE, "np.random.randn(n, n)"),
    "tuple": ("are drawn by a call that fails: it got the sizes as a tuple", _ROW,
              "np.random.randn((n, before))"),
    "other-generator": ("are drawn by a generator of another kind", "The recipe is NumPy's older "
                        "one: `np.random.seed(3)`, then `np.random.randn`.",
                        "(rng := np.random.default_rng(3) if l == 1 else rng)"
                        ".standard_normal((n, before))"),
    "other-generator-anew": ("are drawn by a generator of another kind, made anew for each layer",
                             "The recipe is NumPy's older one: `np.random.seed(3)`, then "
                             "`np.random.randn`.",
                             "np.random.default_rng(3).standard_normal((n, before))"),
    "drawn-twice": ("are drawn twice, and the first draw is lost",
                    "Call the random function once for each layer.",
                    "[np.random.randn(n, before), np.random.randn(n, before)][1]"),
}  # fmt: skip


def _draw_entries() -> tuple[Misconception, ...]:
    return tuple(
        Misconception(f"W-{id_}", f"Your weights {what}.", look, {DRAW: new})
        for id_, (what, look, new) in _DRAWS.items()
    )


_SEEDS = (
    Misconception(
        "seed-in-the-loop",
        "Your seed is set anew for every layer, so all layers begin with the same numbers.",
        _ONCE,
        {SIZES: f"np.random.seed(3)\n        {SIZES}"},
    ),
    Misconception(
        "seed-of-the-layer",
        "Your seed is set anew for every layer, to the layer's number.",
        "Set the seed once, before the loop, as the given line does.",
        {SIZES: f"np.random.seed(l)\n        {SIZES}"},
    ),
    Misconception(
        "seed-3-plus-layer",
        "Your seed is set anew for every layer, to 3 and the layer's number.",
        _ONCE,
        {SIZES: f"np.random.seed(3 + l)\n        {SIZES}"},
    ),
    *(
        Misconception(
            f"seed-{seed}",
            f"Your numbers are those of the seed {seed}.",
            "Look at the line that sets the seed: it is not the one that you were given.",
            {SEED: f"np.random.seed({seed})"},
        )
        for seed in (0, 1, 2, 10, 42)
    ),
    Misconception(
        "a-draw-before",
        "Something draws a random number before your first weights.",
        "Between the seed and the first weights no random function is called.",
        {SEED: f"{SEED}\n    np.random.randn()"},
    ),
)

_BIASES = (
    Misconception(
        "b-drawn",
        "Your biases are drawn at random.",
        _ZERO,
        {BIAS: "np.random.randn(n, 1)"},
    ),
    Misconception(
        "b-drawn-in-hundredths",
        "Your biases are drawn at random, and small.",
        _ZERO,
        {BIAS: "np.random.randn(n, 1) * 0.01"},
    ),
    Misconception(
        "b-drawn-times-10",
        "Your biases are drawn at random, ten times as large.",
        _ZERO,
        {BIAS: "np.random.randn(n, 1) * 10"},
    ),
    Misconception(
        "b-drawn-and-cleared",
        "Your biases are zero, but they use up random numbers.",
        "Make the biases without a random function: each call takes numbers from the row.",
        {BIAS: "np.random.randn(n, 1) * 0"},
    ),
    Misconception(
        "b-drawn-first",
        "Your biases are drawn at random, before the weights.",
        _ZERO,
        {
            SIZES: f"{SIZES}\n        drawn = np.random.randn(n, 1)",
            BIAS: "drawn",
        },
    ),
    Misconception(
        "b-of-drawn-shape",
        "Your biases have one dimension and are drawn at random.",
        f"{_ZERO} It is one column.",
        {BIAS: "np.random.randn(n)"},
    ),
)


def drawn_entries() -> tuple[Misconception, ...]:
    """Return the entries about seeds, draws and biases that are drawn as well."""
    return (*_draw_entries(), *_SEEDS, *_BIASES)
