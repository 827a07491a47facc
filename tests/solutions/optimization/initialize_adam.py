"""Right solutions as different students write them; each public name is one."""

import copy

import numpy as np


def textbook(parameters):
    L = len(parameters) // 2
    v = {}
    s = {}
    for l in range(L):
        v["dW" + str(l + 1)] = np.zeros(parameters["W" + str(l + 1)].shape)
        v["db" + str(l + 1)] = np.zeros(parameters["b" + str(l + 1)].shape)
        s["dW" + str(l + 1)] = np.zeros(parameters["W" + str(l + 1)].shape)
        s["db" + str(l + 1)] = np.zeros(parameters["b" + str(l + 1)].shape)
    return v, s


def zeros_like(parameters):
    v, s = {}, {}
    for l in range(1, len(parameters) // 2 + 1):
        for kind in ("W", "b"):
            v[f"d{kind}{l}"] = np.zeros_like(parameters[f"{kind}{l}"])
            s[f"d{kind}{l}"] = np.zeros_like(parameters[f"{kind}{l}"])
    return v, s


def comprehensions(parameters):
    v = {"d" + key: np.zeros_like(value) for key, value in parameters.items()}
    s = {"d" + key: np.zeros_like(value) for key, value in parameters.items()}
    return v, s


def deep_copied(parameters):
    v = {"d" + key: np.zeros(value.shape) for key, value in parameters.items()}
    return v, copy.deepcopy(v)


def copied_arrays(parameters):
    v = {"d" + key: 0 * value for key, value in parameters.items()}
    s = {key: value.copy() for key, value in v.items()}
    return v, s


def numpy_copies(parameters):
    v = {}
    for key in parameters:
        v["d" + key] = np.zeros(np.shape(parameters[key]))
    return v, {key: np.copy(v[key]) for key in v}


def inner_helper(parameters):
    def zeros():
        return {"d" + key: np.zeros(value.shape) for key, value in parameters.items()}

    return zeros(), zeros()


def tuple_of_generator(parameters):
    return tuple({"d" + key: np.zeros_like(parameters[key]) for key in parameters} for _ in range(2))


def unpacked_list(parameters):
    v, s = [{"d" + k: np.zeros(w.shape) for k, w in parameters.items()} for _ in "vs"]
    return v, s


def list_returned(parameters):
    return [{"d" + k: np.zeros(w.shape) for k, w in parameters.items()} for _ in range(2)]


def from_each_other(parameters):
    v, s = {}, {}
    for key, value in parameters.items():
        v["d" + key] = np.zeros(value.shape)
        s["d" + key] = v["d" + key] + 0.0
    return v, s


def two_loops(parameters):
    L = len(parameters) // 2
    v = {}
    for l in range(1, L + 1):
        v["dW" + str(l)] = np.zeros(parameters["W" + str(l)].shape)
        v["db" + str(l)] = np.zeros(parameters["b" + str(l)].shape)
    s = {}
    for l in range(1, L + 1):
        s["dW" + str(l)] = np.zeros(parameters["W" + str(l)].shape)
        s["db" + str(l)] = np.zeros(parameters["b" + str(l)].shape)
    return v, s


def one_stacked_array(parameters):
    v, s = {}, {}
    for key, value in parameters.items():
        v["d" + key], s["d" + key] = np.zeros((2, *value.shape))
    return v, s


def row_and_column_counts(parameters):
    v, s = {}, {}
    for name in sorted(parameters):
        rows, columns = parameters[name].shape
        v["d" + name] = np.zeros((rows, columns))
        s["d" + name] = np.zeros((rows, columns))
    return (v, s)


def full(parameters):
    make = lambda: {"d" + key: np.full(value.shape, 0.0) for key, value in parameters.items()}
    return make(), make()


def filled(parameters):
    v, s = {}, {}
    for moment in (v, s):
        for key, value in parameters.items():
            moment["d" + key] = np.empty(value.shape)
            moment["d" + key].fill(0.0)
    return v, s


def multiplied(parameters):
    v = {"d" + key: value * 0.0 for key, value in parameters.items()}
    s = {"d" + key: value * 0.0 for key, value in parameters.items()}
    return v, s


def zipped(parameters):
    names = ["d" + key for key in parameters]
    shapes = [value.shape for value in parameters.values()]
    return dict(zip(names, map(np.zeros, shapes))), dict(zip(names, map(np.zeros, shapes)))


def while_loop(parameters):
    v, s, l = {}, {}, 1
    while "W" + str(l) in parameters:
        for moment in (v, s):
            moment["dW" + str(l)] = np.zeros(parameters["W" + str(l)].shape)
            moment["db" + str(l)] = np.zeros(parameters["b" + str(l)].shape)
        l += 1
    return v, s


def updated(parameters):
    v, s = {}, {}
    for key in parameters:
        v.update({"d" + key: np.zeros(parameters[key].shape)})
        s.update({"d" + key: np.zeros(parameters[key].shape)})
    return v, s


def single_precision_kept(parameters):
    v = {"d" + key: np.zeros(value.shape, value.dtype) for key, value in parameters.items()}
    s = {"d" + key: np.zeros(value.shape, value.dtype) for key, value in parameters.items()}
    return v, s


def typed(parameters: dict) -> tuple[dict, dict]:
    """My docstring."""
    v: dict = {}
    s: dict = {}
    for key, value in parameters.items():
        v["d%s" % key] = np.zeros(shape=value.shape)
        s["d%s" % key] = np.zeros(shape=value.shape)
    return v, s


def chatty(parameters):
    v, s = {}, {}
    for key in parameters:
        print("zeros for", key)
        v["d" + key] = np.zeros_like(parameters[key])
        s["d" + key] = np.zeros_like(parameters[key])
    return v, s


class _Moments:
    def __init__(self, parameters):
        self.v = {"d" + key: np.zeros(value.shape) for key, value in parameters.items()}
        self.s = {"d" + key: np.zeros(value.shape) for key, value in parameters.items()}


def class_behind(parameters):
    moments = _Moments(parameters)
    return moments.v, moments.s


def extra_keys_kept(parameters):
    v = {"d" + key: np.zeros(value.shape) for key, value in parameters.items()}
    s = {key: np.zeros(value.shape) for key, value in v.items()}
    v["t"] = s["t"] = 0
    return v, s


def _zeros(parameters):
    return {"d" + key: np.zeros_like(value) for key, value in parameters.items()}


def with_helper(parameters):
    return _zeros(parameters), _zeros(parameters)
