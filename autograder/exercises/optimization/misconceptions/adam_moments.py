"""Misconceptions about the two averages of Adam and about what is kept of them."""

from __future__ import annotations

from autograder.assignment.misconception import Misconception

_V, _S = "beta1 * old_v + (1 - beta1) * gradient", "beta2 * old_s + (1 - beta2) * square"
_STORE_V, _STORE_S = 'v["d" + key] = new_v', 's["d" + key] = new_s'
_SQUARE = "gradient**2"
_V_LINE = "Look at the line that computes v and compare its two terms with the rule."
_S_LINE = "Look at the line that computes s and compare its two terms with the rule."
_KEEP = "Keep the corrected moment in a variable of its own: the next step needs the plain one."


def _v(id_: str, done: str, new: str, look: str = _V_LINE) -> Misconception:
    return Misconception(id_, done, look, {_V: new})


def _s(id_: str, done: str, new: str, look: str = _S_LINE) -> Misconception:
    return Misconception(id_, done, look, {_S: new})


_AVERAGES = (
    _v(
        "v-weights-exchanged",
        "β₁ and 1 − β₁ are exchanged in your v.",
        "(1 - beta1) * old_v + beta1 * gradient",
    ),
    _s(
        "s-weights-exchanged",
        "β₂ and 1 − β₂ are exchanged in your s.",
        "(1 - beta2) * old_s + beta2 * square",
    ),
    Misconception(
        "both-weights-exchanged",
        "β and 1 − β are exchanged in your v and in your s.",
        "Look at the two averages: β belongs to what is remembered.",
        {_V: "(1 - beta1) * old_v + beta1 * gradient", _S: "(1 - beta2) * old_s + beta2 * square"},
    ),
    _v(
        "v-weight-forgotten",
        "The gradient enters your v without the weight 1 − β₁.",
        "beta1 * old_v + gradient",
    ),
    _s(
        "s-weight-forgotten",
        "The square enters your s without the weight 1 − β₂.",
        "beta2 * old_s + square",
    ),
    _v("v-memory-forgotten", "The old v has no part in your new one.", "(1 - beta1) * gradient"),
    _s("s-memory-forgotten", "The old s has no part in your new one.", "(1 - beta2) * square"),
    _s(
        "s-without-beta2",
        "The old s enters your new one with its full weight, without β₂.",
        "old_s + (1 - beta2) * square",
    ),
    _s(
        "beta1-at-old-s",
        "In your s the old part has the weight β₁.",
        "beta1 * old_s + (1 - beta2) * square",
    ),
    _s(
        "beta1-at-square",
        "In your s the square has the weight 1 − β₁.",
        "beta2 * old_s + (1 - beta1) * square",
    ),
    _v(
        "v-without-beta1",
        "The old v enters your new one with its full weight, without β₁.",
        "old_v + (1 - beta1) * gradient",
    ),
    _v(
        "beta2-at-old-v",
        "In your v the old part has the weight β₂.",
        "beta2 * old_v + (1 - beta1) * gradient",
    ),
    _v(
        "beta2-at-gradient",
        "In your v the gradient has the weight 1 − β₂.",
        "beta1 * old_v + (1 - beta2) * gradient",
    ),
    _s(
        "s-from-old-v",
        "Your s continues the old v, not the old s.",
        "beta2 * old_v + (1 - beta2) * square",
        "Look at the line that computes s: which dict does its first term come from?",
    ),
    _s(
        "s-from-new-v",
        "Your s continues the new v, not the old s.",
        "beta2 * new_v + (1 - beta2) * square",
        "Look at the line that computes s: which dict does its first term come from?",
    ),
    _v(
        "v-from-s",
        "Your v continues the old s, not the old v.",
        "beta1 * old_s + (1 - beta1) * gradient",
        "Look at the line that computes v: which dict does its first term come from?",
    ),
    Misconception(
        "root-for-square",
        "Your s averages the root of the gradient, where its square is wanted.",
        "`np.sqrt` takes the root; the square is `np.square` or `**2`.",
        {_SQUARE: "np.sqrt(gradient)"},
    ),
    _v("v-with-beta2", "Your v is averaged with β₂.", "beta2 * old_v + (1 - beta2) * gradient"),
    _s("s-with-beta1", "Your s is averaged with β₁.", "beta1 * old_s + (1 - beta1) * square"),
    Misconception(
        "averages-exchanged",
        "Your v is averaged with β₂, and your s with β₁.",
        "Look at the two averages: β₁ belongs to v, and β₂ to s.",
        {_V: "beta2 * old_v + (1 - beta2) * gradient", _S: "beta1 * old_s + (1 - beta1) * square"},
    ),
    _s(
        "s-of-v",
        "Your s averages v, not the squared gradient.",
        "beta2 * old_s + (1 - beta2) * new_v",
    ),
    _s(
        "weight-squared-too",
        "Your square covers the weight 1 − β₂ as well.",
        "beta2 * old_s + ((1 - beta2) * gradient) ** 2",
        "Look at the brackets in the line that computes s: only the gradient is squared.",
    ),
    Misconception(
        "averages-of-fixed-rates",
        "Your averages always use β₁ = 0.9 and β₂ = 0.999, whatever is asked for.",
        "Are numbers in the place of the arguments beta1 and beta2?",
        {_V: "0.9 * old_v + (1 - 0.9) * gradient", _S: "0.999 * old_s + (1 - 0.999) * square"},
    ),
    Misconception(
        "gradient-not-squared",
        "Your s averages the gradient without its square.",
        "Look at the line that computes s: the gradient is squared there.",
        {_SQUARE: "gradient"},
    ),
    Misconception(
        "gradient-absolute",
        "Your s averages the size of the gradient, not its square.",
        "Look at the line that computes s: the gradient is squared there.",
        {_SQUARE: "np.abs(gradient)"},
    ),
    Misconception(
        "gradient-doubled",
        "Your s averages twice the gradient, not its square.",
        "In Python a square is `**2`.",
        {_SQUARE: "gradient * 2"},
    ),
    Misconception(
        "s-of-v-squared",
        "Your s averages the square of v, not that of the gradient.",
        "Look at the line that computes s: what is squared there?",
        {_SQUARE: "new_v**2"},
    ),
    Misconception(
        "s-of-corrected-gradient",
        "Your s averages the square of v̂, not that of the gradient.",
        "Look at the line that computes s: what is squared there?",
        {_SQUARE: "v_hat**2"},
    ),
    Misconception(
        "s-of-matrix-product",
        "Your s uses a product of matrices where each entry is to be squared by itself.",
        "`np.square` and `**2` square each entry; `np.dot` and `@` do something else.",
        {_SQUARE: "gradient @ gradient.T"},
    ),
)

