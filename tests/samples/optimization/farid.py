"""Wrong in momentum only: the two weights of the average are exchanged."""

from ben import *


def update_parameters_with_momentum(parameters, grads, v, beta, learning_rate):
    for key in parameters:
        v["d" + key] = (1 - beta) * v["d" + key] + beta * grads["d" + key]
        parameters[key] = parameters[key] - learning_rate * v["d" + key]
    return parameters, v
