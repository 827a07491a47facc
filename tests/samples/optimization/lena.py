"""Handed in with what the usual accidents leave: a sign pasted from a chat, the starter's line."""

from ada import *

CELLS = {
    "update_parameters_with_gd": '''```python
def update_parameters_with_gd(parameters, grads, learning_rate):
    return {key: parameters[key] - learning_rate * grads["d" + key] for key in parameters}
```''',
    "initialize_velocity": '''def initialize_velocity(parameters):
    return {“d” + key: 0 * parameters[key] for key in parameters}''',
    "initialize_adam": '''def initialize_adam(parameters):
    L = len(parameters) // 2
    v, s = {}, {}
    for key in parameters:
        v["d" + key], s["d" + key] = 0 * parameters[key], 0 * parameters[key]
    # YOUR CODE HERE
    raise NotImplementedError()
    return v, s''',
}


def update_parameters_with_momentum(parameters, grads, v, beta, learning_rate):
    v = {key: beta * v[key] + (1 - beta) * grads[key] for key in v}
    return {key: parameters[key] - learning_rate * v["d" + key] for key in parameters}, v, beta


def update_parameters_with_adam(
    parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    v = {key: beta1 * v[key] + (1 - beta1) * grads[key] for key in v}
    s = {key: (1 - beta2) * grads[key] ** 2 for key in s}
    root = {key: np.sqrt(s[key] / (1 - beta2**t)) + epsilon for key in s}
    step = {key: v[key] / (1 - beta1**t) / root[key] for key in v}
    moved = {key: parameters[key] - learning_rate * step["d" + key] for key in parameters}
    return moved, v, s