_STORES = (
    Misconception(
        "v-hat-stored",
        "The v you return is the corrected one.",
        _KEEP,
        {_STORE_V: 'v["d" + key] = v_hat'},
    ),
    Misconception(
        "s-hat-stored",
        "The s you return is the corrected one.",
        _KEEP,
        {_STORE_S: 's["d" + key] = s_hat'},
    ),
    Misconception(
        "both-hats-stored",
        "The v and s you return are the corrected ones.",
        "Keep them in variables of their own: the next step needs the plain moments.",
        {_STORE_V: 'v["d" + key] = v_hat', _STORE_S: 's["d" + key] = s_hat'},
    ),
    Misconception(
        "v-not-stored",
        "The v you return is the old one, though your step is right.",
        "Store the new v under its key, in the dict that you return.",
        {_STORE_V: "pass"},
    ),
    Misconception(
        "s-not-stored",
        "The s you return is the old one, though your step is right.",
        "Store the new s under its key, in the dict that you return.",
        {_STORE_S: "pass"},
    ),
    Misconception(
        "neither-stored",
        "The v and s you return are the old ones, though your step is right.",
        "Store the new moments under their keys, in the dicts that you return.",
        {_STORE_V: "pass", _STORE_S: "pass"},
    ),
    Misconception(
        "s-stored-in-v",
        "Your new s overwrites v.",
        "Look at the names in the line that stores s.",
        {_STORE_S: 'v["d" + key] = new_s'},
    ),
)

MOMENTS = (*_AVERAGES, *_STORES)
