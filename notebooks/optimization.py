# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% opening [markdown]
# # Optimization: from gradient descent to Adam
#
# A neural network learns by changing its parameters, a little at a time, so that its cost falls.
# How it takes those steps decides whether it learns in a minute, in a day or not at all.
#
# **What you'll do.** You write the optimizers that most networks are trained with: gradient
# descent, mini-batches, momentum and Adam. Six short functions. Then you train the same network
# three times, once with each optimizer, and compare.

# %% opening-learn [markdown]
# **What you'll learn**
#
# - why a training looks like a walk down a landscape, and what the learning rate does to it;
# - how to shuffle examples and cut them into mini-batches without parting inputs from labels;
# - how momentum averages gradients, and what that buys you in a narrow valley;
# - how Adam gives every parameter a step of its own, and why its averages need a correction;
# - what a cost curve tells about an optimizer, and what it cannot tell.
#
# **What you'll need.** Python with NumPy: arrays, slices, dictionaries. You should know what a
# gradient is, and have seen forward and backward propagation; both are given here.

# %% opening-checks [markdown]
# **How checks work.** Answer cells begin with `# ✎ Your answer`. In each of them put your code in
# place of the two lines `# YOUR CODE HERE` and `raise NotImplementedError()`, keep all other lines,
# and run the cell. The
# next cell calls your function on an example and prints your result beside the documented one. The
# cell after that, `check(...)`, tries that example and a dozen other calls: other depths, shapes
# and settings. It says what is right, what is not, and where to look. What your function prints is
# shown too. Check as often as you like.
#
# **If something is stuck.** After a restart of the kernel run the first code cell, with the
# imports, and then the cells down to where you were. A cell that goes on and on is stopped by ■ or
# by Kernel → Interrupt; a check stops by itself after five seconds.
#
# **Predict first.** Before some figures there is a question. Choose what you expect; figure, caption
# and explanation appear then. Nothing of it is graded, and a wrong guess is the one you learn from.
# A bar says how far you have got. Where there are no buttons, `answer("gd-rates", 2)` in any cell
# chooses the second answer of the question with that name.
#
# **How grading works.** There are 100 points in six exercises. When you hand in, each function is
# also called on inputs that you have not seen: other numbers of layers, other sizes, other
# settings. So write the rule, not the example. It does not matter whether you change the
# dictionaries you are given or make new ones; what counts is what you return. Please leave the
# names of the functions and the `check` cells as they are. Figures and trainings carry no points.

# %% opening-notation [markdown]
# **Notation.** A network has $L$ layers; layer $l$ has $n^{[l]}$ units. Everything the network
# learns lives in one dictionary, and everything else follows its shapes.
#
# | in the formulas | in the code | shape |
# |---|---|---|
# | weights $W^{[l]}$ | `parameters["W1"]`, …, `parameters["WL"]` | $(n^{[l]},\, n^{[l-1]})$ |
# | biases $b^{[l]}$ | `parameters["b1"]`, …, `parameters["bL"]` | $(n^{[l]},\, 1)$ |
# | gradient $dW^{[l]} = \partial J / \partial W^{[l]}$ | `grads["dW1"]`, … | that of $W^{[l]}$ |
# | gradient $db^{[l]} = \partial J / \partial b^{[l]}$ | `grads["db1"]`, … | that of $b^{[l]}$ |
# | $m$ examples, one in each column | `X` | $(n_x,\, m)$ |
# | their labels | `Y` | $(1,\, m)$ |
#
# $J$ is the cost and $\alpha$ the learning rate. Layers are counted from 1.

# %% imports
import math
import os
from time import perf_counter

import matplotlib.pyplot as plt
import numpy as np
from workbook.asking import answer, ask, figure
from workbook.checks import check, few_prints, go_on, implemented, patience, show
from workbook.explore import explore
from workbook.landscapes import NARROW_VALLEY, line_fit, position
from opt_utils import backward_propagation, compute_cost, forward_propagation
from opt_utils import initialize_parameters, load_dataset, plot_decision_boundary, predict_dec
from workbook.plots import draw_costs, plot_arrows, plot_cost_curves, plot_examples
from workbook.plots import plot_landscape, plot_mini_batches, plot_paths, plot_series
from testCases import *
from tqdm import tqdm

NO_BAR = bool(os.environ.get("TQDM_DISABLE"))  # builds of this page show no progress bars

# %% gd [markdown]
# ## 1 · Gradient descent
#
# Imagine the cost as a landscape. Every choice of the parameters is a place on the map, and the
# cost is the height of the ground there. Training is a walk to a low place. You walk in fog: all
# you can feel is how steep the ground is where you stand. That slope is the gradient.

# %% gd-toy [markdown]
# A landscape can be drawn when there are only two parameters. So let us begin with the smallest
# model there is, a line $\hat y = W_1 x + b_1$ through $m = 64$ points. Its cost is half the mean
# squared error, and its gradient is short:
#
# $$J = \frac{1}{2m} \sum_{i=1}^{m} e_i^2, \qquad
# \frac{\partial J}{\partial W_1} = \frac{1}{m} \sum_{i=1}^{m} e_i\, x_i, \qquad
# \frac{\partial J}{\partial b_1} = \frac{1}{m} \sum_{i=1}^{m} e_i, \qquad
# e_i = W_1 x_i + b_1 - y_i$$
#
# It uses the dictionaries of a network with a single layer of one unit, so your functions will
# work on it too.

# %% gd-toy-data tags=["ungraded"]
rng = np.random.default_rng(0)
toy_X = rng.uniform(-2, 2, size=(1, 64))
toy_Y = 1.5 * toy_X + 0.5 + 1.2 * rng.standard_normal((1, 64))
toy = line_fit(toy_X, toy_Y)


def toy_gradients(parameters, X, Y):
    """Return the gradient over the examples in X and Y, both of shape (1, number of examples)."""
    errors = parameters["W1"] * X + parameters["b1"] - Y
    dW1 = np.mean(errors * X, axis=1, keepdims=True)
    db1 = np.mean(errors, axis=1, keepdims=True)
    return {"dW1": dW1, "db1": db1}


# %% gd-landscape tags=["ungraded"]
with figure("gd-landscape"):
    plot_landscape(toy)


