"""More right solutions of the same exercise; each public name is one."""

import copy
import math

import numpy as np


def math_functions(parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8):
    first, second = 1 - math.pow(beta1, t), 1 - math.pow(beta2, t)
    for key in sorted(parameters):
        v["d" + key] = beta1 * v["d" + key] + (1 - beta1) * grads["d" + key]
        s["d" + key] = beta2 * s["d" + key] + (1 - beta2) * grads["d" + key] ** 2
        parameters[key] = parameters[key] - learning_rate * (v["d" + key] / first) / (np.sqrt(s["d" + key] / second) + epsilon)
    return parameters, v, s


def element_loops(parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8):
    for key, w in parameters.items():
        g, moment, square = grads["d" + key], v["d" + key], s["d" + key]
        for i, j in np.ndindex(*w.shape):
            moment[i, j] = beta1 * moment[i, j] + (1 - beta1) * g[i, j]
            square[i, j] = beta2 * square[i, j] + (1 - beta2) * g[i, j] ** 2
            w[i, j] -= learning_rate * (moment[i, j] / (1 - beta1**t)) / (math.sqrt(square[i, j] / (1 - beta2**t)) + epsilon)
    return parameters, v, s


def deep_copies(parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8):
    parameters, v, s = copy.deepcopy((parameters, v, s))
    for key in parameters:
        v["d" + key] = beta1 * v["d" + key] + (1 - beta1) * grads["d" + key]
        s["d" + key] = beta2 * s["d" + key] + (1 - beta2) * grads["d" + key] ** 2
        v_hat = v["d" + key] / (1 - beta1**t)
        s_hat = s["d" + key] / (1 - beta2**t)
        parameters[key] -= learning_rate * v_hat / (s_hat**0.5 + epsilon)
    return parameters, v, s


def zipped(parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8):
    for key, name in zip(sorted(parameters), sorted(grads)):
        g = grads[name]
        v[name], s[name] = beta1 * v[name] + (1 - beta1) * g, beta2 * s[name] + (1 - beta2) * g * g
        v_hat, s_hat = v[name] / (1 - beta1**t), s[name] / (1 - beta2**t)
        parameters[key] = parameters[key] - learning_rate * v_hat / (np.sqrt(s_hat) + epsilon)
    return parameters, v, s


def list_returned(parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8):
    v = {k: (1 - beta1) * g + beta1 * v[k] for k, g in grads.items()}
    s = {k: (1 - beta2) * g**2 + beta2 * s[k] for k, g in grads.items()}
    a, b = 1 - beta1**t, 1 - beta2**t
    moved = {k: w - learning_rate * v["d" + k] / a / (np.sqrt(s["d" + k] / b) + epsilon) for k, w in parameters.items()}
    return [moved, v, s]


def multiplied_by_inverse(parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8):
    for key in parameters:
        g = grads["d" + key]
        v["d" + key] = beta1 * v["d" + key] + g - beta1 * g
        s["d" + key] = beta2 * s["d" + key] + g**2 - beta2 * g**2
        v_hat = v["d" + key] * (1 / (1 - beta1**t))
        s_hat = s["d" + key] * (1 / (1 - beta2**t))
        parameters[key] = parameters[key] - learning_rate * v_hat * (np.sqrt(s_hat) + epsilon) ** -1
    return parameters, v, s


def absolute_square(parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8):
    for key in parameters:
        size = np.abs(grads["d" + key])
        v["d" + key] = beta1 * v["d" + key] + (1 - beta1) * grads["d" + key]
        s["d" + key] = beta2 * s["d" + key] + (1 - beta2) * size**2
        denominator = np.power(s["d" + key] / (1 - beta2**t), 0.5) + epsilon
        parameters[key] = parameters[key] - learning_rate * v["d" + key] / ((1 - beta1**t) * denominator)
    return parameters, v, s


def layers_backwards(parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8):
    for l in range(len(parameters) // 2, 0, -1):
        for kind in ("b", "W"):
            key, d = kind + str(l), "d" + kind + str(l)
            v[d] = beta1 * v[d] + (1 - beta1) * grads[d]
            s[d] = beta2 * s[d] + (1 - beta2) * grads[d] ** 2
            v_hat = v[d] / (1 - beta1**t)
            s_hat = s[d] / (1 - beta2**t)
            parameters[key] = parameters[key] - learning_rate * v_hat / (np.sqrt(s_hat) + epsilon)
    return parameters, v, s


def typed(
    parameters: dict, grads: dict, v: dict, s: dict, t: int = 1, learning_rate: float = 0.01,
    beta1: float = 0.9, beta2: float = 0.999, epsilon: float = 1e-8,
) -> tuple[dict, dict, dict]:
    """My docstring, with a default of mine."""
    for key, gradient in grads.items():
        v[key] = beta1 * v[key] + (1 - beta1) * gradient
        s[key] = beta2 * s[key] + (1 - beta2) * gradient**2
        step = v[key] / (1 - beta1**t) / (np.sqrt(s[key] / (1 - beta2**t)) + epsilon)
        parameters[key[1:]] = parameters[key[1:]] - learning_rate * step
    return parameters, v, s


def chatty(parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8):
    for key in parameters:
        v["d" + key] = beta1 * v["d" + key] + (1 - beta1) * grads["d" + key]
        s["d" + key] = beta2 * s["d" + key] + (1 - beta2) * grads["d" + key] ** 2
        v_hat = v["d" + key] / (1 - beta1**t)
        s_hat = s["d" + key] / (1 - beta2**t)
        print(t, key, float(np.mean(v_hat)))
        parameters[key] = parameters[key] - learning_rate * v_hat / (np.sqrt(s_hat) + epsilon)
    return parameters, v, s


class _Adam:
    def __init__(self, t, beta1, beta2, epsilon):
        self.t, self.beta1, self.beta2, self.epsilon = t, beta1, beta2, epsilon

    def step(self, g, v, s):
        v = self.beta1 * v + (1 - self.beta1) * g
        s = self.beta2 * s + (1 - self.beta2) * g**2
        v_hat, s_hat = v / (1 - self.beta1**self.t), s / (1 - self.beta2**self.t)
        return v_hat / (np.sqrt(s_hat) + self.epsilon), v, s


def class_behind(parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8):
    adam = _Adam(t, beta1, beta2, epsilon)
    for key in parameters:
        step, v["d" + key], s["d" + key] = adam.step(grads["d" + key], v["d" + key], s["d" + key])
        parameters[key] = parameters[key] - learning_rate * step
    return parameters, v, s


def extra_keys_kept(parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8):
    for key in parameters:
        v["d" + key] = beta1 * v["d" + key] + (1 - beta1) * grads["d" + key]
        s["d" + key] = beta2 * s["d" + key] + (1 - beta2) * grads["d" + key] ** 2
        v_hat, s_hat = v["d" + key] / (1 - beta1**t), s["d" + key] / (1 - beta2**t)
        parameters[key] = parameters[key] - learning_rate * v_hat / (np.sqrt(s_hat) + epsilon)
    v["t"] = t
    return parameters, v, s


def _average(old, new, share):
    return {key: share * old[key] + (1 - share) * new[key] for key in old}


def with_helper(parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8):
    v = _average(v, grads, beta1)
    s = _average(s, {key: g**2 for key, g in grads.items()}, beta2)
    for key in parameters:
        v_hat, s_hat = v["d" + key] / (1 - beta1**t), s["d" + key] / (1 - beta2**t)
        parameters[key] = parameters[key] - learning_rate * v_hat / (np.sqrt(s_hat) + epsilon)
    return parameters, v, s
