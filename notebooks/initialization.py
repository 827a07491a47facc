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
# # Initialization: where a training starts
#
# Before a network can learn, its weights must have some value. It seems a small matter, as training
# changes them anyway. It is not: the same network with the same data may learn nothing, or learn
# badly, or learn well, and only its first weights differ.
#
# **What you'll do.** You write three initializations: zeros, large random numbers, and the rule of
# He et al. Three short functions. Then you train the same network from each of these starts, and
# look at the boundary it reaches.

# %% opening-learn [markdown]
# **What you'll learn**
#
# - why hidden units that start alike stay alike, however long you train;
# - what goes wrong when weights start too large, down to a cost that is infinite;
# - which scale keeps a signal alive through many layers of ReLU, and where the 2 in it comes from;
# - how signals and gradients vanish or explode with depth when that scale is missed.
#
# **What you'll need.** Python with NumPy: arrays, shapes, dictionaries. You should have seen forward
# and backward propagation and gradient descent; all three are given here.

# %% opening-checks [markdown]
# **How checks work.** Write your code between the comments that ask for it, and run the cell. The
# next cell calls your function on an example and prints your result beside the documented one. The
# cell after that, `check(...)`, says what is right, what is not, and where to look. Check as often
# as you like.
#
# **How grading works.** There are 100 points in three exercises. When you hand in, each function is
# also called with layer sizes that you have not seen: other numbers of layers, other numbers of
# units. So write the rule, not the example. Please leave the names of the functions and the `check`
# cells as they are. Figures and trainings carry no points.

# %% opening-notation [markdown]
# **Notation.** A network has $L$ layers; layer $l$ has $n^{[l]}$ units, and $n^{[0]}$ is the number
# of inputs. The list `layers_dims` holds $n^{[0]}, n^{[1]}, \dots, n^{[L]}$: one number more than
# there are layers, as the inputs are no layer.
#
# | in the formulas | in the code | shape |
# |---|---|---|
# | weights $W^{[l]}$ | `parameters["W1"]`, …, `parameters["WL"]` | $(n^{[l]},\, n^{[l-1]})$ |
# | biases $b^{[l]}$ | `parameters["b1"]`, …, `parameters["bL"]` | $(n^{[l]},\, 1)$ |
# | $m$ examples, one in each column | `X` | $(n^{[0]},\, m)$ |
# | their labels | `Y` | $(1,\, m)$ |
#
# Row $i$ of $W^{[l]}$ holds the weights of unit $i$: one for each unit of the layer before.

# %% imports
import os

import numpy as np
from workbook.asking import answer, ask, figure
from workbook.checks import check, implemented, show
from workbook.circles import plot_cost_curves, plot_data, plot_outputs, plot_training
from workbook.circles import plot_unit_weights
from workbook.depth import explore_depth
from init_utils import backward_propagation, compute_loss, forward_propagation
from init_utils import load_dataset, predict_dec, update_parameters
from testCases import *
from tqdm.auto import tqdm

NO_BAR = bool(os.environ.get("TQDM_DISABLE"))  # builds of this page show no progress bars

# %% data [markdown]
# ## 1 · The task and the network
#
# The data are two noisy circles, one inside the other. The network is to tell from the place of a
# point which circle it belongs to. No straight line can do that: the hidden layers are needed, and
# that is what makes the start matter.

# %% data-load tags=["ungraded"]
train_X, train_Y, test_X, test_Y = load_dataset()
with figure("data"):
    plot_data(train_X, train_Y, test_X, test_Y)


# %% network [markdown]
# **The network** has two inputs, hidden layers of 10 and 5 units with ReLU, and one sigmoid output:
# $2 \to 10 \to 5 \to 1$. It is trained with batch gradient descent, 15,000 iterations with a
# learning rate of 0.01. The cost is the mean cross-entropy,
#
# $$J = -\frac{1}{m} \sum_{i=1}^{m} \left( y_i \log a_i + (1 - y_i) \log (1 - a_i) \right),$$
#
# where $a_i$ is the network's output for example $i$. All of that comes ready from `init_utils`. The
# only thing that will change from one training to the next is the argument `initialize`.


