"""Right solutions as different students write them; each public name is one."""

import math

import numpy as np


def textbook(x, theta, epsilon=1e-7):
    thetaplus = theta + epsilon
    thetaminus = theta - epsilon
    J_plus = forward_propagation(x, thetaplus)
    J_minus = forward_propagation(x, thetaminus)
    gradapprox = (J_plus - J_minus) / (2 * epsilon)
    grad = backward_propagation(x, theta)
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    difference = numerator / denominator
    if difference < 1e-7:
        print("The gradient is correct!")
    else:
        print("The gradient is wrong!")
    return difference


def absolute_values(x, theta, epsilon=1e-7):
    slope = (forward_propagation(x, theta + epsilon) - forward_propagation(x, theta - epsilon)) / (2 * epsilon)
    grad = backward_propagation(x, theta)
    return abs(grad - slope) / (abs(grad) + abs(slope))


def divided_twice(x, theta, epsilon=1e-7):
    rise = forward_propagation(x, theta + epsilon) - forward_propagation(x, theta - epsilon)
    approx = rise / 2 / epsilon
    grad = backward_propagation(x, theta)
    return np.abs(approx - grad) / (np.abs(approx) + np.abs(grad))


def two_one_sided_means(x, theta, epsilon=1e-7):
    middle = forward_propagation(x, theta)
    up = (forward_propagation(x, theta + epsilon) - middle) / epsilon
    down = (middle - forward_propagation(x, theta - epsilon)) / epsilon
    approx = (up + down) / 2
    grad = backward_propagation(x, theta)
    return np.linalg.norm(grad - approx) / (np.linalg.norm(grad) + np.linalg.norm(approx))


def loop_over_signs(x, theta, epsilon=1e-7):
    approx = sum(sign * forward_propagation(x, theta + sign * epsilon) for sign in (1, -1)) / (2 * epsilon)
    grad = backward_propagation(x, theta)
    return math.fabs(grad - approx) / (math.fabs(grad) + math.fabs(approx))


def arrays_of_one(x, theta, epsilon=1e-7):
    approx = np.array([(forward_propagation(x, theta + epsilon) - forward_propagation(x, theta - epsilon)) / (2 * epsilon)])
    grad = np.array([backward_propagation(x, theta)])
    return np.linalg.norm(grad - approx) / (np.linalg.norm(grad) + np.linalg.norm(approx))


def by_names(x, theta, epsilon=1e-7):
    J_plus = forward_propagation(x=x, theta=theta + epsilon)
    J_minus = forward_propagation(x=x, theta=theta - epsilon)
    gradapprox = 0.5 * (J_plus - J_minus) / epsilon
    grad = backward_propagation(x=x, theta=theta)
    return float(np.linalg.norm(gradapprox - grad) / (np.linalg.norm(gradapprox) + np.linalg.norm(grad)))


def roots_of_squares(x, theta, epsilon=1e-7):
    g = (forward_propagation(x, theta + epsilon) - forward_propagation(x, theta - epsilon)) / (2.0 * epsilon)
    d = backward_propagation(x, theta)
    return np.sqrt((d - g) ** 2) / (np.sqrt(d**2) + np.sqrt(g**2))


def multiplied_by_inverse(x, theta, epsilon=1e-7):
    half = 1 / (2 * epsilon)
    g = half * forward_propagation(x, theta + epsilon) - half * forward_propagation(x, theta - epsilon)
    d = backward_propagation(x, theta)
    return np.linalg.norm(d - g) / (np.linalg.norm(d) + np.linalg.norm(g))


def difference_of_places(x, theta, epsilon=1e-7):
    places = np.array([theta - epsilon, theta + epsilon])
    costs = np.array([forward_propagation(x, place) for place in places])
    g = np.diff(costs)[0] / (2 * epsilon)
    d = backward_propagation(x, theta)
    return np.abs(np.subtract(d, g)) / np.add(np.abs(d), np.abs(g))


def guarded(x, theta, epsilon=1e-7):
    g = (forward_propagation(x, theta + epsilon) - forward_propagation(x, theta - epsilon)) / (2 * epsilon)
    d = backward_propagation(x, theta)
    lengths = np.linalg.norm(d) + np.linalg.norm(g)
    return 0.0 if lengths == 0 else np.linalg.norm(d - g) / lengths


def _slope(function, place, step):
    return (function(place + step) - function(place - step)) / (2 * step)


def helper(x, theta, epsilon=1e-7):
    g = _slope(lambda place: forward_propagation(x, place), theta, epsilon)
    d = backward_propagation(x, theta)
    return np.linalg.norm(d - g) / (np.linalg.norm(d) + np.linalg.norm(g))
