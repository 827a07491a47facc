"""Misconceptions about the check of many parameters."""

from __future__ import annotations

from autograder.assignment.misconception import Catalogue, Misconception

from .quotient import QUOTIENT, QUOTIENT_ENTRIES
from .ratio import DENOMINATOR, NUMERATOR, RATIO_ENTRIES

SOLUTION = """
KEYS = ["W1", "b1", "W2", "b2", "W3", "b3"]

def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7):
    def to_arrays(vector):
        arrays, start = {}, 0
        for key in KEYS:
            size = parameters[key].size
            arrays[key] = vector[start:start + size].reshape(parameters[key].shape)
            start += size
        return arrays

    theta = np.concatenate([parameters[key].reshape(-1, 1) for key in KEYS])
    grad = np.concatenate([gradients["d" + key].reshape(-1, 1) for key in KEYS])
    num_parameters = theta.shape[0]
    J_plus = np.zeros((num_parameters, 1))
    J_minus = np.zeros((num_parameters, 1))
    gradapprox = np.zeros((num_parameters, 1))
    plus, minus = theta, theta
    for i in range(num_parameters):
        plus = np.copy(theta)
        plus[i] = theta[i] + epsilon
        J_plus[i] = forward_propagation_n(X, Y, to_arrays(plus))[0]
        minus = np.copy(theta)
        minus[i] = theta[i] - epsilon
        J_minus[i] = forward_propagation_n(X, Y, to_arrays(minus))[0]
        gradapprox[i] = (J_plus[i] - J_minus[i]) / (2 * epsilon)
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    difference = numerator / denominator
    return difference
"""

_LOOP = "range(num_parameters)"
_PLUS, _MINUS = "        plus = np.copy(theta)\n", "        minus = np.copy(theta)\n"
_UP, _DOWN = "plus[i] = theta[i] + epsilon", "minus[i] = theta[i] - epsilon"
_GRAD = 'gradients["d" + key].reshape(-1, 1)'
_THETA = "parameters[key].reshape(-1, 1)"
_BOUNDS = "Look at the loop: it visits every number of theta, from 0 to num_parameters − 1."
_ORDER = "Both vectors must hold their numbers in one order: gradients_to_vector sees to it."


def _loop(id_: str, done: str, wrong: str, look: str = _BOUNDS) -> Misconception:
    return Misconception(id_, done, look, {_LOOP: wrong})


_LOOPS = (
    _loop("first-skipped", "Your loop leaves out the first number.", "range(1, num_parameters)"),
    _loop("last-skipped", "Your loop stops before the last number.", "range(num_parameters - 1)"),
    _loop(
        "one-for-each-array",
        "Your loop visits as many numbers as there are arrays.",
        "range(len(parameters))",
        f"{_BOUNDS} `len(parameters)` counts the arrays.",
    ),
    _loop(
        "only-first",
        "Your check ends after the first number.",
        "range(1)",
        "Look at the indentation of the lines behind the loop: which of them belong into it?",
    ),
    _loop(
        "forty-seven",
        "Your loop always visits 47 numbers, as many as the example has.",
        "range(47)",
        f"{_BOUNDS} num_parameters follows from theta.",
    ),
    Misconception(
        "forty-seven-rows",
        "Your gradapprox always has 47 rows, as many as the example needs.",
        "num_parameters follows from theta: make the array as long.",
        {"gradapprox = np.zeros((num_parameters, 1))": "gradapprox = np.zeros((47, 1))"},
    ),
    _loop("weights-of-layer-1", "Your loop visits only W1.", 'range(parameters["W1"].size)'),
    Misconception(
        "quotient-after-the-loop",
        "Only the last number of gradapprox is filled in.",
        "Is the line of gradapprox inside the loop? Look at its indentation.",
        {"        gradapprox[i]": "    gradapprox[i]"},
    ),
)

_COPIES = (
    Misconception(
        "all-moved",
        "You move all parameters at once.",
        "In each round only number i moves; the others stay.",
        {_UP: "plus = theta + epsilon", _DOWN: "minus = theta - epsilon"},
    ),
    Misconception(
        "moves-add-up",
        "Numbers that have moved stay moved in the next rounds.",
        "Is the copy of theta made in every round, inside the loop?",
        {
            "    plus, minus = theta, theta": "    plus, minus = np.copy(theta), np.copy(theta)",
            _PLUS: "",
            _MINUS: "",
        },
    ),
)

