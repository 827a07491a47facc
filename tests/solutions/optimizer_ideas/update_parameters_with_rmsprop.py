"""Right solutions as different students write them; each public name is one."""

import numpy as np


def textbook(parameters, grads, s, beta, learning_rate, epsilon):
    L = len(parameters) // 2
    for l in range(1, L + 1):
        s["dW" + str(l)] = beta * s["dW" + str(l)] + (1 - beta) * np.power(grads["dW" + str(l)], 2)
        s["db" + str(l)] = beta * s["db" + str(l)] + (1 - beta) * np.power(grads["db" + str(l)], 2)
        parameters["W" + str(l)] = parameters["W" + str(l)] - learning_rate * grads["dW" + str(l)] / (np.sqrt(s["dW" + str(l)]) + epsilon)
        parameters["b" + str(l)] = parameters["b" + str(l)] - learning_rate * grads["db" + str(l)] / (np.sqrt(s["db" + str(l)]) + epsilon)
    return parameters, s


def from_zero(parameters, grads, s, beta, learning_rate, epsilon):
    L = len(parameters) // 2
    for l in range(L):
        for kind in "Wb":
            key = kind + str(l + 1)
            s["d" + key] = beta * s["d" + key] + (1 - beta) * grads["d" + key] ** 2
            parameters[key] = parameters[key] - learning_rate * grads["d" + key] / (s["d" + key] ** 0.5 + epsilon)
    return parameters, s


def over_the_keys(parameters, grads, s, beta, learning_rate, epsilon):
    for key in parameters:
        g = grads[f"d{key}"]
        s[f"d{key}"] = beta * s[f"d{key}"] + (1 - beta) * g * g
        parameters[key] = parameters[key] - learning_rate * (g / (np.sqrt(s[f"d{key}"]) + epsilon))
    return parameters, s


def new_dicts(parameters, grads, s, beta, learning_rate, epsilon):
    s = {key: beta * s[key] + (1 - beta) * np.square(grads[key]) for key in grads}
    moved = {
        key: value - learning_rate * grads["d" + key] / (np.sqrt(s["d" + key]) + epsilon)
        for key, value in parameters.items()
    }
    return moved, s


def two_loops(parameters, grads, s, beta, learning_rate, epsilon):
    for key in grads:
        s[key] = beta * s[key] + (1 - beta) * grads[key] ** 2
    for key in grads:
        rate = learning_rate / (np.sqrt(s[key]) + epsilon)
        parameters[key[1:]] = parameters[key[1:]] - rate * grads[key]
    return parameters, s


def in_place(parameters, grads, s, beta, learning_rate, epsilon):
    for key, value in parameters.items():
        s["d" + key] *= beta
        s["d" + key] += (1 - beta) * grads["d" + key] ** 2
        value -= learning_rate * grads["d" + key] / (np.sqrt(s["d" + key]) + epsilon)
    return parameters, s


def small_step_of_s(parameters, grads, s, beta, learning_rate, epsilon):
    for l in range(1, len(parameters) // 2 + 1):
        for key in ("W%d" % l, "b%d" % l):
            g, old = grads["d" + key], s["d" + key]
            s["d" + key] = old + (1 - beta) * (g**2 - old)
            parameters[key] = parameters[key] - learning_rate * g / (np.sqrt(s["d" + key]) + epsilon)
    return parameters, s


def _one(w, g, s, beta, rate, epsilon):
    s = beta * s + (1 - beta) * g**2
    return w - rate * g / (np.sqrt(s) + epsilon), s


def helper(parameters, grads, s, beta, learning_rate, epsilon):
    for key in list(parameters):
        parameters[key], s["d" + key] = _one(parameters[key], grads["d" + key], s["d" + key], beta, learning_rate, epsilon)
    return parameters, s


def while_loop(parameters, grads, s, beta, learning_rate, epsilon):
    l = 1
    while f"W{l}" in parameters:
        for kind in ("W", "b"):
            d = f"d{kind}{l}"
            s[d] = beta * s[d] + (1 - beta) * grads[d] ** 2
            root = np.sqrt(s[d])
            parameters[f"{kind}{l}"] = parameters[f"{kind}{l}"] - learning_rate * grads[d] / (root + epsilon)
        l += 1
    return parameters, s


def copies(parameters, grads, s, beta, learning_rate, epsilon):
    parameters, s = dict(parameters), dict(s)
    for key in parameters:
        s["d" + key] = np.add(beta * s["d" + key], (1 - beta) * np.square(grads["d" + key]))
        parameters[key] = np.subtract(parameters[key], learning_rate * np.divide(grads["d" + key], np.sqrt(s["d" + key]) + epsilon))
    return parameters, s


def list_returned(parameters, grads, s, beta, learning_rate, epsilon):
    for key in sorted(parameters, reverse=True):
        gradient = grads["d" + key]
        s["d" + key] = beta * s["d" + key] + (1 - beta) * gradient**2
        parameters[key] = parameters[key] + (-learning_rate) * gradient / (epsilon + np.sqrt(s["d" + key]))
    return [parameters, s]
