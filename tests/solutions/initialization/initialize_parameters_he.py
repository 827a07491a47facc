"""Right solutions as different students write them; each public name is one."""

import math

import numpy as np


def textbook(layers_dims):
    np.random.seed(3)
    parameters = {}
    L = len(layers_dims)
    for l in range(1, L):
        parameters['W' + str(l)] = np.random.randn(layers_dims[l], layers_dims[l-1]) * np.sqrt(2./layers_dims[l-1])
        parameters['b' + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters


def counted_from_zero(layers_dims):
    np.random.seed(3)
    parameters = {}
    for l in range(len(layers_dims) - 1):
        factor = np.sqrt(2) / np.sqrt(layers_dims[l])
        parameters["W" + str(l + 1)] = factor * np.random.randn(layers_dims[l + 1], layers_dims[l])
        parameters["b" + str(l + 1)] = np.zeros((layers_dims[l + 1], 1))
    return parameters


def zipped(layers_dims):
    np.random.seed(3)
    parameters = {}
    for layer, (units, before) in enumerate(zip(layers_dims[1:], layers_dims), start=1):
        parameters[f"W{layer}"] = np.sqrt(2 / before) * np.random.standard_normal((units, before))
        parameters[f"b{layer}"] = np.zeros((units, 1))
    return parameters


def normal_with_scale(layers_dims):
    np.random.seed(3)
    parameters = {}
    for l in range(1, len(layers_dims)):
        n, before = layers_dims[l], layers_dims[l - 1]
        parameters[f"W{l}"] = np.random.normal(loc=0.0, scale=np.sqrt(2 / before), size=(n, before))
        parameters[f"b{l}"] = np.zeros((n, 1))
    return parameters


def generator_of_ones_own(layers_dims):
    rng = np.random.RandomState(3)
    parameters = {}
    for l in range(1, len(layers_dims)):
        n, before = layers_dims[l], layers_dims[l - 1]
        parameters[f"W{l}"] = rng.randn(n, before) * np.sqrt(2 / before)
        parameters[f"b{l}"] = np.zeros((n, 1))
    return parameters


def weights_then_biases(layers_dims):
    np.random.seed(3)
    parameters = {}
    for l in range(1, len(layers_dims)):
        n, before = layers_dims[l], layers_dims[l - 1]
        parameters[f"W{l}"] = np.random.randn(n, before)
        parameters[f"W{l}"] *= np.sqrt(2 / before)
    for l in range(1, len(layers_dims)):
        parameters[f"b{l}"] = np.zeros((layers_dims[l], 1))
    return parameters


def scaled_afterwards(layers_dims):
    np.random.seed(3)
    sizes = list(zip(layers_dims, layers_dims[1:]))
    drawn = [np.random.randn(n, before) for before, n in sizes]
    parameters = {}
    for l, (before, n) in enumerate(sizes):
        parameters["W%d" % (l + 1)] = np.multiply(drawn[l], np.sqrt(2 / before))
        parameters["b%d" % (l + 1)] = np.zeros((n, 1), dtype=float)
    return parameters


def all_drawn_at_once(layers_dims):
    np.random.seed(3)
    sizes = list(zip(layers_dims[1:], layers_dims[:-1]))
    numbers = np.random.randn(sum(n * before for n, before in sizes))
    parameters, start = {}, 0
    for l, (n, before) in enumerate(sizes, 1):
        parameters[f"W{l}"] = numbers[start : start + n * before].reshape(n, before) * np.sqrt(2 / before)
        parameters[f"b{l}"] = np.zeros((n, 1))
        start += n * before
    return parameters


def number_by_number(layers_dims):
    np.random.seed(3)
    parameters = {}
    for l in range(1, len(layers_dims)):
        n, before = layers_dims[l], layers_dims[l - 1]
        W = np.zeros((n, before))
        for i in range(n):
            for j in range(before):
                W[i, j] = np.random.randn() * np.sqrt(2 / before)
        parameters["W" + str(l)] = W
        parameters["b" + str(l)] = np.zeros((n, 1))
    return parameters


def row_by_row(layers_dims):
    np.random.seed(3)
    parameters = {}
    for l in range(1, len(layers_dims)):
        n, before = layers_dims[l], layers_dims[l - 1]
        parameters["W" + str(l)] = np.vstack([np.random.randn(before) * np.sqrt(2 / before) for _ in range(n)])
        parameters["b" + str(l)] = np.zeros(n).reshape(-1, 1)
    return parameters


def helper_inside(layers_dims):
    def layer(n, before):
        return np.random.randn(n, before) * np.sqrt(2 / before), np.zeros((n, 1))

    np.random.seed(3)
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters[f"W{l}"], parameters[f"b{l}"] = layer(layers_dims[l], layers_dims[l - 1])
    return parameters


def updated(layers_dims):
    np.random.seed(seed=3)
    parameters = {}
    l = 1
    while l <= len(layers_dims) - 1:
        n, before = layers_dims[l], layers_dims[l - 1]
        parameters.update({f"W{l}": np.sqrt(2 / before) * np.random.randn(n, before), f"b{l}": 0.0 * np.ones((n, 1))})
        l = l + 1
    return parameters


def power_of_one_half(layers_dims):
    np.random.seed(3)
    parameters = {}
    for l in range(1, len(layers_dims)):
        n, before = layers_dims[l], layers_dims[l - 1]
        parameters[f"W{l}"] = np.random.randn(n, before) * math.pow(2 / before, 0.5)
        parameters[f"b{l}"] = np.zeros((n, 1))
    return parameters


def divided_by_the_root_of_half(layers_dims):
    np.random.seed(3)
    parameters = {}
    for l in range(1, len(layers_dims)):
        n, before = layers_dims[l], layers_dims[l - 1]
        parameters[f"W{l}"] = np.random.randn(n, before) / np.sqrt(before / 2)
        parameters[f"b{l}"] = np.zeros((n, 1))
    return parameters
