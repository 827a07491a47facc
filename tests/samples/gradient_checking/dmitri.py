"""Partly right: one parameter is done, the network is not begun."""


def forward_propagation(x, theta):
    return x * theta


def backward_propagation(x, theta):
    return x


def gradient_check(x, theta, epsilon=1e-7):
    gradapprox = (x * (theta + epsilon) - x * (theta - epsilon)) / (2 * epsilon)
    grad = x
    return abs(grad - gradapprox) / (abs(grad) + abs(gradapprox))
