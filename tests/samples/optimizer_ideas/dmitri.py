"""Partly right: the average is done, RMSprop has ε inside the root, the rest is not begun."""

from ada import *


def update_parameters_with_rmsprop(parameters, grads, s, beta, learning_rate, epsilon):
    for key in parameters:
        s["d" + key] = beta * s["d" + key] + (1 - beta) * grads["d" + key] ** 2
        parameters[key] = parameters[key] - learning_rate * grads["d" + key] / np.sqrt(s["d" + key] + epsilon)
    return parameters, s


CELLS = {
    "decayed_learning_rate": "# later",
    "steps_to_reach": "# later",
}