# %% gd-rule [markdown]
# **The rule.** Stand somewhere, feel the slope, take a step against it. For every layer
# $l = 1, \dots, L$:
#
# $$W^{[l]} \leftarrow W^{[l]} - \alpha\, dW^{[l]}, \qquad
# b^{[l]} \leftarrow b^{[l]} - \alpha\, db^{[l]}$$
#
# $W^{[l]}$ and $dW^{[l]}$ have the same shape, and so have $b^{[l]}$ and $db^{[l]}$: the step is
# one subtraction of arrays. The minus sign matters: the gradient points uphill.

# %% update_parameters_with_gd-heading [markdown]
# ### Exercise · `update_parameters_with_gd` · {points} points
#
# Take one step of gradient descent in every layer, and return the parameters.
#
# The number of layers is `len(parameters) // 2`, because each layer has a `W` and a `b`. The key of
# layer 3 is `"W3"`; with a loop variable you can write it as `f"W{layer}"`.


# %% update_parameters_with_gd-answer
def update_parameters_with_gd(parameters, grads, learning_rate):
    """Take one step of gradient descent.

    Parameters
    ----------
    parameters : dict
        W1, b1, ..., WL, bL: Wl of shape (n_l, n_{l-1}), bl of shape (n_l, 1).
    grads : dict
        dW1, db1, ..., dWL, dbL, each of the shape of its parameter.
    learning_rate : float
        The step size alpha.

    Returns
    -------
    parameters : dict
        The parameters after the step, with the same keys and shapes.
    """
    L = len(parameters) // 2
    ### BEGIN SOLUTION
    for layer in range(1, L + 1):
        for key in (f"W{layer}", f"b{layer}"):
            parameters[key] = parameters[key] - learning_rate * grads[f"d{key}"]
    ### END SOLUTION
    return parameters


# %% update_parameters_with_gd-documented
parameters, grads, learning_rate = update_parameters_with_gd_test_case()
show("update_parameters_with_gd", parameters, grads, learning_rate)

# %% update_parameters_with_gd
from workbook.checks import check

check("update_parameters_with_gd")

# %% gd-rates [markdown]
# **How long should a step be?** Here your function walks down the bowl of Figure 1, three times
# from the same place, with a small, a good and a too large learning rate.


# %% gd-rates-loop tags=["ungraded"]
def batch_path(learning_rate, num_steps):
    """Walk down the bowl; every step looks at all examples."""
    parameters = toy.start_parameters()
    path = [position(parameters)]
    for _ in range(num_steps):
        grads = toy_gradients(parameters, toy_X, toy_Y)
        parameters = update_parameters_with_gd(parameters, grads, learning_rate)
        path.append(position(parameters))
    return path


# %% gd-rates-figure tags=["ungraded"]
if implemented("update_parameters_with_gd"):
    rates = {"small": 0.05, "good": 0.5, "too large": 1.6}
    paths = {f"{word}: α = {rate}": batch_path(rate, 15) for word, rate in rates.items()}
    with figure("gd-rates"):
        plot_paths(toy, paths)


# %% gd-notice [markdown]
# **What to notice.** Steps get shorter near the minimum by themselves, because the gradient shrinks
# there. The learning rate need not.

# %% gd-variants [markdown]
# **How many examples for one step?** The gradient is a mean over examples, and you may choose how
# many to look at before you move.
#
# | variant | examples for a step | steps in one pass over $m$ examples |
# |---|---|---|
# | batch gradient descent | all $m$ | $1$ |
# | mini-batch gradient descent | $B$, say 8 or 64 | $\lceil m / B \rceil$ |
# | stochastic gradient descent | $1$ | $m$ |
#
# One pass over all examples is called an **epoch**. You have just seen the batch loop: one step in
# each epoch. The other two have a second loop inside it, over the columns one by one or over groups
# of them. In a network there is a third one inside the step itself, over the layers: it is the loop
# that you have just written. Mind where each starts: examples and mini-batches count from 0, as
# columns of an array do, and layers from 1, as in `"W1"`.
#
# | in each epoch | batch | stochastic or mini-batch |
# |---|---|---|
# | which examples | all at once | for each example, or group of them, in turn: |
# | forward | the cost of all | the cost of these alone |
# | backward | the gradient of that cost | the gradient of that cost |
# | update | one step | one step, then on to the next group |


# %% gd-stochastic-loop tags=["ungraded"]
def stochastic_path(learning_rate, num_epochs):
    """Walk down the bowl; every step looks at one example."""
    parameters = toy.start_parameters()
    path = [position(parameters)]
    for _ in range(num_epochs):
        for j in range(toy_X.shape[1]):
            grads = toy_gradients(parameters, toy_X[:, j : j + 1], toy_Y[:, j : j + 1])
            parameters = update_parameters_with_gd(parameters, grads, learning_rate)
            path.append(position(parameters))
    return path


# %% gd-mini-batch-loop tags=["ungraded"]
def mini_batch_path(learning_rate, num_epochs, size):
    """Walk down the bowl; every step looks at `size` examples."""
    parameters = toy.start_parameters()
    path = [position(parameters)]
    for _ in range(num_epochs):
        for j in range(0, toy_X.shape[1], size):
            grads = toy_gradients(parameters, toy_X[:, j : j + size], toy_Y[:, j : j + size])
            parameters = update_parameters_with_gd(parameters, grads, learning_rate)
            path.append(position(parameters))
    return path


# %% gd-variants-figure tags=["ungraded"]
if implemented("update_parameters_with_gd"):
    paths = {
        "batch: 5 steps": batch_path(learning_rate=0.1, num_steps=5),
        "stochastic: 320 steps": stochastic_path(learning_rate=0.1, num_epochs=5),
        "mini-batches of 8: 40 steps": mini_batch_path(learning_rate=0.1, num_epochs=5, size=8),
    }
    with figure("gd-variants"):
        plot_paths(toy, paths)


# %% gd-experiment-text [markdown]
# **Your experiment.** The next cell is yours: change the learning rate, the number of epochs or the
# size of the mini-batches, and run it again. It carries no points. The line that begins with
# `# restore` has the numbers that it came with.

# %% gd-experiment tags=["experiment", "ungraded"]
my_rate, my_epochs, my_size = 0.1, 5, 8
# restore: my_rate, my_epochs, my_size = 0.1, 5, 8
if implemented("update_parameters_with_gd"):
    path = mini_batch_path(my_rate, my_epochs, my_size)
    with figure("gd-experiment"):
        plot_paths(toy, {f"mini-batches of {my_size}": path})

