"""Whole numbers, biases drawn too, and the last layer forgotten."""


def initialize_parameters_zeros(layers_dims):
    return {
        f"{kind}{l}": np.zeros((layers_dims[l], layers_dims[l - 1] if kind == "W" else 1), dtype=int)
        for l in range(1, len(layers_dims))
        for kind in "Wb"
    }


def initialize_parameters_random(layers_dims):
    np.random.seed(3)
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters[f"W{l}"] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * 10
        parameters[f"b{l}"] = np.random.randn(layers_dims[l], 1)
    return parameters


def initialize_parameters_he(layers_dims):
    np.random.seed(3)
    L = len(layers_dims) - 1
    parameters = {}
    for l in range(1, L):
        scale = np.sqrt(2 / layers_dims[l - 1])
        parameters[f"W{l}"] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * scale
        parameters[f"b{l}"] = np.zeros((layers_dims[l], 1))
    return parameters