# %% network-model tags=["ungraded"]
def model(X, Y, layers_dims, initialize, learning_rate=0.01, num_iterations=15000, print_cost=True):
    """Train a network; return its parameters and the cost of every 100th iteration."""
    parameters, costs = initialize(layers_dims), {}
    for iteration in tqdm(range(num_iterations), leave=False, disable=NO_BAR):
        a3, cache = forward_propagation(X, parameters)
        if iteration % 100 == 0:
            costs[iteration] = compute_loss(a3, Y)
        if print_cost and iteration % 2000 == 0:
            print(f"Cost after iteration {iteration}: {costs[iteration]:.6f}")
        grads = backward_propagation(X, Y, cache)
        parameters = update_parameters(parameters, grads, learning_rate)
    return parameters, costs


# %% network-train tags=["ungraded"]
results = {}


def train(start, initialize):
    """Train from one start, and keep the parameters and the costs in `results`."""
    results[start] = model(train_X, train_Y, [2, 10, 5, 1], initialize)


def accuracy(start, X, Y):
    """Return the share of the examples that the trained network gets right."""
    return float(np.mean(predict_dec(results[start][0], X) == Y))


# %% network-draw tags=["ungraded"]
def draw_training(start):
    """Say how good the trained network is; draw its cost curve and the boundary it reached."""
    parameters, costs = results[start]
    print(f"Accuracy on the training examples: {accuracy(start, train_X, train_Y):.4f}")
    print(f"Accuracy on the test examples:     {accuracy(start, test_X, test_Y):.4f}")
    plot_training(
        start, costs, lambda points: predict_dec(parameters, points.T), train_X, train_Y
    )


# %% zeros [markdown]
# ## 2 · All zeros
#
# The simplest start: every weight and every bias is 0. For biases that is fine, and it is what all
# three starts here do. What about weights?

# %% initialize_parameters_zeros-heading [markdown]
# ### Exercise · `initialize_parameters_zeros` · {points} points
#
# Return a dictionary with a $W^{[l]}$ and a $b^{[l]}$ of zeros for every layer $l = 1, \dots, L$:
#
# $$W^{[l]} = 0 \text{ of shape } (n^{[l]},\, n^{[l-1]}), \qquad
# b^{[l]} = 0 \text{ of shape } (n^{[l]},\, 1)$$
#
# `np.zeros((rows, columns))` makes such an array; the shape is one argument, a tuple. Each entry
# should be an array of its own.


# %% initialize_parameters_zeros-answer
def initialize_parameters_zeros(layers_dims):
    """Make parameters that are all zero.

    Parameters
    ----------
    layers_dims : list of int
        The number of inputs, then the number of units of each layer.

    Returns
    -------
    parameters : dict
        W1, b1, ..., WL, bL: Wl of shape (n_l, n_{l-1}), bl of shape (n_l, 1), all floats.
    """
    L = len(layers_dims) - 1  # the inputs are no layer
    parameters = {}
    ### BEGIN SOLUTION
    for layer in range(1, L + 1):
        parameters[f"W{layer}"] = np.zeros((layers_dims[layer], layers_dims[layer - 1]))
        parameters[f"b{layer}"] = np.zeros((layers_dims[layer], 1))
    ### END SOLUTION
    return parameters


# %% initialize_parameters_zeros-documented
layers_dims = initialize_parameters_zeros_test_case()
show("initialize_parameters_zeros", layers_dims)

# %% initialize_parameters_zeros
from workbook.checks import check

check("initialize_parameters_zeros")

# %% zeros-training-idea [markdown]
# **Train from zeros.** 15,000 iterations; it takes some seconds. Predict first:

# %% zeros-question tags=["ungraded"]
ask("zeros")

# %% zeros-training tags=["ungraded"]
if implemented("initialize_parameters_zeros"):
    train("zeros", initialize_parameters_zeros)

# %% zeros-figure tags=["ungraded"]
if "zeros" in results:
    with figure("zeros"):
        draw_training("zeros")


# %% symmetry [markdown]
# **Not zero, but all alike?** Zeros are an extreme case of a wider mistake. Let us start with all
# weights at 0.3.


# %% symmetry-starts tags=["ungraded"]
def all_alike(layers_dims):
    """Make weights that are all 0.3, and biases of zero."""
    parameters = initialize_parameters_zeros(layers_dims)
    return {key: array + 0.3 * key.startswith("W") for key, array in parameters.items()}


