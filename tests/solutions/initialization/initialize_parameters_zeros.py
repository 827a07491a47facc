"""Right solutions as different students write them; each public name is one."""

import numpy as np


def textbook(layers_dims):
    parameters = {}
    L = len(layers_dims)
    for l in range(1, L):
        parameters['W' + str(l)] = np.zeros((layers_dims[l], layers_dims[l-1]))
        parameters['b' + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters


def counted_from_zero(layers_dims):
    parameters = {}
    for l in range(len(layers_dims) - 1):
        parameters["W" + str(l + 1)] = np.zeros((layers_dims[l + 1], layers_dims[l]))
        parameters["b" + str(l + 1)] = np.zeros((layers_dims[l + 1], 1))
    return parameters


def zipped(layers_dims):
    pairs = zip(layers_dims[1:], layers_dims)
    parameters = {}
    for layer, (units, before) in enumerate(pairs, start=1):
        parameters[f"W{layer}"] = np.zeros((units, before))
        parameters[f"b{layer}"] = np.zeros((units, 1))
    return parameters


def weights_then_biases(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters[f"W{l}"] = np.zeros(shape=(layers_dims[l], layers_dims[l - 1]), dtype=float)
    for l in range(1, len(layers_dims)):
        parameters[f"b{l}"] = np.zeros(shape=(layers_dims[l], 1), dtype=np.float64)
    return parameters


def comprehension(layers_dims):
    L = len(layers_dims) - 1
    W = {f"W{l}": np.zeros((layers_dims[l], layers_dims[l - 1])) for l in range(1, L + 1)}
    b = {f"b{l}": np.zeros((layers_dims[l], 1)) for l in range(1, L + 1)}
    return {**W, **b}


def while_loop(layers_dims):
    parameters = dict()
    l = 1
    while l < len(layers_dims):
        parameters["W%d" % l] = np.zeros([layers_dims[l], layers_dims[l - 1]])
        parameters["b%d" % l] = np.zeros([layers_dims[l], 1])
        l += 1
    return parameters


def zero_times_random(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters[f"W{l}"] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * 0
        parameters[f"b{l}"] = np.random.rand(layers_dims[l], 1) * 0.0
    return parameters


def full(layers_dims):
    return {
        key: array
        for l in range(1, len(layers_dims))
        for key, array in (
            (f"W{l}", np.full((layers_dims[l], layers_dims[l - 1]), 0.0)),
            (f"b{l}", np.full((layers_dims[l], 1), 0.0)),
        )
    }


def lists_made_arrays(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters[f"W{l}"] = np.array([[0.0] * layers_dims[l - 1] for _ in range(layers_dims[l])])
        parameters[f"b{l}"] = np.array([[0.0] for _ in range(layers_dims[l])])
    return parameters


def updated(layers_dims):
    parameters = {}
    for l, n in enumerate(layers_dims[1:], 1):
        parameters.update({"W" + str(l): np.zeros((n, layers_dims[l - 1])), "b" + str(l): np.zeros((n, 1))})
    return parameters


def single_precision(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters[f"W{l}"] = np.zeros((layers_dims[l], layers_dims[l - 1]), np.float32)
        parameters[f"b{l}"] = np.zeros((layers_dims[l], 1), np.float32)
    return parameters


def biases_from_weights(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        W = np.zeros((layers_dims[l], layers_dims[l - 1]))
        parameters[f"W{l}"] = W
        parameters[f"b{l}"] = W.sum(axis=1, keepdims=True)
    return parameters


def list_copied_and_used_up(layers_dims):
    sizes = list(layers_dims)
    parameters = {}
    before = sizes.pop(0)
    l = 0
    while sizes:
        l += 1
        n = sizes.pop(0)
        parameters[f"W{l}"], parameters[f"b{l}"] = np.zeros((n, before)), np.zeros((n, 1))
        before = n
    return parameters
