"""Time our training step beside plain textbook NumPy, which checks nothing, in the same run.

Run ``python benchmarks/training.py [--json FILE]``. Both sides train the documented network on the
documented data in mini-batches of 64; the optimizer's update is the same code on both sides.
"""

from __future__ import annotations

import argparse
import json
import platform
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np

# The course imports its helpers flat, from beside the notebook.
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "source_utils" / "optimization"))
import opt_utils

Arrays = dict[str, np.ndarray]
Batches = list[tuple[np.ndarray, np.ndarray]]
Step = Callable[[np.ndarray, np.ndarray, Arrays], tuple[float, Arrays]]
Update = Callable[[Arrays, Arrays, int], None]

STEPS = 1000
REPEATS = 31
BATCH_SIZE = 64
LAYERS = (2, 5, 2, 1)
LEARNING_RATE = 0.0007


def our_step(X: np.ndarray, Y: np.ndarray, parameters: Arrays) -> tuple[float, Arrays]:
    """Return cost and gradients by opt_utils, its checks included."""
    a3, cache = opt_utils.forward_propagation(X, parameters)
    cost = opt_utils.compute_cost(a3, Y)
    return cost, opt_utils.backward_propagation(X, Y, cache)


def textbook_step(X: np.ndarray, Y: np.ndarray, parameters: Arrays) -> tuple[float, Arrays]:
    """Return cost and gradients as a textbook writes them, without checks.

    np.dot is the quicker of its two usual products for matrices as small as these.
    """
    W1, b1, W2, b2, W3, b3 = (parameters[name] for name in ("W1", "b1", "W2", "b2", "W3", "b3"))
    m = X.shape[1]
    A1 = np.maximum(0, np.dot(W1, X) + b1)
    A2 = np.maximum(0, np.dot(W2, A1) + b2)
    A3 = 1 / (1 + np.exp(-(np.dot(W3, A2) + b3)))
    cost = -np.sum(Y * np.log(A3) + (1 - Y) * np.log(1 - A3)) / m
    dZ3 = (A3 - Y) / m
    dZ2 = np.dot(W3.T, dZ3) * (A2 > 0)
    dZ1 = np.dot(W2.T, dZ2) * (A1 > 0)
    gradients = {
        "dW1": np.dot(dZ1, X.T),
        "db1": np.sum(dZ1, axis=1, keepdims=True),
        "dW2": np.dot(dZ2, A1.T),
        "db2": np.sum(dZ2, axis=1, keepdims=True),
        "dW3": np.dot(dZ3, A2.T),
        "db3": np.sum(dZ3, axis=1, keepdims=True),
    }
    return cost, gradients


def no_update() -> Update:
    """Return an update that leaves the parameters alone: the network's step by itself."""
    return lambda parameters, gradients, t: None


def gd_update() -> Update:
    """Return gradient descent."""

    def update(parameters: Arrays, gradients: Arrays, t: int) -> None:
        for name, value in parameters.items():
            parameters[name] = value - LEARNING_RATE * gradients["d" + name]

    return update


def adam_update(beta1: float = 0.9, beta2: float = 0.999, epsilon: float = 1e-8) -> Update:
    """Return Adam (Kingma & Ba 2015, arXiv:1412.6980) with moments of its own, zero at first."""
    v: dict[str, np.ndarray | float] = {}
    s: dict[str, np.ndarray | float] = {}

    def update(parameters: Arrays, gradients: Arrays, t: int) -> None:
        for name, value in parameters.items():
            gradient = gradients["d" + name]
            v[name] = beta1 * v.get(name, 0.0) + (1 - beta1) * gradient
            s[name] = beta2 * s.get(name, 0.0) + (1 - beta2) * gradient**2
            v_hat, s_hat = v[name] / (1 - beta1**t), s[name] / (1 - beta2**t)
            parameters[name] = value - LEARNING_RATE * v_hat / (np.sqrt(s_hat) + epsilon)

    return update


SIDES: dict[str, Step] = {"ours": our_step, "textbook": textbook_step}
OPTIMIZERS: dict[str, Callable[[], Update]] = {
    "none": no_update,
    "gd": gd_update,
    "adam": adam_update,
}


def full_batches() -> Batches:
    """Return the shuffled data in batches of 64 columns, without the smaller last one."""
    X, Y = opt_utils.load_dataset()
    order = np.random.default_rng(0).permutation(X.shape[1])
    starts = range(0, X.shape[1] - BATCH_SIZE + 1, BATCH_SIZE)
    return [(X[:, order[k : k + BATCH_SIZE]], Y[:, order[k : k + BATCH_SIZE]]) for k in starts]


def train(step: Step, update: Update, batches: Batches, steps: int) -> float:
    """Return the cost before the last of so many steps; the batches take turns."""
    parameters = opt_utils.initialize_parameters(LAYERS)
    cost = float("nan")
    for t in range(1, steps + 1):
        cost, gradients = step(*batches[t % len(batches)], parameters)
        update(parameters, gradients, t)
    return cost


def elapsed_ms(work: Callable[[], object]) -> float:
    """Return how long `work` takes, in milliseconds."""
    start = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - start)


def compare(optimizer: str, steps: int, repeats: int) -> dict[str, float | str]:
    """Return the median times of both sides, in milliseconds, and ours over the textbook's.

    The two sides take turns, so that a slow moment of the machine falls on both.
    """
    batches = full_batches()
    times: dict[str, list[float]] = {side: [] for side in SIDES}
    for repeat in range(repeats + 1):
        for side, step in SIDES.items():
            spent = elapsed_ms(partial(train, step, OPTIMIZERS[optimizer](), batches, steps))
            if repeat > 0:  # the first turn warms caches and lazy imports
                times[side].append(spent)
    medians = {f"{side}_ms": statistics.median(spent) for side, spent in times.items()}
    ratio = medians["ours_ms"] / medians["textbook_ms"]
    return {"optimizer": optimizer, **medians, "ratio": ratio}


def print_table(rows: list[dict[str, float | str]], steps: int) -> None:
    """Print one line for each optimizer."""
    print(f"median ms per {steps} steps")
    print(f"{'optimizer':<10}{'ours':>8}{'textbook':>10}{'ratio':>8}")
    for row in rows:
        print(
            f"{row['optimizer']:<10}{row['ours_ms']:>8.2f}{row['textbook_ms']:>10.2f}"
            f"{row['ratio']:>8.2f}"
        )


def main() -> None:
    """Measure, print the table and, if asked, write it as JSON."""
    parser = argparse.ArgumentParser(description="Time our training step beside textbook NumPy.")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures here too")
    parser.add_argument("--steps", type=int, default=STEPS, help="training steps in a repeat")
    parser.add_argument("--repeats", type=int, default=REPEATS, help="repeats of each side")
    arguments = parser.parse_args()
    rows = [compare(name, arguments.steps, arguments.repeats) for name in OPTIMIZERS]
    print_table(rows, arguments.steps)
    if arguments.json:
        figures = {
            "python": platform.python_version(),
            "numpy": np.__version__,
            "steps": arguments.steps,
            "repeats": arguments.repeats,
            "rows": rows,
        }
        arguments.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