def all_different(layers_dims):
    """Make weights around 0.3, each of them different, and biases of zero."""
    rng = np.random.default_rng(0)
    parameters = all_alike(layers_dims)
    return {
        key: array + 0.3 * rng.standard_normal(array.shape) * key.startswith("W")
        for key, array in parameters.items()
    }


# %% symmetry-training tags=["ungraded"]
def first_layers(initialize, num_iterations=6000, every=100):
    """Train, and return W1 as it is at every 100th iteration."""
    parameters, kept = initialize([2, 10, 5, 1]), []
    for iteration in range(num_iterations):
        if iteration % every == 0:
            kept.append(parameters["W1"])
        _, cache = forward_propagation(train_X, parameters)
        grads = backward_propagation(train_X, train_Y, cache)
        parameters = update_parameters(parameters, grads, learning_rate=0.01)
    return kept


# %% symmetry-figure tags=["ungraded"]
if implemented("initialize_parameters_zeros"):
    kept = {"all alike": first_layers(all_alike), "all different": first_layers(all_different)}
    for start, weights in kept.items():
        spread = np.ptp(weights[-1], axis=0).max()
        print(f"{start}: at the end two of the ten units differ by up to {spread:.2f}")
    with figure("symmetry"):
        plot_unit_weights(kept, every=100)


# %% zeros-remember [markdown]
# **What to remember**
#
# - Units of a layer that start alike stay alike. Ten of them do the work of one.
# - Weights must differ from each other at the start: that is what random numbers are for.
# - Biases may start at zero. The weights already tell the units apart.

# %% random [markdown]
# ## 3 · Large random numbers
#
# So let us draw the weights at random. How large should they be? Try large ones first: standard
# normal numbers times 10.

# %% initialize_parameters_random-heading [markdown]
# ### Exercise · `initialize_parameters_random` · {points} points
#
# Draw the weights of every layer from the standard normal distribution and multiply them by 10.
# Biases are zeros.
#
# $$W^{[l]} = 10\, Z \text{ with } Z_{ij} \sim \mathcal{N}(0, 1), \qquad b^{[l]} = 0$$
#
# The first line sets the seed, once, so that everybody gets the same numbers. After it, call
# `np.random.randn(rows, columns)` once for each layer, from layer 1 to layer $L$, and no other
# random function. Unlike `np.zeros`, it takes the two sizes as two arguments.


# %% initialize_parameters_random-answer
def initialize_parameters_random(layers_dims):
    """Make large random weights, and biases of zero.

    Parameters
    ----------
    layers_dims : list of int
        The number of inputs, then the number of units of each layer.

    Returns
    -------
    parameters : dict
        W1, b1, ..., WL, bL: Wl of shape (n_l, n_{l-1}), bl of shape (n_l, 1), all floats.
    """
    np.random.seed(3)
    L = len(layers_dims) - 1  # the inputs are no layer
    parameters = {}
    ### BEGIN SOLUTION
    for layer in range(1, L + 1):
        rows, columns = layers_dims[layer], layers_dims[layer - 1]
        parameters[f"W{layer}"] = np.random.randn(rows, columns) * 10
        parameters[f"b{layer}"] = np.zeros((rows, 1))
    ### END SOLUTION
    return parameters


# %% initialize_parameters_random-documented
layers_dims = initialize_parameters_random_test_case()
show("initialize_parameters_random", layers_dims)

# %% initialize_parameters_random
from workbook.checks import check

check("initialize_parameters_random")

# %% random-training-idea [markdown]
# **Train from large numbers.** The first cost is infinite, and that is no slip: for some examples
# the network is wrong and so certain that its output is exactly 0 or 1 in floating point. Then $J$
# holds $-\log 0 = \infty$. The gradient, $a - y$ at the output, is finite all the same, so training
# goes on. (The later costs may differ a little from those printed here: with weights as large as
# these, the last digit of a sum decides which way a training goes, and computers differ in it.)

# %% random-training tags=["ungraded", "nbval-ignore-output"]
if implemented("initialize_parameters_random"):
    train("random", initialize_parameters_random)