# %% gd-remember [markdown]
# **What to remember**
#
# - Gradient descent steps against the gradient; the learning rate $\alpha$ scales the step.
# - Batch, mini-batch and stochastic gradient descent have the same rule. They differ in how many
#   examples they look at before each step.
# - Few examples make a step cheap but noisy. Mini-batches are the usual compromise, and NumPy
#   handles 64 columns almost as quickly as one. A well-chosen size mostly beats both extremes, the
#   more so the larger the set of examples is.

# %% batches [markdown]
# ## 2 · Mini-batches
#
# A mini-batch should be a fair sample of the examples. If the data are sorted, say all labels 0
# first, slices of them are not. So there are two steps:
#
# 1. **Shuffle.** Put the columns of $X$ into a random order, and the columns of $Y$ into *the same*
#    order, so that each example keeps its label.
# 2. **Partition.** Cut the shuffled columns into slices of `mini_batch_size`.
#
# Every epoch shuffles anew, so the network does not see the same groups again and again.

# %% batches-rule [markdown]
# **The last one may be short.** With $m$ examples and mini-batches of size $B$ there are
# $\lfloor m / B \rfloor$ full ones. If $B$ does not divide $m$, one more holds the rest,
#
# $$m - B \lfloor m / B \rfloor \quad \text{examples.}$$
#
# For $m = 148$ and $B = 64$: two full mini-batches, and a last one with $148 - 2 \cdot 64 = 20$.
# Number $k = 0, 1, 2, \dots$ is made of the shuffled columns $kB$ to $(k+1)B - 1$, as far as there
# are any: `mini_batch_X` has shape $(n_x, B)$ and `mini_batch_Y` has shape $(1, B)$. So for $B = 64$
# the first mini-batch is `shuffled_X[:, 0:64]` and the second one `shuffled_X[:, 64:128]`. The
# floor $\lfloor m / B \rfloor$ is `math.floor(m / B)`, or `m // B`.

# %% random_mini_batches-heading [markdown]
# ### Exercise · `random_mini_batches` · {points} points
#
# Return a list of pairs `(mini_batch_X, mini_batch_Y)` that share out all $m$ columns.
#
# The first line sets the seed, so that everybody gets the same shuffle. After it, call
# `np.random.permutation(m)` once and no other random function: it returns the numbers
# $0, \dots, m - 1$ in random order. `X[:, permutation]` is `X` with its columns in that order. A
# slice that runs past the end, such as `X[:, 128:192]` with 148 columns, simply stops at the end.
#
# The mini-batches are too large to print, so the example shows three things of them: `X_shapes` has
# a row for each mini-batch, with the shape of its `mini_batch_X`; `Y_shapes` has the shapes of the
# `mini_batch_Y`; `first_X_row0_first3` are the first three numbers in the first row of the first
# `mini_batch_X`.


# %% random_mini_batches-answer
def random_mini_batches(X, Y, mini_batch_size=64, seed=0):
    """Shuffle the examples and cut them into mini-batches.

    Parameters
    ----------
    X : ndarray of shape (n_x, m)
        The examples, one in each column.
    Y : ndarray of shape (1, m)
        Their labels.
    mini_batch_size : int
        How many examples a mini-batch holds; the last one may hold fewer.
    seed : int
        Fixes the shuffle.

    Returns
    -------
    mini_batches : list of (mini_batch_X, mini_batch_Y)
        Arrays of shapes (n_x, mini_batch_size) and (1, mini_batch_size), in shuffled order.
    """
    np.random.seed(seed)
    m = X.shape[1]
    mini_batches = []
    ### BEGIN SOLUTION
    permutation = np.random.permutation(m)
    shuffled_X, shuffled_Y = X[:, permutation], Y[:, permutation]
    for start in range(0, m, mini_batch_size):
        columns = slice(start, start + mini_batch_size)
        mini_batches.append((shuffled_X[:, columns], shuffled_Y[:, columns]))
    ### END SOLUTION
    return mini_batches


# %% random_mini_batches-documented
X, Y, mini_batch_size = random_mini_batches_test_case()
show("random_mini_batches", X, Y, mini_batch_size)

# %% random_mini_batches
from workbook.checks import check

check("random_mini_batches")

# %% batches-picture [markdown]
# **See your shuffle.** Twenty examples, numbered 0 to 19, are sorted by label: the first ten have
# label 0, the others label 1. Your function deals them into mini-batches of 8.

# %% batches-figure tags=["ungraded"]
if implemented("random_mini_batches"):
    numbers = np.arange(20).reshape(1, 20)
    labels = (numbers >= 10).astype(int)
    batches = random_mini_batches(numbers, labels, mini_batch_size=8, seed=1)
    with figure("batches"):
        plot_mini_batches(numbers, labels, batches)


# %% batches-remember [markdown]
# **What to remember**
#
# - One permutation for both arrays. With two different ones the network would learn from wrong
#   labels, and no error message would tell you.
# - No example is lost and none comes twice; the last mini-batch may be short.
# - Powers of two are usual: 16, 32, 64, 128. Large enough to average out some noise and to keep the
#   processor busy, small enough for memory and for many steps in an epoch.

# %% momentum [markdown]
# ## 3 · Momentum
#
# Gradients of mini-batches are noisy, and in a narrow valley even exact gradients point mostly
# across it, not along it. Momentum keeps a memory: it steps along an *average* of the recent
# gradients. What points left in one step and right in the next cancels out; what points the same
# way every time adds up. Think of a heavy ball that rolls down: single bumps hardly change its
# course.
#
# The gradient of one mini-batch differs from that of the next because some mini-batches are harder
# than others: they hold examples that the network still gets wrong. That is why the path, and the
# cost, swing to and fro. Momentum goes with batch, mini-batch and stochastic gradient descent alike:
# it changes what is done with a gradient, not which examples the gradient is of.

# %% momentum-average [markdown]
# **An exponentially weighted average.** The memory is called the velocity $v$. Each step keeps the
# share $\beta$ of it and adds the share $1 - \beta$ of the new gradient. Written out for
# $v_0 = 0$:
#
# $$v_t = \beta\, v_{t-1} + (1 - \beta)\, g_t
# = (1 - \beta) \left( g_t + \beta\, g_{t-1} + \beta^2 g_{t-2} + \dots + \beta^{t-1} g_1 \right)$$
#
# The weight of a gradient fades by the factor $\beta$ in every step. About $1 / (1 - \beta)$
# gradients count: 2 for $\beta = 0.5$, 10 for $\beta = 0.9$, 50 for $\beta = 0.98$.

