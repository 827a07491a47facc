"""Wrong twice: gradient descent climbs, and the velocity starts as plain numbers."""

from ben import *


def update_parameters_with_gd(parameters, grads, learning_rate):
    for key in parameters:
        parameters[key] = parameters[key] + learning_rate * grads["d" + key]
    return parameters


def initialize_velocity(parameters):
    return {"d" + key: 0.0 for key in parameters}


def initialize_adam(parameters):
    zeros = {"d" + key: np.zeros_like(value) for key, value in parameters.items()}
    return zeros, {key: value.copy() for key, value in zeros.items()}
