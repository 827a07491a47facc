"""Right: short, with helpers; the one-liners call what they check by its name."""


def slope(cost, theta, step, epsilon):
    return (cost(theta + step) - cost(theta - step)) / (2 * epsilon)


def apart(a, b):
    return np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b))


def forward_propagation(x, theta):
    return x * theta


def backward_propagation(x, theta):
    return x


def gradient_check(x, theta, epsilon=1e-7):
    cost = lambda place: forward_propagation(x, place)
    return apart(backward_propagation(x, theta), slope(cost, theta, epsilon, epsilon))


def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7):
    theta, _ = dictionary_to_vector(parameters)
    cost = lambda vector: forward_propagation_n(X, Y, vector_to_dictionary(vector))[0]
    steps = epsilon * np.eye(theta.size)
    approx = [slope(cost, theta, step.reshape(-1, 1), epsilon) for step in steps]
    return apart(gradients_to_vector(gradients), np.array(approx).reshape(-1, 1))