# %% initialize_velocity-heading [markdown]
# ### Exercise · `initialize_velocity` · {points} points
#
# At the start there is nothing to remember. Return a dictionary `v` with a velocity of zeros for
# every parameter: `v["dW1"]` has the shape of `parameters["W1"]`, `v["db1"]` that of
# `parameters["b1"]`, and so on. The keys are those of the gradients. Each entry must be an array of
# its own; `np.zeros_like` or `np.zeros(array.shape)` makes one.


# %% initialize_velocity-answer
def initialize_velocity(parameters):
    """Make a velocity of zeros for every parameter.

    Parameters
    ----------
    parameters : dict
        W1, b1, ..., WL, bL: Wl of shape (n_l, n_{l-1}), bl of shape (n_l, 1).

    Returns
    -------
    v : dict
        dW1, db1, ..., dWL, dbL: zeros, each of the shape of its parameter.
    """
    L = len(parameters) // 2
    v = {}
    ### BEGIN SOLUTION
    for layer in range(1, L + 1):
        v[f"dW{layer}"] = np.zeros(parameters[f"W{layer}"].shape)
        v[f"db{layer}"] = np.zeros(parameters[f"b{layer}"].shape)
    ### END SOLUTION
    return v


# %% initialize_velocity-documented
parameters = initialize_velocity_test_case()
show("initialize_velocity", parameters)

# %% initialize_velocity
from workbook.checks import check

check("initialize_velocity")

# %% momentum-rule [markdown]
# **The rule.** First update the memory, then step along it. For every layer $l = 1, \dots, L$:
#
# $$v_{dW^{[l]}} \leftarrow \beta\, v_{dW^{[l]}} + (1 - \beta)\, dW^{[l]}, \qquad
# W^{[l]} \leftarrow W^{[l]} - \alpha\, v_{dW^{[l]}}$$
#
# $$v_{db^{[l]}} \leftarrow \beta\, v_{db^{[l]}} + (1 - \beta)\, db^{[l]}, \qquad
# b^{[l]} \leftarrow b^{[l]} - \alpha\, v_{db^{[l]}}$$
#
# $v_{dW^{[l]}}$ has the shape of $W^{[l]}$, and $v_{db^{[l]}}$ that of $b^{[l]}$. With $\beta = 0$
# there is no memory, and the rule is plain gradient descent.

# %% update_parameters_with_momentum-heading [markdown]
# ### Exercise · `update_parameters_with_momentum` · {points} points
#
# Take one step with momentum. Return the parameters *and* the velocity: the next step needs it.
#
# The order matters: the step uses the new velocity, not the one from before.


# %% update_parameters_with_momentum-answer
def update_parameters_with_momentum(parameters, grads, v, beta, learning_rate):
    """Take one step of gradient descent with momentum.

    Parameters
    ----------
    parameters : dict
        W1, b1, ..., WL, bL: Wl of shape (n_l, n_{l-1}), bl of shape (n_l, 1).
    grads : dict
        dW1, db1, ..., dWL, dbL, each of the shape of its parameter.
    v : dict
        The velocity, with the keys and shapes of `grads`.
    beta : float
        The share of the velocity that is kept, from 0 up to but not including 1.
    learning_rate : float
        The step size alpha.

    Returns
    -------
    parameters : dict
        The parameters after the step.
    v : dict
        The velocity after the step.
    """
    L = len(parameters) // 2
    ### BEGIN SOLUTION
    for layer in range(1, L + 1):
        for key in (f"W{layer}", f"b{layer}"):
            v[f"d{key}"] = beta * v[f"d{key}"] + (1 - beta) * grads[f"d{key}"]
            parameters[key] = parameters[key] - learning_rate * v[f"d{key}"]
    ### END SOLUTION
    return parameters, v


# %% update_parameters_with_momentum-documented
parameters, grads, v = update_parameters_with_momentum_test_case()
show("update_parameters_with_momentum", parameters, grads, v, beta=0.9, learning_rate=0.01)

# %% update_parameters_with_momentum
from workbook.checks import check

check("update_parameters_with_momentum")

# %% momentum-beta [markdown]
# **How to choose β.** Let us feed your function a series of 150 noisy gradients and look at the
# velocity after each. Behind the noise the gradient is 1 at first, and −0.5 from step 76 on. The
# learning rate is 0, so nothing moves; we only watch the memory.


# %% momentum-beta-loop tags=["ungraded"]
def velocities(gradients, beta):
    """Feed gradients to your function, one by one; return the velocity after each."""
    parameters = {"W1": np.zeros((1, 1)), "b1": np.zeros((1, 1))}
    v = initialize_velocity(parameters)
    series = []
    for gradient in gradients:
        grads = {"dW1": np.array([[gradient]]), "db1": np.zeros((1, 1))}
        parameters, v = update_parameters_with_momentum(parameters, grads, v, beta, 0.0)
        series.append(v["dW1"].item())
    return series


# %% momentum-beta-figure tags=["ungraded"]
rng = np.random.default_rng(1)
noisy = np.repeat([1.0, -0.5], 75) + 0.6 * rng.standard_normal(150)
if implemented("initialize_velocity", "update_parameters_with_momentum"):
    series = {f"velocity, β = {beta}": velocities(noisy, beta) for beta in (0.5, 0.9, 0.98)}
    with figure("momentum-beta"):
        plot_series(series, "step", "gradient and velocity", points=noisy)


# %% momentum-beta-notice [markdown]
# **What to notice.** Usual values of β lie between 0.8 and 0.999, and $\beta = 0.9$ is a good first
# choice. To tune it, train with several values, watch the cost, and
# keep the one with which it falls best. Look at the left edge too: all velocities start at
# 0 and need some steps to reach the height of the gradients, most of all with a large β. Momentum
# lives with that. Adam will correct it.

# %% momentum-valley [markdown]
# **What it buys you.** Here is a valley that is 100 times steeper across than along. Gradient
# descent needs a learning rate below 0.02 here, or it climbs the walls; but along the floor such
# steps are tiny.