_ORDERS = (
    Misconception(
        "order-of-the-dict",
        "Your grad holds the numbers in the order of the dict, and theirs is another.",
        _ORDER,
        {
            "grad = np.concatenate([" + _GRAD + " for key in KEYS])": "grad = np.concatenate("
            '[gradients[key].reshape(-1, 1) for key in gradients if key[1] in "Wb"])'
        },
    ),
    Misconception(
        "everything-in-grad",
        "Your grad holds more than the gradients of the parameters.",
        f"Which keys has `gradients` beside dW and db? {_ORDER}",
        {
            "grad = np.concatenate([" + _GRAD + " for key in KEYS])": "grad = np.concatenate("
            "[gradients[key].reshape(-1, 1) for key in gradients])"
        },
    ),
    Misconception(
        "sorted-keys",
        "Your grad holds all W first and then all b.",
        _ORDER,
        {_GRAD + " for key in KEYS": _GRAD + " for key in sorted(KEYS)"},
    ),
    Misconception(
        "column-by-column",
        "Your grad reads its arrays column by column, and theta row by row.",
        _ORDER,
        {_GRAD: 'gradients["d" + key].T.reshape(-1, 1)'},
    ),
    Misconception(
        "theta-for-grad",
        "You compare gradapprox with the parameters, not with their gradients.",
        "Look at the line of grad: which dict does it come from?",
        {_GRAD: "parameters[key].reshape(-1, 1)"},
    ),
    Misconception(
        "flat-and-column",
        "One of your gradients is flat and the other a column: NumPy makes a square of them.",
        "Compare `grad.shape` with `gradapprox.shape`.",
        {
            "np.zeros((num_parameters, 1))\n    plus": "np.zeros(num_parameters)\n    plus",
            QUOTIENT: "((J_plus[i] - J_minus[i]) / (2 * epsilon))[0]",
        },
    ),
)


def _lengths(id_: str, done: str, length: str, look: str) -> Misconception:
    """Return the entry of another kind of length, in the place of all three."""
    return Misconception(
        id_,
        done,
        look,
        {
            NUMERATOR: length.format("grad - gradapprox"),
            DENOMINATOR: f"{length.format('grad')} + {length.format('gradapprox')}",
        },
    )


_NORM = "The length of a vector is the root of the sum of its squares: `np.linalg.norm`."
_NORMS = (
    _lengths("sums-of-sizes", "You add sizes in the place of lengths.", "np.abs({}).sum()", _NORM),
    _lengths("largest", "You use the largest number of each vector.", "np.abs({}).max()", _NORM),
    _lengths("sums", "You add the numbers, so that their signs cancel.", "abs(np.sum({}))", _NORM),
    Misconception(
        "above-summed",
        "Your numerator adds the numbers of the difference, so that they cancel.",
        _NORM,
        {NUMERATOR: "abs(np.sum(grad - gradapprox))"},
    ),
    Misconception(
        "mean-of-ratios",
        "You make a fraction for each parameter, and their mean.",
        "The rule makes one fraction, of the lengths of whole vectors.",
        {
            "numerator / denominator": "np.mean(np.abs(grad - gradapprox) / "
            "(np.abs(grad) + np.abs(gradapprox)))"
        },
    ),
    Misconception(
        "fraction-for-each",
        "You return a fraction for each parameter.",
        "The rule makes one fraction, of the lengths of whole vectors.",
        {
            "numerator / denominator": "np.abs(grad - gradapprox) / "
            "(np.abs(grad) + np.abs(gradapprox))"
        },
    ),
    Misconception(
        "last-number-alone",
        "You compare only the last number of the two gradients.",
        "Look at the numerator: whole vectors are subtracted, behind the loop.",
        {
            NUMERATOR: "np.linalg.norm(grad[-1] - gradapprox[-1])",
            DENOMINATOR: "np.linalg.norm(grad[-1]) + np.linalg.norm(gradapprox[-1])",
        },
    ),
)

CHECK_N = Catalogue(
    SOLUTION,
    (*QUOTIENT_ENTRIES, *RATIO_ENTRIES, *_LOOPS, *_COPIES, *_ORDERS, *_NORMS),
)