# %% random-figure tags=["ungraded"]
if "random" in results:
    with figure("random"):
        draw_training("random")



# %% random-certain [markdown]
# **Certain from the start.** Here is what the untrained network says to the 300 examples, with the
# same random numbers three times: times 10, as they are, and divided by 10.


# %% random-outputs tags=["ungraded"]
def scaled(factor):
    """Return your random parameters with their weights scaled."""
    parameters = initialize_parameters_random([2, 10, 5, 1])
    return {
        key: array * (factor if key.startswith("W") else 1) for key, array in parameters.items()
    }


if implemented("initialize_parameters_random"):
    outputs = {
        "times 10": forward_propagation(train_X, scaled(1.0))[0],
        "as drawn": forward_propagation(train_X, scaled(0.1))[0],
        "divided by 10": forward_propagation(train_X, scaled(0.01))[0],
    }
    with figure("random-outputs"):
        plot_outputs(outputs)


# %% random-remember [markdown]
# **What to remember**
#
# - Random numbers break the symmetry: the network learns.
# - Weights that are too large make it certain and wrong at the start. Much of the training is spent
#   on undoing that.
# - Weights that are too small make all outputs alike, and gradients small.
# - What counts is the *scale*. It should not be guessed.

# %% he [markdown]
# ## 4 · The scale of He et al.
#
# A good scale keeps the signal as strong as it is. Look at one unit: it adds up
# $n = n^{[l-1]}$ products of a weight $w_j$ and an output $a_j$ of the layer before. If the weights are
# independent, with mean 0 and variance $v$, the sum $z$ has mean 0 and variance
#
# $$\operatorname{Var}(z) = n\, v\, \operatorname{E}(a^2) .$$

# %% he-two [markdown]
# **Where the 2 comes from.** The outputs $a$ are ReLUs of sums like $z$, which are as often positive
# as negative. ReLU keeps the positive ones and turns the others into 0, so it keeps half of the mean
# square: $\operatorname{E}(a^2) = \tfrac{1}{2} \operatorname{Var}(z_{\text{before}})$. Put together,
#
# $$\operatorname{Var}(z) = \tfrac{1}{2}\, n\, v\, \operatorname{Var}(z_{\text{before}}),$$
#
# and the signal stays as strong as it is if $v = 2 / n$. A standard normal number has variance 1;
# to give it variance $v$, multiply it by $\sqrt{v}$.

# %% initialize_parameters_he-heading [markdown]
# ### Exercise · `initialize_parameters_he` · {points} points
#
# Draw the weights as before, and scale those of each layer by a factor of its own:
#
# $$W^{[l]} = \sqrt{\frac{2}{n^{[l-1]}}}\; Z \text{ with } Z_{ij} \sim \mathcal{N}(0, 1),
# \qquad b^{[l]} = 0$$
#
# $n^{[l-1]}$ is the size of the layer *before*; for layer 1 that is the number of inputs. The factor
# takes the place of the 10. The seed is the same, and so is the order of the draws.


# %% initialize_parameters_he-answer
def initialize_parameters_he(layers_dims):
    """Make random weights of the scale of He et al., and biases of zero.

    Parameters
    ----------
    layers_dims : list of int
        The number of inputs, then the number of units of each layer.

    Returns
    -------
    parameters : dict
        W1, b1, ..., WL, bL: Wl of shape (n_l, n_{l-1}), bl of shape (n_l, 1), all floats.
    """
    np.random.seed(3)
    L = len(layers_dims) - 1  # the inputs are no layer
    parameters = {}
    ### BEGIN SOLUTION
    for layer in range(1, L + 1):
        rows, columns = layers_dims[layer], layers_dims[layer - 1]
        parameters[f"W{layer}"] = np.random.randn(rows, columns) * np.sqrt(2 / columns)
        parameters[f"b{layer}"] = np.zeros((rows, 1))
    ### END SOLUTION
    return parameters


# %% initialize_parameters_he-documented
layers_dims = initialize_parameters_he_test_case()
show("initialize_parameters_he", layers_dims)

# %% initialize_parameters_he
from workbook.checks import check

check("initialize_parameters_he")