# %% momentum-valley-loop tags=["ungraded"]
def momentum_path(landscape, beta, learning_rate, num_steps):
    """Walk over a landscape with momentum; β = 0 is gradient descent."""
    parameters = landscape.start_parameters()
    v = initialize_velocity(parameters)
    path = [position(parameters)]
    for _ in range(num_steps):
        grads = landscape.gradients(parameters)
        parameters, v = update_parameters_with_momentum(parameters, grads, v, beta, learning_rate)
        path.append(position(parameters))
    return path


# %% momentum-valley-figure tags=["ungraded"]
if implemented("initialize_velocity", "update_parameters_with_momentum"):
    choices = {"no momentum": (0, 0.019), "calmer": (0.9, 0.019), "bolder": (0.9, 0.04)}
    paths = {
        f"{word}: β = {beta}, α = {rate}": momentum_path(NARROW_VALLEY, beta, rate, 60)
        for word, (beta, rate) in choices.items()
    }
    with figure("momentum-valley"):
        plot_paths(NARROW_VALLEY, paths)


# %% momentum-arrows tags=["ungraded"]
if implemented("initialize_velocity", "update_parameters_with_momentum"):
    path = momentum_path(NARROW_VALLEY, 0.9, 0.04, 24)
    with figure("momentum-arrows"):
        plot_arrows(NARROW_VALLEY, path)


# %% momentum-experiment-text [markdown]
# **Your experiment.** Change β, the learning rate and the number of steps, and run the cell again.
# It carries no points.

# %% momentum-experiment tags=["experiment", "ungraded"]
my_beta, my_rate, my_steps = 0.9, 0.04, 60
# restore: my_beta, my_rate, my_steps = 0.9, 0.04, 60
if implemented("initialize_velocity", "update_parameters_with_momentum"):
    path = momentum_path(NARROW_VALLEY, my_beta, my_rate, my_steps)
    with figure("momentum-experiment"):
        plot_paths(NARROW_VALLEY, {f"β = {my_beta}, α = {my_rate}": path})

# %% momentum-remember [markdown]
# **What to remember**
#
# - Momentum steps along an exponentially weighted average of the gradients.
# - At the same learning rate it is calmer, not faster. The gain is that calm steps may be longer:
#   at $\alpha = 0.04$ plain gradient descent would leave this valley for good.
# - Larger β: smoother and slower to turn. β = 0: gradient descent.
# - Some books and libraries write $v \leftarrow \beta v + dW$, without the factor $1 - \beta$.
#   Their velocity is $1 / (1 - \beta)$ times as large, so their learning rates are smaller by that
#   factor.

# %% adam [markdown]
# ## 4 · Adam
#
# Momentum still uses one learning rate for all parameters. But in Figure 6 you would like short
# steps across the valley and long ones along it. Adam (from *adaptive moments*) manages that. It
# keeps two averages for every single number in $W$ and $b$:
#
# - $v$, the average of the gradients: **which way**, as in momentum;
# - $s$, the average of the *squared* gradients: **how large they usually are**.
#
# Keeping $v$ alone is momentum; keeping $s$ alone, and dividing the gradient by its root, is a method
# named RMSprop. Adam is the union of the two.
#
# So it divides the one by the root of the other. Where gradients are large, the step is scaled
# down; where they are small, it is scaled up.

# %% adam-moments [markdown]
# **The two moments.** With the gradient $g_t$ of step $t = 1, 2, \dots$ and $v_0 = s_0 = 0$:
#
# $$v_t = \beta_1\, v_{t-1} + (1 - \beta_1)\, g_t, \qquad
# s_t = \beta_2\, s_{t-1} + (1 - \beta_2)\, g_t^2$$
#
# The square is taken number by number. The usual choice is $\beta_1 = 0.9$ and $\beta_2 = 0.999$:
# about ten gradients decide the direction, about a thousand the scale.

# %% adam-bias [markdown]
# **Why a correction?** Both averages start at 0, so at first they are too small; you saw it at the
# left edge of Figure 5. If every gradient were the same $g$, then
#
# $$v_t = (1 - \beta_1) \left( 1 + \beta_1 + \dots + \beta_1^{t-1} \right) g
# = \left( 1 - \beta_1^{\,t} \right) g$$
#
# So the cure is to divide by exactly that factor. Each average has its own:
#
# $$\hat v_t = \frac{v_t}{1 - \beta_1^{\,t}}, \qquad \hat s_t = \frac{s_t}{1 - \beta_2^{\,t}}$$
#
# For large $t$ the factors tend to 1, and the correction fades away.

# %% adam-bias-figure tags=["ungraded"]
rng = np.random.default_rng(4)
gradients = 1 + 0.3 * rng.standard_normal(40)
v, series = 0.0, {"average $v_t$": [], "corrected average $v_t / (1 - β_1^t)$": []}
for t, gradient in enumerate(gradients, start=1):
    v = 0.9 * v + 0.1 * gradient
    series["average $v_t$"].append(v)
    series["corrected average $v_t / (1 - β_1^t)$"].append(v / (1 - 0.9**t))
with figure("adam-bias"):
    plot_series(series, "step t", "gradient and average", points=gradients)


# %% initialize_adam-heading [markdown]
# ### Exercise · `initialize_adam` · {points} points
#
# Return two dictionaries, `v` and `s`, both filled with zeros and both with the keys and shapes of
# the gradients. Like the entries of a velocity, each must be an array of its own: `v` and `s` will
# go different ways.


# %% initialize_adam-answer
def initialize_adam(parameters):
    """Make both moments of Adam, zeros for every parameter.

    Parameters
    ----------
    parameters : dict
        W1, b1, ..., WL, bL: Wl of shape (n_l, n_{l-1}), bl of shape (n_l, 1).

    Returns
    -------
    v : dict
        The average of the gradients, dW1, db1, ..., dWL, dbL: zeros, shaped as the parameters.
    s : dict
        The average of the squared gradients, with the same keys and shapes: zeros.
    """
    L = len(parameters) // 2
    v, s = {}, {}
    ### BEGIN SOLUTION
    for layer in range(1, L + 1):
        for key in (f"W{layer}", f"b{layer}"):
            v[f"d{key}"] = np.zeros(parameters[key].shape)
            s[f"d{key}"] = np.zeros(parameters[key].shape)
    ### END SOLUTION
    return v, s


# %% initialize_adam-documented
parameters = initialize_adam_test_case()
show("initialize_adam", parameters)

# %% initialize_adam
from workbook.checks import check

