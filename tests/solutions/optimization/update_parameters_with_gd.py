"""Right solutions as different students write them; each public name is one."""

import copy
from functools import reduce

import numpy as np


def textbook_in_place(parameters, grads, learning_rate):
    L = len(parameters) // 2
    for l in range(L):
        parameters["W" + str(l + 1)] = parameters["W" + str(l + 1)] - learning_rate * grads["dW" + str(l + 1)]
        parameters["b" + str(l + 1)] = parameters["b" + str(l + 1)] - learning_rate * grads["db" + str(l + 1)]
    return parameters


def augmented(parameters, grads, learning_rate):
    for l in range(1, len(parameters) // 2 + 1):
        parameters[f"W{l}"] -= learning_rate * grads[f"dW{l}"]
        parameters[f"b{l}"] -= learning_rate * grads[f"db{l}"]
    return parameters


def comprehension(parameters, grads, learning_rate):
    return {key: value - learning_rate * grads["d" + key] for key, value in parameters.items()}


def dict_of_generator(parameters, grads, learning_rate):
    return dict((k, parameters[k] - learning_rate * grads[f"d{k}"]) for k in parameters)


def shallow_copy(parameters, grads, learning_rate):
    new = dict(parameters)
    for key in new:
        new[key] = new[key] - learning_rate * grads["d" + key]
    return new


def deep_copy(parameters, grads, learning_rate):
    parameters = copy.deepcopy(parameters)
    for key in parameters:
        parameters[key] -= grads["d" + key] * learning_rate
    return parameters


def sorted_keys(parameters, grads, learning_rate):
    for key in sorted(parameters):
        step = learning_rate * grads["d" + key]
        parameters[key] = parameters[key] - step
    return parameters


def zipped_keys(parameters, grads, learning_rate):
    for key, dkey in zip(sorted(parameters), sorted(grads)):
        parameters[key] = parameters[key] - learning_rate * grads[dkey]
    return parameters


def numpy_functions(parameters, grads, learning_rate):
    for key in parameters.keys():
        parameters[key] = np.subtract(parameters[key], np.multiply(learning_rate, grads["d" + key]))
    return parameters


def added_negative(parameters, grads, learning_rate):
    for key in parameters:
        parameters[key] = parameters[key] + (-learning_rate) * grads["d" + key]
    return parameters


def out_argument(parameters, grads, learning_rate):
    for key, value in parameters.items():
        np.subtract(value, learning_rate * grads["d" + key], out=value)
    return parameters


def slice_assigned(parameters, grads, learning_rate):
    for key in parameters:
        parameters[key][:] = parameters[key] - learning_rate * grads["d" + key]
    return parameters


def while_loop(parameters, grads, learning_rate):
    l = 1
    while "W%d" % l in parameters:
        for kind in "Wb":
            parameters["%s%d" % (kind, l)] = parameters["%s%d" % (kind, l)] - learning_rate * grads["d%s%d" % (kind, l)]
        l += 1
    return parameters


def inner_helper(parameters, grads, learning_rate):
    def step(w, dw):
        return w - learning_rate * dw

    return {key: step(parameters[key], grads["d" + key]) for key in parameters}


def mapped(parameters, grads, learning_rate):
    keys = list(parameters)
    moved = map(lambda key: parameters[key] - learning_rate * grads["d" + key], keys)
    return dict(zip(keys, moved))


def reduced(parameters, grads, learning_rate):
    move = lambda new, key: {**new, key: parameters[key] - learning_rate * grads["d" + key]}
    return reduce(move, parameters, {})


def element_loops(parameters, grads, learning_rate):
    for key in parameters:
        rows, columns = parameters[key].shape
        for i in range(rows):
            for j in range(columns):
                parameters[key][i, j] -= learning_rate * grads["d" + key][i, j]
    return parameters


def from_gradient_keys(parameters, grads, learning_rate):
    for name, gradient in grads.items():
        parameters[name[1:]] = parameters[name[1:]] - learning_rate * gradient
    return parameters


def typed(parameters: dict, grads: dict, learning_rate: float = 0.1) -> dict:
    """My docstring, with a default of mine."""
    for key, gradient in ((key, grads["d" + key]) for key in parameters):
        parameters[key] = parameters[key] - learning_rate * gradient
    return parameters


def chatty(parameters, grads, learning_rate):
    for key in parameters:
        print(key, parameters[key].shape)
        parameters[key] = parameters[key] - learning_rate * grads["d" + key]
    print("done")
    return parameters


def single_precision(parameters, grads, learning_rate):
    rate = np.asarray(learning_rate)
    return {key: (value - rate * grads["d" + key]).astype(value.dtype) for key, value in parameters.items()}


def layers_backwards(parameters, grads, learning_rate):
    for l in reversed(range(1, len(parameters) // 2 + 1)):
        for key in ("b" + str(l), "W" + str(l)):
            parameters[key] = parameters[key] - learning_rate * grads["d" + key]
    return parameters


def updated_dict(parameters, grads, learning_rate):
    parameters.update({k: w - learning_rate * grads["d" + k] for k, w in parameters.items()})
    return parameters


def extra_keys_kept(parameters, grads, learning_rate):
    new = {key: value - learning_rate * grads["d" + key] for key, value in parameters.items()}
    new["learning_rate"] = learning_rate
    return new


def flattened(parameters, grads, learning_rate):
    new = {}
    for key, value in parameters.items():
        flat = value.ravel() - learning_rate * grads["d" + key].ravel()
        new[key] = flat.reshape(value.shape)
    return new


def two_loops(parameters, grads, learning_rate):
    L = len(parameters) // 2
    for l in range(1, L + 1):
        parameters["W" + str(l)] = parameters["W" + str(l)] - learning_rate * grads["dW" + str(l)]
    for l in range(1, L + 1):
        parameters["b" + str(l)] = parameters["b" + str(l)] - learning_rate * grads["db" + str(l)]
    return parameters


class _Descent:
    def __init__(self, rate):
        self.rate = rate

    def __call__(self, w, dw):
        return w - self.rate * dw


def class_behind(parameters, grads, learning_rate):
    step = _Descent(learning_rate)
    return {key: step(parameters[key], grads["d" + key]) for key in parameters}
