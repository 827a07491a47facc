"""Wrong in the network only: numbers that were moved stay moved."""

from ada import *


def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7):
    theta, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    gradapprox = np.zeros(theta.shape)
    theta_plus, theta_minus = np.copy(theta), np.copy(theta)
    for i in range(theta.shape[0]):
        theta_plus[i] = theta[i] + epsilon
        theta_minus[i] = theta[i] - epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(theta_plus))
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(theta_minus))
        gradapprox[i] = (J_plus - J_minus) / (2 * epsilon)
    return np.linalg.norm(grad - gradapprox) / (np.linalg.norm(grad) + np.linalg.norm(gradapprox))