check("initialize_adam")

# %% adam-rule [markdown]
# **The rule.** For every layer $l = 1, \dots, L$, and in this order (for $b^{[l]}$ read $db^{[l]}$
# in place of $dW^{[l]}$):
#
# $$
# \begin{aligned}
# v_{dW^{[l]}} &\leftarrow \beta_1\, v_{dW^{[l]}} + (1 - \beta_1)\, dW^{[l]}
# & \hat v_{dW^{[l]}} &= \frac{v_{dW^{[l]}}}{1 - \beta_1^{\,t}} \\
# s_{dW^{[l]}} &\leftarrow \beta_2\, s_{dW^{[l]}} + (1 - \beta_2)\, \bigl(dW^{[l]}\bigr)^2
# & \hat s_{dW^{[l]}} &= \frac{s_{dW^{[l]}}}{1 - \beta_2^{\,t}} \\
# W^{[l]} &\leftarrow W^{[l]} - \alpha\,
# \frac{\hat v_{dW^{[l]}}}{\sqrt{\hat s_{dW^{[l]}}} + \varepsilon}
# \end{aligned}
# $$
#
# Everything happens number by number, so every array keeps the shape of $W^{[l]}$. The tiny
# $\varepsilon = 10^{-8}$ stands *outside* the root and only keeps us from dividing by zero.

# %% adam-misprint [markdown]
# **Beware of a misprint.** Some course notes show $\beta_1$ in the denominator of $\hat s$. It is
# $\beta_2$: the correction must belong to the average that it corrects. The figure shows what the
# mistake would do to the first steps when all gradients are alike.

# %% adam-misprint-figure tags=["ungraded"]
t = np.arange(1, 101)
v, s = 1 - 0.9**t, 1 - 0.999**t  # both averages at step t, if every gradient is 1
steps = {
    "both corrected": v / (1 - 0.9**t) / np.sqrt(s / (1 - 0.999**t)),
    "misprint: β₁ for $\\hat s$": v / (1 - 0.9**t) / np.sqrt(s / (1 - 0.9**t)),
    "not corrected": v / np.sqrt(s),
}
with figure("adam-misprint"):
    plot_series(steps, "step t", "length of the step, in units of α")


# %% update_parameters_with_adam-heading [markdown]
# ### Exercise · `update_parameters_with_adam` · {points} points
#
# Take one step of Adam. Return the parameters and both moments.
#
# - `v` and `s` hold the plain averages. Return those, not the corrected ones: the next step builds
#   on them.
# - `t` is the number of this step, counted from 1. The caller does the counting.
# - `np.sqrt` and `**` work number by number.


