"""Misconceptions about the fraction in a step of Adam, and about the defaults of its rates."""

from __future__ import annotations

from autograder.assignment.misconception import Misconception

_QUOTIENT = "v_hat / (root + epsilon)"
_FRACTION = "Compare the fraction v̂ / (√ŝ + ε) with yours, term by term."


def _fraction(id_: str, done: str, new: str, look: str = _FRACTION) -> Misconception:
    return Misconception(id_, done, look, {_QUOTIENT: new})


FRACTIONS = (
    _fraction(
        "epsilon-inside-root",
        "Your ε is inside the root.",
        "v_hat / np.sqrt(s_hat + epsilon)",
        "Look at the brackets of the root: ε is added after it is taken.",
    ),
    _fraction("epsilon-times", "Your root is multiplied by ε.", "v_hat / (root * epsilon)"),
    _fraction("epsilon-forgotten", "Your step does not use ε.", "v_hat / root"),
    _fraction("epsilon-subtracted", "Your ε is subtracted.", "v_hat / (root - epsilon)"),
    _fraction(
        "epsilon-outside-fraction",
        "Your ε is added to the whole fraction, not to the root.",
        "v_hat / root + epsilon",
        "Look at the brackets: ε belongs to the denominator.",
    ),
    _fraction(
        "epsilon-fixed",
        "Your ε is always 1e-8, whatever is asked for.",
        "v_hat / (root + 1e-8)",
        "Is a number in the place of the argument epsilon?",
    ),
    _fraction("no-root", "You divide by ŝ, without the root.", "v_hat / (s_hat + epsilon)"),
    _fraction(
        "divided-by-s", "You divide by s: no root, no correction.", "v_hat / (new_s + epsilon)"
    ),
    _fraction(
        "square-for-root",
        "You square ŝ where its root is wanted.",
        "v_hat / (s_hat**2 + epsilon)",
    ),
    _fraction(
        "root-of-v",
        "You take the root of v̂, not of ŝ.",
        "v_hat / (np.sqrt(v_hat) + epsilon)",
        "Look under the root: which moment belongs there?",
    ),
    _fraction(
        "fraction-reversed",
        "Your fraction is upside down.",
        "(root + epsilon) / v_hat",
    ),
    _fraction(
        "root-multiplies",
        "You multiply by the root where you should divide.",
        "v_hat * (root + epsilon)",
    ),
    _fraction("no-denominator", "Your step is α·v̂: s plays no part.", "v_hat"),
    _fraction(
        "root-of-all",
        "Your root covers the whole fraction.",
        "np.sqrt(v_hat / (s_hat + epsilon))",
        "Look at the brackets of the root: only ŝ is under it.",
    ),
)

_DEFAULT = "Compare the `def` line with the released one: its defaults are part of the task."
DEFAULTS = (
    *(
        Misconception(
            f"epsilon-default-{number}",
            f"The default of your ε is {number}, which is not the documented one.",
            _DEFAULT,
            {"epsilon=1e-8": f"epsilon={number}"},
        )
        for number in ("1e-4", "1e-2")
    ),
    Misconception(
        "rate-default",
        "The default of your learning rate is 0.001, which is not the documented one.",
        _DEFAULT,
        {"learning_rate=0.01": "learning_rate=0.001"},
    ),
    Misconception(
        "beta2-default",
        "The default of your β₂ is 0.99, which is not the documented one.",
        _DEFAULT,
        {"beta2=0.999": "beta2=0.99"},
    ),
)

_FROM_W = {
    "v-hat-of-W": (
        "v̂",
        {
            "direction = v_hat": 'if kind == "W": v_of_W = v_hat\n'
            '            v_hat = v_of_W if kind == "b" else v_hat\n            direction = v_hat',
        },
    ),
    "s-hat-of-W": (
        "ŝ",
        {
            "root = np.sqrt(s_hat)": 'if kind == "W": s_of_W = s_hat\n'
            '            s_hat = s_of_W if kind == "b" else s_hat\n'
            "            root = np.sqrt(s_hat)",
        },
    ),
}
OF_W = tuple(
    Misconception(
        id_,
        f"The {hat} of b is the one of W: b gets the shape of W by broadcasting.",
        f"Look at the keys in the line that moves b: its {hat} is the one of db.",
        edits,
    )
    for id_, (hat, edits) in _FROM_W.items()
)
