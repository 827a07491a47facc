"""Misconceptions about a step of Adam."""

from __future__ import annotations

from autograder.assignment.misconception import Catalogue, Misconception

from .adam_fraction import DEFAULTS, FRACTIONS, OF_W
from .adam_moments import MOMENTS
from .loops import layers_from_zero, loop_entries
from .steps import step_entries

SOLUTION = """
def update_parameters_with_adam(
    parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    L = len(parameters) // 2
    for l in range(1, L + 1):
        for kind in ["W", "b"]:
            key = kind + str(l)
            gradient = grads["d" + key]
            old_v = v["d" + key]
            old_s = s["d" + key]
            new_v = beta1 * old_v + (1 - beta1) * gradient
            v_hat = new_v / (1 - beta1**t)
            square = gradient**2
            new_s = beta2 * old_s + (1 - beta2) * square
            s_hat = new_s / (1 - beta2**t)
            v["d" + key] = new_v
            s["d" + key] = new_s
            root = np.sqrt(s_hat)
            direction = v_hat / (root + epsilon)
            step = learning_rate * direction
            parameters[key] = parameters[key] - step
    return parameters, v, s
"""

_V, _S = "new_v / (1 - beta1**t)", "new_s / (1 - beta2**t)"
_V_LINE = "Look at the denominator of v̂."
_S_LINE = "Look at the denominator of ŝ."
_BOTH = "Look at the denominators of v̂ and ŝ."


def _hats(id_: str, done: str, look: str, v: str = _V, s: str = _S) -> Misconception:
    edits = {_V: v, _S: s}
    return Misconception(id_, done, look, {old: new for old, new in edits.items() if old != new})


def _corrections(id_: str, denominator: str, done: str) -> tuple[Misconception, ...]:
    """Return three entries: the same wrong denominator in v̂, in ŝ, and in both."""
    v = f"new_v / ({denominator.format(beta='beta1')})"
    s = f"new_s / ({denominator.format(beta='beta2')})"
    return (
        _hats(f"{id_}-of-both", f"{done} in v̂ and in ŝ.", _BOTH, v, s),
        _hats(f"{id_}-of-v", f"{done} in v̂.", _V_LINE, v=v),
        _hats(f"{id_}-of-s", f"{done} in ŝ.", _S_LINE, s=s),
    )


_HATS = (
    _hats(
        "no-correction",
        "Your step uses v and s without the bias correction.",
        "Both start from zero and are too small at first: divide each by 1 − β^t before the step.",
        "new_v",
        "new_s",
    ),
    _hats(
        "only-v-corrected",
        "You correct v, and use s without its bias correction.",
        "Look at the root: ŝ belongs under it, not s.",
        s="new_s",
    ),
    _hats(
        "only-s-corrected",
        "You correct s, and use v without its bias correction.",
        "Look at the numerator of the step: v̂ belongs there, not v.",
        v="new_v",
    ),
    _hats(
        "beta1-in-s-hat",
        "Your ŝ is corrected with β₁.",
        f"{_S_LINE} Each moment is corrected with the rate of its own average.",
        s="new_s / (1 - beta1**t)",
    ),
    _hats(
        "beta2-in-v-hat",
        "Your v̂ is corrected with β₂.",
        f"{_V_LINE} Each moment is corrected with the rate of its own average.",
        v="new_v / (1 - beta2**t)",
    ),
    _hats(
        "corrections-exchanged",
        "Your v̂ is corrected with β₂, and your ŝ with β₁.",
        f"{_BOTH} Each moment is corrected with the rate of its own average.",
        "new_v / (1 - beta2**t)",
        "new_s / (1 - beta1**t)",
    ),
    # In ŝ it makes a negative root, and so NaN whatever is in v̂: the two cannot be told apart.
    _hats(
        "beta-times-t-of-s",
        "β₂ is multiplied by t in ŝ.",
        f"{_BOTH} t is an exponent there.",
        s="new_s / (1 - beta2 * t)",
    ),
    _hats(
        "beta-times-t-of-v",
        "β₁ is multiplied by t in v̂.",
        f"{_V_LINE} t is an exponent there.",
        v="new_v / (1 - beta1 * t)",
    ),
    *_corrections("t-forgotten", "1 - {beta}", "t is missing from the correction"),
    *_corrections("t-plus-one", "1 - {beta}**(t + 1)", "t is one too large"),
    *_corrections("t-minus-one", "1 - {beta}**(t - 1)", "t is one too small"),
    *_corrections("plus-for-minus", "1 + {beta}**t", "1 + β^t stands for 1 − β^t"),
    *_corrections("power-outside", "(1 - {beta})**t", "The power t is outside the bracket"),
    *_corrections("one-forgotten", "{beta}**t", "You divide by β^t, without 1 − β^t,"),
    *_corrections("t-base", "1 - t**{beta}", "Base and exponent are exchanged"),
    *_corrections("correction-multiplies", "1 / (1 - {beta}**t)", "You multiply by 1 − β^t"),
    _hats(
        "old-v-in-v-hat",
        "Your v̂ is made from the old v.",
        "Mind the order: first the new v, then its correction.",
        v="old_v / (1 - beta1**t)",
    ),
    _hats(
        "old-s-in-s-hat",
        "Your ŝ is made from the old s.",
        "Mind the order: first the new s, then its correction.",
        s="old_s / (1 - beta2**t)",
    ),
    _hats(
        "gradient-for-v-hat",
        "Your step goes along the gradient itself; v plays no part.",
        "Look at the numerator of the step: v̂ belongs there.",
        v="gradient",
    ),
    _hats(
        "gradient-corrected",
        "Your v̂ corrects the gradient, not v.",
        "Look at the numerator of v̂.",
        v="gradient / (1 - beta1**t)",
    ),
)


_RETURNS = (
    Misconception(
        "moments-not-returned",
        "You return the parameters and leave out v and s.",
        "Look at the `return` line: the next step needs v and s too.",
        {"return parameters, v, s": "return parameters"},
    ),
    Misconception(
        "s-not-returned",
        "You return the parameters and v, and leave out s.",
        "Look at the `return` line: the next step needs s too.",
        {"return parameters, v, s": "return parameters, v"},
    ),
    Misconception(
        "moments-exchanged",
        "You return s before v.",
        "Look at the order of the `return` line.",
        {"return parameters, v, s": "return parameters, s, v"},
    ),
)

ADAM = Catalogue(
    SOLUTION,
    (
        *_HATS,
        *FRACTIONS,
        *MOMENTS,
        *DEFAULTS,
        *OF_W,
        *_RETURNS,
        *step_entries("direction"),
        *loop_entries("parameters, v, s"),
        *layers_from_zero("W0", "dW0"),
    ),
)