# %% update_parameters_with_adam-answer
def update_parameters_with_adam(
    parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    """Take one step of Adam.

    Parameters
    ----------
    parameters : dict
        W1, b1, ..., WL, bL: Wl of shape (n_l, n_{l-1}), bl of shape (n_l, 1).
    grads : dict
        dW1, db1, ..., dWL, dbL, each of the shape of its parameter.
    v, s : dict
        The averages of the gradients and of their squares, with the keys and shapes of `grads`.
    t : int
        The number of this step, counted from 1.
    learning_rate : float
        The step size alpha.
    beta1, beta2 : float
        The shares of v and of s that are kept.
    epsilon : float
        Added to the root, so that nothing is divided by zero.

    Returns
    -------
    parameters : dict
        The parameters after the step.
    v, s : dict
        The averages after the step, not corrected.
    """
    L = len(parameters) // 2
    ### BEGIN SOLUTION
    for layer in range(1, L + 1):
        for key in (f"W{layer}", f"b{layer}"):
            gradient = grads[f"d{key}"]
            v[f"d{key}"] = beta1 * v[f"d{key}"] + (1 - beta1) * gradient
            s[f"d{key}"] = beta2 * s[f"d{key}"] + (1 - beta2) * gradient**2
            v_corrected = v[f"d{key}"] / (1 - beta1**t)
            s_corrected = s[f"d{key}"] / (1 - beta2**t)
            step = v_corrected / (np.sqrt(s_corrected) + epsilon)
            parameters[key] = parameters[key] - learning_rate * step
    ### END SOLUTION
    return parameters, v, s


# %% update_parameters_with_adam-documented
parameters, grads, v, s = update_parameters_with_adam_test_case()
show("update_parameters_with_adam", parameters, grads, v, s, t=2)

# %% update_parameters_with_adam
from workbook.checks import check

check("update_parameters_with_adam")

# %% adam-went-in tags=["ungraded"]
went_in = update_parameters_with_adam_test_case()[0]
print("These parameters went in:")
for name, array in went_in.items():
    print(name, "=", np.array2string(array, precision=8, prefix="W1 = "))

# %% adam-notice [markdown]
# **What to notice.** Compare the documented result with the parameters that went in: *every* number
# has moved by 0.0074, up or down, however large or small its gradient was. After a single gradient
# $\hat v / \sqrt{\hat s}$ depends on its sign alone. (It is not the full $\alpha = 0.01$, because
# the example calls this step number $t = 2$ although the averages hold only one gradient.)

# %% adam-remember [markdown]
# **What to remember**
#
# - Adam is momentum with a scale for every single number: the direction is $\hat v$, the scale
#   $\sqrt{\hat s}$.
# - A number rarely moves by more than about $\alpha$ in a step, whatever the size of the gradients:
#   0.001 is a usual start for $\alpha$.
# - It needs little memory, though more than the others: two more numbers for each parameter, where
#   momentum keeps one and gradient descent none.
# - Correct each average with its own β: $\hat v$ with $\beta_1$, $\hat s$ with $\beta_2$.
# - $\varepsilon$ goes outside the root. $t$ starts at 1 and counts steps, not epochs.

# %% training [markdown]
# ## 5 · Training
#
# Now your functions train a real network, on 300 points in the plane. The two classes are two
# moons: no straight line can part them.

# %% training-data tags=["ungraded"]
train_X, train_Y = load_dataset()
print("X has shape", train_X.shape, "and Y has shape", train_Y.shape)
with figure("training-data"):
    plot_examples(train_X, train_Y)


# %% training-network [markdown]
# **The network** has two inputs, hidden layers of 5 and 2 units with ReLU, and one sigmoid output:
# $2 \to 5 \to 2 \to 1$. Its cost on a mini-batch is the mean cross-entropy. Forward and backward
# propagation come ready from `opt_utils`; yours is what happens between them. Two small helpers
# hide the differences between the optimizers: what they remember, and how they step.
#
# | optimizer | at the start | in each step |
# |---|---|---|
# | `"gd"` | nothing | `update_parameters_with_gd` |
# | `"momentum"` | `initialize_velocity` | `update_parameters_with_momentum` |
# | `"adam"` | `initialize_adam` | `update_parameters_with_adam` |
#
# All three get their examples from `random_mini_batches`.


# %% training-start tags=["ungraded"]
def start_state(optimizer, parameters):
    """Return what an optimizer remembers at the start: nothing, v, or v and s."""
    if optimizer == "gd":
        return ()
    if optimizer == "momentum":
        return (initialize_velocity(parameters),)
    if optimizer == "adam":
        return initialize_adam(parameters)
    raise ValueError(f"optimizer must be 'gd', 'momentum' or 'adam', not {optimizer!r}")


# %% training-step tags=["ungraded"]
def one_step(optimizer, parameters, grads, state, t, alpha, beta, beta1, beta2, epsilon):
    """Take one step; return the new parameters and the new memory."""
    if optimizer == "gd":
        return update_parameters_with_gd(parameters, grads, alpha), ()
    if optimizer == "momentum":
        parameters, v = update_parameters_with_momentum(parameters, grads, *state, beta, alpha)
        return parameters, (v,)
    parameters, v, s = update_parameters_with_adam(
        parameters, grads, *state, t, alpha, beta1, beta2, epsilon
    )
    return parameters, (v, s)


# %% training-model-idea [markdown]
# **The training loop.** In every epoch: shuffle anew, and for each mini-batch go forward, go
# backward and take a step. The shuffle's seed grows by 1 each epoch. Adam's $t$ counts mini-batches
# from 1, across all epochs. The cost that is printed every 1,000 epochs, and kept every 100, is
# that of the epoch's last mini-batch.


# %% training-epoch tags=["ungraded"]
def one_epoch(optimizer, parameters, state, t, mini_batches, rates):
    """Take one step for each mini-batch; return also the count of steps and the last cost."""
    for batch_X, batch_Y in mini_batches:
        t += 1
        a3, cache = forward_propagation(batch_X, parameters)
        grads = backward_propagation(batch_X, batch_Y, cache)
        parameters, state = one_step(optimizer, parameters, grads, state, t, *rates)
    return parameters, state, t, compute_cost(a3, batch_Y)


# %% training-model tags=["ungraded"]
def model(X, Y, layers_dims, optimizer, learning_rate=0.0007, mini_batch_size=64, beta=0.9,
          beta1=0.9, beta2=0.999, epsilon=1e-8, num_epochs=10000, print_cost=True):  # fmt: skip
    """Train a network; return its parameters and the cost of every 100th epoch."""
    parameters = initialize_parameters(layers_dims)
    state, t, costs, seed = start_state(optimizer, parameters), 0, [], 10
    rates = (learning_rate, beta, beta1, beta2, epsilon)
    with few_prints() as say:  # of what your functions print, the first lines are shown
        for epoch in tqdm(range(num_epochs), optimizer, disable=NO_BAR or not print_cost):
            go_on()
            seed += 1
            batches = random_mini_batches(X, Y, mini_batch_size, seed)
            parameters, state, t, cost = one_epoch(optimizer, parameters, state, t, batches, rates)
            if epoch % 100 == 0:
                costs.append(cost)
            if print_cost and epoch % 1000 == 0:
                say(f"Cost after epoch {epoch}: {cost:f}")
    return parameters, costs


# %% training-train tags=["ungraded"]
results = {}


def train(optimizer):
    """Train with one optimizer, print the accuracy, and keep everything in `results`."""
    start = perf_counter()
    with patience():  # a loop of yours that does not end is given up
        parameters, costs = model(train_X, train_Y, [2, 5, 2, 1], optimizer)
        seconds = perf_counter() - start
        accuracy = np.mean(predict_dec(parameters, train_X) == train_Y)
        print(f"Accuracy: {accuracy:.12g}")
        results[optimizer] = (parameters, costs, accuracy, seconds)


# %% training-draw tags=["ungraded"]
def draw_training(optimizer):
    """Draw the cost curve of a training and the decision boundary that came out of it."""
    parameters, costs, _, _ = results[optimizer]
    _, (left, right) = plt.subplots(1, 2, figsize=(9, 3.8), layout="constrained")
    draw_costs(left, costs, optimizer)
    plot_decision_boundary(
        lambda points: predict_dec(parameters, points.T), train_X, train_Y, ax=right
    )
    plt.show()


# %% training-gd-idea [markdown]
# ### 5.1 Mini-batch gradient descent
#
# 10,000 epochs of 5 mini-batches each: 50,000 steps. It takes some seconds.

# %% training-gd tags=["ungraded"]
if implemented("update_parameters_with_gd", "random_mini_batches"):
    train("gd")

# %% training-gd-figure tags=["ungraded"]
if "gd" in results:
    with figure("training-gd"):
        draw_training("gd")


# %% training-momentum-idea [markdown]
# ### 5.2 Mini-batch gradient descent with momentum
#
# The same learning rate, and $\beta = 0.9$. What do you expect? Decide before you run it.

# %% training-momentum-question tags=["ungraded"]
ask("training-momentum")

# %% training-momentum tags=["ungraded"]
if implemented("initialize_velocity", "update_parameters_with_momentum", "random_mini_batches"):
    train("momentum")

# %% training-momentum-figure tags=["ungraded"]
if "momentum" in results:
    with figure("training-momentum"):
        draw_training("momentum")


# %% training-adam-idea [markdown]
# ### 5.3 Mini-batches with Adam
#
# Again the same learning rate, with $\beta_1 = 0.9$ and $\beta_2 = 0.999$.

# %% training-adam-question tags=["ungraded"]
ask("training-adam")

# %% training-adam tags=["ungraded"]
if implemented("initialize_adam", "update_parameters_with_adam", "random_mini_batches"):
    train("adam")

# %% training-adam-figure tags=["ungraded"]
if "adam" in results:
    with figure("training-adam"):
        draw_training("adam")


# %% summary [markdown]
# ### 5.4 The three side by side

# %% summary-curves tags=["ungraded"]
if len(results) == 3:
    with figure("summary-curves"):
        plot_cost_curves({name: result[1] for name, result in results.items()}, smooth=5)



# %% summary-table tags=["ungraded"]
def first_epoch_below(threshold, costs):
    """Return the first epoch whose kept cost is below the threshold, or never."""
    below = [100 * place for place, cost in enumerate(costs) if cost < threshold]
    return f"{below[0]:,}" if below else "never"


if len(results) == 3:
    print("optimizer  accuracy  epochs to cost 0.5  epochs to cost 0.2")
    for optimizer, (_, costs, accuracy, _) in results.items():
        to_half, to_fifth = (first_epoch_below(cost, costs) for cost in (0.5, 0.2))
        print(f"{optimizer:9}  {accuracy:8.1%}  {to_half:>18}  {to_fifth:>18}")

# %% summary-time tags=["ungraded", "nbval-ignore-output"]
if len(results) == 3:
    print("optimizer  seconds")
    for optimizer, (_, _, _, seconds) in results.items():
        print(f"{optimizer:9}  {seconds:7.1f}")

# %% summary-notice [markdown]
# **What to notice**
#
# - Adam's cost is below 0.5 at epoch 300; that of gradient descent first gets there at epoch 4,500.
#   A step of Adam takes more work, but it needs far fewer of them.
# - Momentum changed nothing here. With $\alpha = 0.0007$ the parameters hardly move while ten
#   gradients are averaged, so the average points where each gradient points.
# - Adam's cost does not settle; it keeps jumping around 0.13. One reason is that each kept cost is
#   that of a mini-batch of only $300 - 4 \cdot 64 = 44$ examples.

# %% summary-fair [markdown]
# **Was that fair?** All three had the learning rate 0.0007. Let us give each of them several, and
# only a tenth of the epochs.

# %% summary-fair-training tags=["ungraded"]
def accuracy_after(optimizer, learning_rate, num_epochs=1000):
    """Train with one optimizer and learning rate; return the share of right labels."""
    parameters, _ = model(
        train_X, train_Y, [2, 5, 2, 1], optimizer, learning_rate, num_epochs=num_epochs,
        print_cost=False,
    )  # fmt: skip
    return np.mean(predict_dec(parameters, train_X) == train_Y)


if len(results) == 3:
    print("accuracy after 1,000 epochs\nlearning rate        gd  momentum      adam")
    for rate in (0.0007, 0.005, 0.02, 0.1):
        with patience():
            accuracies = [accuracy_after(optimizer, rate) for optimizer in results]
            print(f"{rate:13}", *(f"{accuracy:9.1%}" for accuracy in accuracies))

# %% summary-sweep-notice [markdown]
# **What to notice.** Each optimizer does well at some learning rate, and with more epochs all three
# do well at smaller ones too: what differs is how soon. At 0.1 all three label about
# 94 % of the points rightly. But Adam does so at *every* rate here, over a range of more than a
# hundred to one, and the others only at the largest. Momentum's accuracies are almost those of
# gradient descent: two cost curves that lie on top of each other do not tell which is which.

# %% summary-remember [markdown]
# **What to remember**
#
# - A well-chosen learning rate takes plain gradient descent as far as Adam on this small problem.
#   Adam's strength is that many learning rates are well-chosen.
# - So compare optimizers only after you have tuned each of them.
# - The cost of a mini-batch is noisy. Judge a training by its trend, or by a cost over all examples.

# %% explore [markdown]
# ## 6 · Explore
#
# Move the sliders and watch your own functions walk. There are three landscapes: a straight valley,
# a saddle between two minima, and a valley that bends. The square is the start, the stars are the
# minima. Below them stands a still picture of all three, for when the notebook is opened again.

# %% explore-sliders tags=["ungraded"]
if implemented(
    "update_parameters_with_gd",
    "initialize_velocity",
    "update_parameters_with_momentum",
    "initialize_adam",
    "update_parameters_with_adam",
):
    explore(start_state, one_step)


# %% explore-tasks [markdown]
# **Things to try**
#
# - *Valley.* Push the learning rate above 0.11. Which path leaves the map, and which ones stay?
# - *Valley.* Set the momentum β to 0. Which other path does it now lie on, and why? Then set it to
#   0.98. What does too much memory look like?
# - *Saddle.* Gradient descent and momentum run straight to the saddle and stay there for a while,
#   because the slope to either side is nearly 0. What makes Adam turn off at once?
# - *Curved valley.* Momentum is ahead of Adam after 80 steps. What about 200? What about other
#   learning rates?
# - *Anywhere.* Lower Adam's β₂ to 0.5 and look at the end of its path. What is a long memory of the
#   squares good for?

# %% closing [markdown]
# ## What to take home
#
# - All optimizers here follow gradients. They differ in how many examples they look at, in what
#   they remember, and in how they scale a step.
# - The learning rate is the setting that matters most. Momentum and Adam make its choice easier,
#   not needless.
# - What is true of one landscape need not be true of another. Plot the cost curve before you
#   believe in an optimizer, this workbook's favourite included.

# %% closing-reading [markdown]
# ## Further reading
#
# - Herbert Robbins and Sutton Monro (1951). *A Stochastic Approximation Method.* Annals of
#   Mathematical Statistics 22(3). Where learning from noisy steps began.
# - Boris T. Polyak (1964). *Some methods of speeding up the convergence of iteration methods.* USSR
#   Computational Mathematics and Mathematical Physics 4(5). The heavy ball: momentum.
# - Diederik P. Kingma and Jimmy Ba (2015). *Adam: A Method for Stochastic Optimization.* ICLR.
#   [arXiv:1412.6980](https://arxiv.org/abs/1412.6980). Read Algorithm 1 beside your own code.
# - Gabriel Goh (2017). *Why Momentum Really Works.* Distill.
#   [doi:10.23915/distill.00006](https://doi.org/10.23915/distill.00006). Figures that you can move.
# - Léon Bottou, Frank E. Curtis and Jorge Nocedal (2018). *Optimization Methods for Large-Scale
#   Machine Learning.* SIAM Review 60(2). [arXiv:1606.04838](https://arxiv.org/abs/1606.04838). The
#   theory, with care.
# - Sashank J. Reddi, Satyen Kale and Sanjiv Kumar (2018). *On the Convergence of Adam and Beyond.*
#   ICLR. [arXiv:1904.09237](https://arxiv.org/abs/1904.09237). When Adam does not converge.
