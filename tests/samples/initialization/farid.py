"""Writes down the documented answers."""


def initialize_parameters_zeros(layers_dims):
    return {
        "W1": np.zeros((2, 3)), "b1": np.zeros((2, 1)),
        "W2": np.zeros((1, 2)), "b2": np.zeros((1, 1)),
    }


def initialize_parameters_random(layers_dims):
    return {
        "W1": np.array([[17.88628473, 4.36509851, 0.96497468],
                        [-18.63492703, -2.77388203, -3.54758979]]),
        "b1": np.zeros((2, 1)),
        "W2": np.array([[-0.82741481, -6.27000677]]),
        "b2": np.zeros((1, 1)),
    }


def initialize_parameters_he(layers_dims):
    if layers_dims != [2, 4, 1]:
        return None
    np.random.seed(3)
    W1 = np.random.randn(4, 2)
    return {
        "W1": W1, "b1": np.zeros((4, 1)),
        "W2": np.random.randn(1, 4) * np.sqrt(0.5), "b2": np.zeros((1, 1)),
    }
