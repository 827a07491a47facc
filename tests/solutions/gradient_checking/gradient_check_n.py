"""Right solutions as different students write them; each public name is one."""

import copy
import math

import numpy as np
from gc_utils import dictionary_to_vector, gradients_to_vector, vector_to_dictionary


def textbook(parameters, gradients, X, Y, epsilon=1e-7):
    parameters_values, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    num_parameters = parameters_values.shape[0]
    J_plus = np.zeros((num_parameters, 1))
    J_minus = np.zeros((num_parameters, 1))
    gradapprox = np.zeros((num_parameters, 1))
    for i in range(num_parameters):
        thetaplus = np.copy(parameters_values)
        thetaplus[i][0] = thetaplus[i][0] + epsilon
        J_plus[i], _ = forward_propagation_n(X, Y, vector_to_dictionary(thetaplus))
        thetaminus = np.copy(parameters_values)
        thetaminus[i][0] = thetaminus[i][0] - epsilon
        J_minus[i], _ = forward_propagation_n(X, Y, vector_to_dictionary(thetaminus))
        gradapprox[i] = (J_plus[i] - J_minus[i]) / (2 * epsilon)
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    difference = numerator / denominator
    if difference > 2e-7:
        print("There is a mistake in the backward propagation! difference = " + str(difference))
    else:
        print("Your backward propagation works perfectly fine! difference = " + str(difference))
    return difference


def quotient_behind_the_loop(parameters, gradients, X, Y, epsilon=1e-7):
    theta, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    J_plus, J_minus = np.zeros_like(theta), np.zeros_like(theta)
    for i in range(theta.size):
        plus, minus = theta.copy(), theta.copy()
        plus[i, 0] += epsilon
        minus[i, 0] -= epsilon
        J_plus[i] = forward_propagation_n(X, Y, vector_to_dictionary(plus))[0]
        J_minus[i] = forward_propagation_n(X, Y, vector_to_dictionary(minus))[0]
    approx = (J_plus - J_minus) / (2 * epsilon)
    return np.linalg.norm(grad - approx) / (np.linalg.norm(grad) + np.linalg.norm(approx))


def moved_in_place_and_back(parameters, gradients, X, Y, epsilon=1e-7):
    theta, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients).ravel()
    approx = []
    for i in range(len(theta)):
        kept = theta[i, 0]
        theta[i, 0] = kept + epsilon
        up = forward_propagation_n(X, Y, vector_to_dictionary(theta))[0]
        theta[i, 0] = kept - epsilon
        down = forward_propagation_n(X, Y, vector_to_dictionary(theta))[0]
        theta[i, 0] = kept
        approx.append((up - down) / (2 * epsilon))
    approx = np.array(approx)
    return np.linalg.norm(grad - approx) / (np.linalg.norm(grad) + np.linalg.norm(approx))


def unit_vectors(parameters, gradients, X, Y, epsilon=1e-7):
    theta = dictionary_to_vector(parameters)[0]
    J = lambda vector: forward_propagation_n(X, Y, vector_to_dictionary(vector))[0]
    steps = [epsilon * unit.reshape(-1, 1) for unit in np.eye(theta.shape[0])]
    approx = np.array([[(J(theta + step) - J(theta - step)) / (2 * epsilon)] for step in steps])
    grad = gradients_to_vector(gradients)
    return np.linalg.norm(approx - grad) / (np.linalg.norm(approx) + np.linalg.norm(grad))


def over_the_arrays(parameters, gradients, X, Y, epsilon=1e-7):
    squares, own, approximate = 0.0, 0.0, 0.0
    for key, array in parameters.items():
        for place in np.ndindex(array.shape):
            moved = copy.deepcopy(parameters)
            moved[key][place] = array[place] + epsilon
            up, _ = forward_propagation_n(X, Y, moved)
            moved[key][place] = array[place] - epsilon
            down, _ = forward_propagation_n(X, Y, moved)
            g, d = (up - down) / (2 * epsilon), gradients["d" + key][place]
            squares, own, approximate = squares + (d - g) ** 2, own + d**2, approximate + g**2
    return math.sqrt(squares) / (math.sqrt(own) + math.sqrt(approximate))


