"""Right solutions as different students write them; each public name is one."""

import copy

import numpy as np


def textbook(parameters):
    L = len(parameters) // 2
    v = {}
    for l in range(L):
        v["dW" + str(l + 1)] = np.zeros((parameters["W" + str(l + 1)].shape[0], parameters["W" + str(l + 1)].shape[1]))
        v["db" + str(l + 1)] = np.zeros((parameters["b" + str(l + 1)].shape[0], parameters["b" + str(l + 1)].shape[1]))
    return v


def shape_of_each(parameters):
    L = len(parameters) // 2
    v = {}
    for l in range(1, L + 1):
        v["dW" + str(l)] = np.zeros(parameters["W" + str(l)].shape)
        v["db" + str(l)] = np.zeros(parameters["b" + str(l)].shape)
    return v


def zeros_like(parameters):
    v = dict()
    for l in range(1, len(parameters) // 2 + 1):
        for kind in ("W", "b"):
            v[f"d{kind}{l}"] = np.zeros_like(parameters[f"{kind}{l}"])
    return v


def comprehension(parameters):
    return {"d" + key: np.zeros_like(value) for key, value in parameters.items()}


def zero_times(parameters):
    return {f"d{key}": 0 * value for key, value in parameters.items()}


def subtracted_from_itself(parameters):
    v = {}
    for key in parameters:
        v["d" + key] = parameters[key] - parameters[key]
    return v


def filled_copies(parameters):
    v = {}
    for key, value in parameters.items():
        fresh = value.copy()
        fresh.fill(0)
        v["d" + key] = fresh
    return v


def full(parameters):
    return {"d" + key: np.full(np.shape(value), 0.0) for key, value in parameters.items()}


def full_like(parameters):
    return {"d" + key: np.full_like(value, 0) for key, value in sorted(parameters.items())}


def zipped(parameters):
    names = ["d" + key for key in parameters]
    arrays = [np.zeros(value.shape) for value in parameters.values()]
    return dict(zip(names, arrays))


def generator(parameters):
    return dict(("d" + key, np.zeros(parameters[key].shape)) for key in sorted(parameters))


def deep_copy(parameters):
    v = {"d" + key: value for key, value in copy.deepcopy(parameters).items()}
    for key in v:
        v[key][...] = 0
    return v


def multiplied_in_place(parameters):
    v = {}
    for key in parameters:
        v["d" + key] = np.array(parameters[key])
        v["d" + key] *= 0
    return v


def mapped(parameters):
    return dict(map(lambda item: ("d" + item[0], np.zeros(item[1].shape)), parameters.items()))


def two_loops(parameters):
    L = len(parameters) // 2
    v = {"dW%d" % l: np.zeros(parameters["W%d" % l].shape) for l in range(1, L + 1)}
    v.update({"db%d" % l: np.zeros(parameters["b%d" % l].shape) for l in range(1, L + 1)})
    return v


def while_loop(parameters):
    v, l = {}, 1
    while f"W{l}" in parameters:
        v[f"dW{l}"] = np.zeros(parameters[f"W{l}"].shape)
        v[f"db{l}"] = np.zeros(parameters[f"b{l}"].shape)
        l = l + 1
    return v


def tile(parameters):
    return {"d" + key: np.tile(0.0, value.shape) for key, value in parameters.items()}


def ones_minus_ones(parameters):
    v = {}
    for key, value in parameters.items():
        v["d" + key] = np.ones(value.shape) - np.ones(value.shape)
    return v


def inner_helper(parameters):
    def nothing(key):
        rows, columns = parameters[key].shape
        return np.zeros((rows, columns))

    return {"d" + key: nothing(key) for key in parameters}


def nested_lists(parameters):
    v = {}
    for key, value in parameters.items():
        v["d" + key] = np.array([[0.0 for _ in row] for row in value])
    return v


def setdefault(parameters):
    v = {}
    for key, value in parameters.items():
        v.setdefault("d" + key, np.zeros(value.shape, dtype=value.dtype))
    return v


def column_order(parameters):
    return {"d" + key: np.zeros(value.shape, order="F") for key, value in parameters.items()}


def typed(parameters: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """My docstring."""
    v: dict[str, np.ndarray] = {}
    for name in parameters.keys():
        v["d{}".format(name)] = np.zeros(parameters[name].shape, dtype=float)
    return v


def chatty(parameters):
    v = {}
    for key in parameters:
        v["d" + key] = np.zeros(parameters[key].shape)
        print(key, "->", v["d" + key].shape)
    return v


def extra_keys_kept(parameters):
    v = {"d" + key: np.zeros_like(value) for key, value in parameters.items()}
    v["layers"] = len(parameters) // 2
    return v


def _zeros(array):
    return np.zeros(array.shape)


def with_helper(parameters):
    return {"d" + key: _zeros(parameters[key]) for key in list(parameters)[::-1]}
