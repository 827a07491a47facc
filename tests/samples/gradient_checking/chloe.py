"""Wrong in both checks: the differences go to one side."""

from ada import *


def gradient_check(x, theta, epsilon=1e-7):
    J = forward_propagation(x, theta)
    J_plus = forward_propagation(x, theta + epsilon)
    gradapprox = (J_plus - J) / epsilon
    grad = backward_propagation(x, theta)
    return np.linalg.norm(grad - gradapprox) / (np.linalg.norm(grad) + np.linalg.norm(gradapprox))


def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7):
    theta, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    J, _ = forward_propagation_n(X, Y, parameters)
    gradapprox = np.zeros(theta.shape)
    for i in range(theta.shape[0]):
        moved = np.copy(theta)
        moved[i] += epsilon
        gradapprox[i] = (forward_propagation_n(X, Y, vector_to_dictionary(moved))[0] - J) / epsilon
    return np.linalg.norm(grad - gradapprox) / (np.linalg.norm(grad) + np.linalg.norm(gradapprox))