def arrays_moved_in_place(parameters, gradients, X, Y, epsilon=1e-7):
    grads, approx = [], []
    for key in parameters:
        flat = parameters[key].ravel()
        for i in range(flat.size):
            kept = flat[i]
            flat[i] = kept + epsilon
            up = forward_propagation_n(X, Y, parameters)[0]
            flat[i] = kept - epsilon
            down = forward_propagation_n(X, Y, parameters)[0]
            flat[i] = kept
            approx.append((up - down) / epsilon / 2)
        grads.extend(gradients[f"d{key}"].ravel())
    grads, approx = np.array(grads), np.array(approx)
    return np.linalg.norm(grads - approx) / (np.linalg.norm(grads) + np.linalg.norm(approx))


def enumerated(parameters, gradients, X, Y, epsilon=1e-7):
    theta, keys = dictionary_to_vector(parameters)
    gradapprox = np.empty((len(keys), 1))
    for i, value in enumerate(theta):
        costs = []
        for moved in (value + epsilon, value - epsilon):
            vector = np.array(theta)
            vector[i] = moved
            cost, _cache = forward_propagation_n(X, Y, vector_to_dictionary(vector))
            costs.append(cost)
        gradapprox[i] = (costs[0] - costs[1]) * (0.5 / epsilon)
    grad = gradients_to_vector(gradients)
    return np.linalg.norm(grad - gradapprox) / (np.linalg.norm(grad) + np.linalg.norm(gradapprox))


def dot_products(parameters, gradients, X, Y, epsilon=1e-7):
    theta, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    approx = np.zeros(theta.shape)
    for i in range(theta.shape[0]):
        e = np.zeros(theta.shape)
        e[i] = epsilon
        approx[i] = (
            forward_propagation_n(X, Y, vector_to_dictionary(theta + e))[0]
            - forward_propagation_n(X, Y, vector_to_dictionary(theta - e))[0]
        ) / (2 * epsilon)
    off = grad - approx
    length = lambda v: np.sqrt(np.sum(v * v))
    return length(off) / (length(grad) + length(approx))


def two_one_sided(parameters, gradients, X, Y, epsilon=1e-7):
    theta, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    J, _ = forward_propagation_n(X, Y, parameters)
    approx = np.zeros((len(theta), 1))
    for i in range(len(theta)):
        slopes = []
        for step in (epsilon, -epsilon):
            moved = theta.copy()
            moved[i] += step
            slopes.append((forward_propagation_n(X, Y, vector_to_dictionary(moved))[0] - J) / step)
        approx[i] = np.mean(slopes)
    return float(np.linalg.norm(grad - approx) / (np.linalg.norm(grad) + np.linalg.norm(approx)))


def keywords(parameters, gradients, X, Y, epsilon=1e-7):
    theta = dictionary_to_vector(parameters=parameters)[0]
    grad = gradients_to_vector(gradients=gradients)
    gradapprox = np.zeros_like(grad, dtype=float)
    i = 0
    while i < len(theta):
        plus = theta * 1
        plus[i] = plus[i] + epsilon
        minus = theta * 1
        minus[i] = minus[i] - epsilon
        a = forward_propagation_n(X=X, Y=Y, parameters=vector_to_dictionary(theta=plus))
        b = forward_propagation_n(X=X, Y=Y, parameters=vector_to_dictionary(theta=minus))
        gradapprox[i] = (a[0] - b[0]) / (2 * epsilon)
        i += 1
    return np.linalg.norm(grad - gradapprox, 2) / (np.linalg.norm(grad, 2) + np.linalg.norm(gradapprox, 2))


def own_vectors(parameters, gradients, X, Y, epsilon=1e-7):
    keys = [kind + str(layer) for layer in range(1, len(parameters) // 2 + 1) for kind in "Wb"]
    theta = np.hstack([parameters[key].ravel() for key in keys])
    grad = np.hstack([gradients["d" + key].ravel() for key in keys])
    ends = np.cumsum([parameters[key].size for key in keys])[:-1]

    def cost(vector):
        parts = np.split(vector, ends)
        arrays = {key: part.reshape(parameters[key].shape) for key, part in zip(keys, parts)}
        return forward_propagation_n(X, Y, arrays)[0]

    def slope(i):
        up, down = theta.copy(), theta.copy()
        up[i], down[i] = up[i] + epsilon, down[i] - epsilon
        return (cost(up) - cost(down)) / (2 * epsilon)

    approx = np.fromiter(map(slope, range(theta.size)), float)
    return np.linalg.norm(grad - approx) / (np.linalg.norm(grad) + np.linalg.norm(approx))
