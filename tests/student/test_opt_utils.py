"""The helper module of the notebook: documented numbers, laws, and what it says to a mistake."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import opt_utils
from opt_utils import (
    backward_propagation,
    compute_cost,
    forward_propagation,
    initialize_parameters,
    load_dataset,
    plot_decision_boundary,
    predict,
    predict_dec,
    relu,
    sigmoid,
)

SOURCE_UTILS = Path(opt_utils.__file__).parent
DOCUMENTED = json.loads(
    (SOURCE_UTILS / "workbook" / "documented.json").read_text(encoding="utf-8")
)["model"]
PARAMETERS = initialize_parameters([2, 5, 2, 1])
X = np.random.default_rng(0).normal(size=(2, 6))
Y = np.array([[0, 1, 1, 0, 1, 0]])
A3, CACHE = forward_propagation(X, PARAMETERS)

any_float = st.floats(allow_nan=False)
seeds = st.integers(0, 2**32 - 1)
sizes = st.integers(1, 4)


def documented_shuffle(seed: int, m: int) -> np.ndarray:
    np.random.seed(seed)  # noqa: NPY002 (the documented recipe)
    return np.random.permutation(m)  # noqa: NPY002


def cost_at(parameters: dict[str, np.ndarray], X: np.ndarray, Y: np.ndarray) -> float:
    return compute_cost(forward_propagation(X, parameters)[0], Y)


def random_problem(seed: int, layer_dims: list[int], m: int) -> tuple[Any, Any, dict[str, Any]]:
    rng = np.random.default_rng(seed)
    shapes = {name: value.shape for name, value in initialize_parameters(layer_dims).items()}
    parameters = {name: rng.normal(scale=0.7, size=shape) for name, shape in shapes.items()}
    return rng.normal(size=(layer_dims[0], m)), rng.integers(0, 2, size=(1, m)), parameters


def numerical_gradient(
    cost: Callable[[dict[str, np.ndarray]], float], parameters: dict[str, np.ndarray], name: str
) -> np.ndarray:
    gradient, step = np.empty_like(parameters[name]), 1e-6
    for index in np.ndindex(gradient.shape):
        ends = []
        for sign in (1, -1):
            moved = parameters[name].copy()
            moved[index] += sign * step
            ends.append(cost(parameters | {name: moved}))
        gradient[index] = (ends[0] - ends[1]) / (2 * step)
    return gradient


def suits_a_numerical_gradient(X: np.ndarray, parameters: dict[str, np.ndarray]) -> bool:
    """Return whether no relu is at its kink and no output so near 0 or 1 that digits are lost."""
    z1 = parameters["W1"] @ X + parameters["b1"]
    z2 = parameters["W2"] @ relu(z1) + parameters["b2"]
    z3 = parameters["W3"] @ relu(z2) + parameters["b3"]
    return min(np.abs(z1).min(), np.abs(z2).min()) > 1e-3 and np.abs(z3).max() < 5


@given(seed=seeds, n_x=sizes, n_1=sizes, n_2=sizes, m=sizes)
def test_backward_matches_a_numerical_gradient(seed, n_x, n_1, n_2, m):
    inputs, labels, parameters = random_problem(seed, [n_x, n_1, n_2, 1], m)
    assume(suits_a_numerical_gradient(inputs, parameters))
    gradients = backward_propagation(inputs, labels, forward_propagation(inputs, parameters)[1])
    assert set(gradients) == {f"d{name}" for name in parameters}
    for name in parameters:
        wanted = numerical_gradient(lambda p: cost_at(p, inputs, labels), parameters, name)
        np.testing.assert_allclose(gradients[f"d{name}"], wanted, rtol=1e-5, atol=1e-7)


@given(x=any_float)
def test_sigmoid_is_bounded_symmetric_and_silent(x):
    with np.errstate(all="raise"):
        assert 0 <= sigmoid(x) <= 1
        assert sigmoid(-x) == pytest.approx(1 - sigmoid(x), abs=1e-15)


@given(x=st.floats(-700, 700))
def test_sigmoid_equals_the_plain_formula_bit_for_bit(x):
    assert sigmoid(x) == 1 / (1 + np.exp(-np.float64(x)))


@given(x=any_float)
def test_relu_keeps_what_is_positive_and_nothing_else(x):
    assert relu(x) == (x if x > 0 else 0)


@given(outputs=st.lists(st.floats(0, 1), min_size=1, max_size=8), data=st.data())
def test_cost_is_finite_and_silent_for_any_output(outputs, data):
    labels = [data.draw(st.integers(0, 1)) for _ in outputs]
    with np.errstate(all="raise"):
        cost = compute_cost(np.array([outputs]), np.array([labels]))
    assert type(cost) is float
    assert 0 <= cost < np.inf


@given(scale=st.floats(-1e200, 1e200))
def test_cost_is_finite_and_silent_for_any_saturated_network(scale):
    parameters = PARAMETERS | {"b3": np.array([[scale]])}
    with np.errstate(all="raise"):
        assert np.isfinite(cost_at(parameters, X, Y))


@pytest.mark.parametrize("dtype", ["bool", "int64", "uint8", "float32", "float64"])
def test_cost_is_the_mean_cross_entropy_for_every_type_of_label(dtype):
    wanted = np.mean(-Y * np.log(A3) - (1 - Y) * np.log(1 - A3))
    assert compute_cost(A3, Y.astype(dtype)) == pytest.approx(wanted, rel=1e-12)


def test_cost_is_finite_for_saturated_single_precision():
    saturated = np.array([[0, 1]], dtype=np.float32)
    assert np.isfinite(compute_cost(saturated, 1 - saturated))


@pytest.mark.parametrize(
    ("bias", "label"), [(-1e-12, 0), (0.0, 0), (1e-12, 1)], ids=["below", "at", "above"]
)
def test_prediction_is_one_only_above_one_half(bias, label, capsys):
    parameters = PARAMETERS | {"W3": np.zeros((1, 2)), "b3": np.array([[bias]])}
    decisions = predict_dec(parameters, X)
    predictions = predict(X, Y, parameters)
    assert (decisions.dtype, decisions.shape) == (np.bool_, (1, 6))
    assert (predictions.dtype, predictions.shape) == (np.int64, (1, 6))
    assert predictions.tolist() == decisions.astype(int).tolist() == [[label] * 6]
    assert capsys.readouterr().out == "Accuracy: 0.500\n"


@pytest.mark.slow
def test_gradient_descent_reaches_the_documented_costs():
    inputs, labels = load_dataset()
    parameters, costs = initialize_parameters([2, 5, 2, 1]), {}
    for epoch in range(2000):
        order, cost = documented_shuffle(11 + epoch, 300), np.nan
        for k in range(0, 300, 64):
            x, y = inputs[:, order[k : k + 64]], labels[:, order[k : k + 64]]
            a3, cache = forward_propagation(x, parameters)
            cost, gradients = compute_cost(a3, y), backward_propagation(x, y, cache)
            parameters = {n: p - 0.0007 * gradients[f"d{n}"] for n, p in parameters.items()}
        costs[str(epoch)] = round(cost, 6)
    wanted = DOCUMENTED["gd"]["cost_after_epoch"]
    assert {epoch: costs[epoch] for epoch in ("0", "1000")} == {e: wanted[e] for e in ("0", "1000")}


def forward(inputs: Any = X, **changes: np.ndarray) -> object:
    return forward_propagation(inputs, PARAMETERS | changes)


def plot(inputs: np.ndarray = X, labels: np.ndarray = Y, **where: Any) -> None:
    plot_decision_boundary(
        lambda points: predict_dec(PARAMETERS, points.T), inputs, labels, **where
    )


MISTAKES = [
    ("X_is_a_list", lambda: forward(X.tolist()), "X", "it is a list: use np.array(X)"),
    ("X_is_one_example", lambda: forward(X[:, 0]), "X", "(n_x, m), but its shape is (2,): give"),
    ("X_is_empty", lambda: forward(X[:, :0]), "X", "its shape is (2, 0): give one example"),
    ("X_is_transposed", lambda: forward(X.T), "W1", "(n_1, 6), but its shape is (5, 2): match"),
    ("bias_broadcasts", lambda: forward(b1=np.zeros((1, 1))), "b1", "each row of W1"),
    ("two_outputs", lambda: forward(W3=np.zeros((2, 2))), "W3", "(1, 2), but"),
    ("other_X", lambda: backward_propagation(X[:1], Y, CACHE), "X", "(2, 6), but its shape is (1,"),
    ("other_Y", lambda: backward_propagation(X, Y[:, :3], CACHE), "Y", "(1, 6), but its shape"),
    ("Y_is_flat", lambda: compute_cost(A3, Y[0]), "Y", "shape is (6,): give one label for each"),
    ("Y_is_a_list", lambda: compute_cost(A3, Y.tolist()), "Y", "it is a list"),
    (
        "no_output",
        lambda: compute_cost(A3[:, :0], Y[:, :0]),
        "a3",
        "(1, m), but its shape is (1, 0",
    ),
    ("label_2", lambda: compute_cost(A3, 2 * Y), "Y", "only 0 and 1, but it holds 2: recode"),
    ("label_half", lambda: compute_cost(A3, Y / 2), "Y", "only 0 and 1, but it holds 0.5"),
    ("label_nan", lambda: compute_cost(A3, Y * np.nan), "Y", "only 0 and 1, but it holds nan"),
    ("labels_cancel", lambda: backward_propagation(X, 3 * Y - 1, CACHE), "Y", "it holds -1"),
    ("predict_label", lambda: predict(X, Y - 1, PARAMETERS), "Y", "it holds -1"),
    ("plot_3_features", lambda: plot(np.zeros((3, 6))), "X", "(2, m), but its shape is (3, 6)"),
    ("plot_flat_Y", lambda: plot(labels=Y[0]), "Y", "(1, 6), but its shape is (6,)"),
    ("one_layer_size", lambda: initialize_parameters([2]), "layer_dims", "it is [2]: use"),
    ("zero_units", lambda: initialize_parameters([2, 0]), "layer_dims", "it is [2, 0]: use"),
]


@pytest.mark.parametrize(
    ("call", "name", "text"), [row[1:] for row in MISTAKES], ids=[row[0] for row in MISTAKES]
)
def test_a_mistake_is_answered_with_one_sentence(call, name, text):
    with pytest.raises(ValueError) as caught:
        call()
    message = str(caught.value)
    assert message.startswith(f"{name} must ")
    assert text in message
    assert message.endswith(".") and "\n" not in message


@pytest.mark.parametrize("name", PARAMETERS)
def test_a_missing_parameter_is_named(name):
    rest = {key: value for key, value in PARAMETERS.items() if key != name}
    with pytest.raises(KeyError) as caught:
        forward_propagation(X, rest)
    assert str(caught.value).startswith("parameters must have the keys W1, b1, W2, b2, W3, b3")
    assert f"but '{name}' is missing: start from" in str(caught.value)


@pytest.fixture
def ax():
    plt.switch_backend("Agg")
    figure, axes = plt.subplots()
    yield axes
    plt.close(figure)


@pytest.mark.parametrize("where", [{}, {"ax": None}], ids=["by_default", "by_none"])
def test_plot_draws_on_the_current_axes(ax, where):
    plot(**where)
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("$x_1$", "$x_2$")
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["y = 0", "y = 1"]


def test_plot_draws_on_the_axes_it_is_given(ax):
    ax_of_another_figure = plt.figure().add_subplot()
    plot(ax=ax)
    plt.close()
    assert ax.has_data() and not ax_of_another_figure.has_data()


@pytest.mark.parametrize("label", [0, 1])
def test_plot_shades_one_side_only_when_the_model_sees_one_class(ax, label):
    plot_decision_boundary(lambda points: np.full(len(points), label), X, np.full_like(Y, label))
    shaded = [bool(path.vertices.size) for path in ax.collections[0].get_paths()]
    assert shaded == [label == 0, label == 1]