# %% he-notice [markdown]
# **What to notice.** In the example the first layer has two inputs, so its factor is
# $\sqrt{2/2} = 1$: the numbers of $W^{[1]}$ are those of the random start, without the 10.

# %% he-training-idea [markdown]
# **Train from He's scale.** Same network, same data, same iterations.

# %% he-training tags=["ungraded"]
if implemented("initialize_parameters_he"):
    train("he", initialize_parameters_he)

# %% he-figure tags=["ungraded"]
if "he" in results:
    with figure("he"):
        draw_training("he")


# %% summary [markdown]
# ## 5 · The three side by side

# %% summary-curves tags=["ungraded"]
if len(results) == 3:
    with figure("summary-curves"):
        plot_cost_curves({start: costs for start, (_, costs) in results.items()})


# %% summary-table tags=["ungraded"]
if len(results) == 3:
    print("start   training   test")
    for start in results:
        on_training, on_test = accuracy(start, train_X, train_Y), accuracy(start, test_X, test_Y)
        print(f"{start:6}  {on_training:8.2%}  {on_test:5.0%}")

# %% summary-remember [markdown]
# **What to remember**
#
# - Only the start differed. It decided between nothing, a poor boundary and a good one.
# - Zeros fail for good: no number of iterations helps.
# - Large numbers cost time. With many more iterations, or a better optimizer, that training would get
#   further; a good start gets there without.

# %% depth [markdown]
# ## 6 · Explore: signals by depth
#
# This network has three layers. In a deep one the scale matters far more, because every layer
# multiplies: a factor of 0.7 in each of 30 layers makes $0.7^{30} \approx 0.00002$. A signal that
# shrinks like that *vanishes*, one that grows *explodes*, and gradients, on their way back through the
# same weights, do the same.
#
# Move the sliders. Your `initialize_parameters_he` makes the weights of a network of equal layers,
# and all of them are multiplied by a factor. Where widgets are missing you see a still picture.

# %% depth-sliders tags=["ungraded"]
if implemented("initialize_parameters_he"):
    explore_depth(initialize_parameters_he)


# %% depth-tasks [markdown]
# **Things to try**
#
# - Set the factor to 0.7. That is about $\sqrt{1/n}$, the scale for units *without* ReLU. How many
#   layers does it take until a tenth of the signal is left?
# - Which side of 1 is worse for a training with a fixed learning rate: gradients that vanish or
#   gradients that explode?
# - Give each layer 10 units, then 200, with the factor 1. Which line is smoother, and why?
# - Standard normal numbers without any scale belong to the factor $\sqrt{n/2}$. What is that for 100
#   units, and what would become of a signal in 30 layers?

# %% closing [markdown]
# ## What to take home
#
# - Weights start random, so that units differ. Biases may start at zero.
# - Their scale follows from the number of inputs of a unit and from its activation: variance $2/n$
#   for ReLU.
# - Too small, and signals and gradients vanish with depth; too large, and they explode.
# - When a deep network will not learn, look at the strength of its signals before the first step.

# %% closing-reading [markdown]
# ## Further reading
#
# - Yann LeCun, Léon Bottou, Genevieve B. Orr and Klaus-Robert Müller (1998). *Efficient BackProp.* In
#   Neural Networks: Tricks of the Trade. Where the variance $1/n$ was recommended first.
# - Xavier Glorot and Yoshua Bengio (2010). *Understanding the difficulty of training deep feedforward
#   neural networks.* AISTATS. Signals and gradients measured layer by layer.
# - Kaiming He, Xiangyu Zhang, Shaoqing Ren and Jian Sun (2015). *Delving Deep into Rectifiers.* ICCV.
#   [arXiv:1502.01852](https://arxiv.org/abs/1502.01852). Section 2.2 derives your third function.
# - Andrew M. Saxe, James L. McClelland and Surya Ganguli (2014). *Exact solutions to the nonlinear
#   dynamics of learning in deep linear neural networks.* ICLR.
#   [arXiv:1312.6120](https://arxiv.org/abs/1312.6120). Orthogonal weights as a start.
# - Dmytro Mishkin and Jiri Matas (2016). *All you need is a good init.* ICLR.
#   [arXiv:1511.06422](https://arxiv.org/abs/1511.06422). Measure the scale instead of deriving it.
