"""Right solutions as different students write them; each public name is one."""

import copy

import numpy as np


def textbook(parameters, grads, v, beta, learning_rate):
    L = len(parameters) // 2
    for l in range(L):
        v["dW" + str(l + 1)] = beta * v["dW" + str(l + 1)] + (1 - beta) * grads["dW" + str(l + 1)]
        v["db" + str(l + 1)] = beta * v["db" + str(l + 1)] + (1 - beta) * grads["db" + str(l + 1)]
        parameters["W" + str(l + 1)] = parameters["W" + str(l + 1)] - learning_rate * v["dW" + str(l + 1)]
        parameters["b" + str(l + 1)] = parameters["b" + str(l + 1)] - learning_rate * v["db" + str(l + 1)]
    return parameters, v


def inner_loop(parameters, grads, v, beta, learning_rate):
    for l in range(1, len(parameters) // 2 + 1):
        for key in (f"W{l}", f"b{l}"):
            v["d" + key] = beta * v["d" + key] + (1 - beta) * grads["d" + key]
            parameters[key] = parameters[key] - learning_rate * v["d" + key]
    return parameters, v


def over_keys(parameters, grads, v, beta, learning_rate):
    for key in parameters:
        v["d" + key] = beta * v["d" + key] + (1 - beta) * grads["d" + key]
        parameters[key] -= learning_rate * v["d" + key]
    return parameters, v


def comprehensions(parameters, grads, v, beta, learning_rate):
    v = {key: beta * v[key] + (1 - beta) * grads[key] for key in v}
    return {key: w - learning_rate * v["d" + key] for key, w in parameters.items()}, v


def in_place(parameters, grads, v, beta, learning_rate):
    for key in v:
        v[key] *= beta
        v[key] += (1 - beta) * grads[key]
        parameters[key[1:]] -= learning_rate * v[key]
    return parameters, v


def difference_form(parameters, grads, v, beta, learning_rate):
    for key in parameters:
        v["d" + key] = v["d" + key] + (1 - beta) * (grads["d" + key] - v["d" + key])
        parameters[key] = parameters[key] - learning_rate * v["d" + key]
    return parameters, v


def difference_from_gradient(parameters, grads, v, beta, learning_rate):
    for key in parameters:
        v["d" + key] = grads["d" + key] + beta * (v["d" + key] - grads["d" + key])
        parameters[key] = parameters[key] - v["d" + key] * learning_rate
    return parameters, v


def multiplied_out(parameters, grads, v, beta, learning_rate):
    for key in parameters:
        g = grads["d" + key]
        v["d" + key] = beta * v["d" + key] + g - beta * g
        parameters[key] = parameters[key] - learning_rate * v["d" + key]
    return parameters, v


def numpy_average(parameters, grads, v, beta, learning_rate):
    for key in parameters:
        pair = np.stack([v["d" + key], grads["d" + key]])
        v["d" + key] = np.average(pair, axis=0, weights=[beta, 1 - beta])
        parameters[key] = parameters[key] - learning_rate * v["d" + key]
    return parameters, v


def two_passes(parameters, grads, v, beta, learning_rate):
    for key in v:
        v[key] = beta * v[key] + (1 - beta) * grads[key]
    for key in parameters:
        parameters[key] = parameters[key] - learning_rate * v["d" + key]
    return parameters, v


def new_dicts(parameters, grads, v, beta, learning_rate):
    new_parameters, new_v = {}, {}
    for key in parameters:
        new_v["d" + key] = beta * v["d" + key] + (1 - beta) * grads["d" + key]
        new_parameters[key] = parameters[key] - learning_rate * new_v["d" + key]
    return new_parameters, new_v


def deep_copies(parameters, grads, v, beta, learning_rate):
    parameters, v = copy.deepcopy(parameters), copy.deepcopy(v)
    for key in sorted(parameters):
        v["d" + key] = (1 - beta) * grads["d" + key] + beta * v["d" + key]
        parameters[key] -= learning_rate * v["d" + key]
    return parameters, v


def zipped(parameters, grads, v, beta, learning_rate):
    for key, name in zip(sorted(parameters), sorted(v)):
        v[name] = beta * v[name] + (1 - beta) * grads[name]
        parameters[key] = parameters[key] - learning_rate * v[name]
    return parameters, v


def numpy_functions(parameters, grads, v, beta, learning_rate):
    for key in parameters:
        name = "d" + key
        v[name] = np.add(np.multiply(beta, v[name]), np.multiply(1 - beta, grads[name]))
        parameters[key] = np.subtract(parameters[key], np.multiply(learning_rate, v[name]))
    return parameters, v


def inner_helper(parameters, grads, v, beta, learning_rate):
    def average(old, new):
        return beta * old + (1 - beta) * new

    v = {key: average(v[key], grads[key]) for key in grads}
    parameters = {key: parameters[key] - learning_rate * v["d" + key] for key in parameters}
    return parameters, v


def closure(parameters, grads, v, beta, learning_rate):
    def move(key):
        v["d" + key] = beta * v["d" + key] + (1 - beta) * grads["d" + key]
        parameters[key] = parameters[key] - learning_rate * v["d" + key]

    for key in parameters:
        move(key)
    return parameters, v


def while_loop(parameters, grads, v, beta, learning_rate):
    l = 1
    while f"W{l}" in parameters:
        for kind in "Wb":
            old, gradient = v[f"d{kind}{l}"], grads[f"d{kind}{l}"]
            v[f"d{kind}{l}"] = beta * old + (1.0 - beta) * gradient
            parameters[f"{kind}{l}"] = parameters[f"{kind}{l}"] - learning_rate * v[f"d{kind}{l}"]
        l += 1
    return parameters, v


def slices_assigned(parameters, grads, v, beta, learning_rate):
    for key in parameters:
        v["d" + key][:] = beta * v["d" + key] + (1 - beta) * grads["d" + key]
        parameters[key][:] = parameters[key] - learning_rate * v["d" + key]
    return parameters, v


def out_arguments(parameters, grads, v, beta, learning_rate):
    for key, w in parameters.items():
        velocity = v["d" + key]
        np.multiply(velocity, beta, out=velocity)
        np.add(velocity, (1 - beta) * grads["d" + key], out=velocity)
        np.subtract(w, learning_rate * velocity, out=w)
    return parameters, v


def list_returned(parameters, grads, v, beta, learning_rate):
    v = {key: beta * value + (1 - beta) * grads[key] for key, value in v.items()}
    return [{key: w - learning_rate * v["d" + key] for key, w in parameters.items()}, v]


def fused(parameters, grads, v, beta, learning_rate):
    new = {k: w - learning_rate * (beta * v["d" + k] + (1 - beta) * grads["d" + k]) for k, w in parameters.items()}
    return new, {k: beta * v[k] + (1 - beta) * grads[k] for k in v}


def separate_terms(parameters, grads, v, beta, learning_rate):
    for key in parameters:
        memory = np.asarray(v["d" + key]) * beta
        news = np.asarray(grads["d" + key]) * (1 - beta)
        v["d" + key] = memory + news
        parameters[key] = parameters[key] - learning_rate * memory - learning_rate * news
    return parameters, v


def typed(parameters: dict, grads: dict, v: dict, beta: float = 0.9, learning_rate: float = 0.01):
    """My docstring, with defaults of mine."""
    for key in parameters.keys():
        v["d" + key] = beta * v["d" + key] + (1 - beta) * grads["d" + key]
        parameters.update({key: parameters[key] - learning_rate * v["d" + key]})
    return parameters, v


def chatty(parameters, grads, v, beta, learning_rate):
    for key in parameters:
        print(key, end=" ")
        v["d" + key] = beta * v["d" + key] + (1 - beta) * grads["d" + key]
        parameters[key] = parameters[key] - learning_rate * v["d" + key]
    print(len(parameters))
    return parameters, v


def extra_keys_kept(parameters, grads, v, beta, learning_rate):
    v = {key: beta * v[key] + (1 - beta) * grads[key] for key in v} | {"beta": beta}
    parameters = {key: w - learning_rate * v["d" + key] for key, w in parameters.items()}
    return parameters, v


def _moved(old, new, share):
    return {key: share * old[key] + (1 - share) * new[key] for key in old}


def with_helper(parameters, grads, v, beta, learning_rate):
    v = _moved(v, grads, beta)
    return {k: parameters[k] + -learning_rate * v["d" + k] for k in parameters}, v
