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
# # Gradient Checking: find the bug in a backward pass
#
# A wrong gradient gives no error message. The network trains, only worse than it could, and nobody
# knows why. There is a way to find out: compute the gradient a second time, by moving each
# parameter a little and watching the cost. It is slow, and it needs no calculus at all, so it
# cannot make the same mistake.
#
# **What you'll do.** You write that check, first for one parameter, then for a network of 47. Then
# you turn it on a backward pass with bugs in it, find them, and repair them.

# %% opening-learn [markdown]
# **What you'll learn**
#
# - how to approximate a slope, and why from both sides;
# - why the step must be neither large nor tiny;
# - how to compare two gradients by one number that does not depend on their size;
# - how to lay a dictionary of arrays out as one vector, and why the order matters;
# - what the number of a check tells, and why one fixed threshold can call right code wrong.
#
# **What you'll need.** Python with NumPy: arrays, slices, dictionaries. You should know what a
# derivative is, and have seen forward and backward propagation; both are given for the network.

# %% opening-checks [markdown]
# **How checks work.** Write your code between the comments that ask for it, and run the cell. The
# next cell calls your function on an example and prints your result beside the documented one. The
# cell after that, `check(...)`, says what is right, what is not, and where to look. Check as often
# as you like.
#
# **How grading works.** There are 100 points in four exercises. When you hand in, each function is
# also called on inputs that you have not seen. A check is put to other costs too: then other
# functions stand behind the names `forward_propagation`, `backward_propagation` and
# `forward_propagation_n`. So **call them by these names**, and do not write down what they compute.
# Your marks for a check depend on the check alone: not on your other answers, and not on whether
# you have repaired the network. Figures carry no points.

# %% opening-notation [markdown]
# **Notation**
#
# | in the formulas | in the code | what it is |
# |---|---|---|
# | $\theta$ | `theta` | a parameter, or all of them in one column of shape $(n, 1)$ |
# | $J(\theta)$ | `J`, `cost` | the cost |
# | $d\theta = \partial J / \partial \theta$ | `grad` | the gradient from backward propagation |
# | $g$ | `gradapprox` | the approximate gradient |
# | $\varepsilon$ | `epsilon` | the step, $10^{-7}$ if nothing else is said |
# | $\lVert v \rVert$ | `np.linalg.norm(v)` | the length of a vector; of one number, its size |

# %% imports
import numpy as np
from gc_utils import dictionary_to_vector, gradients_to_vector, relu, sigmoid, vector_to_dictionary
from testCases import *
from workbook.asking import answer, ask, figure
from workbook.checks import check, implemented, show
from workbook.plots import plot_differences, plot_errors, plot_scaled, plot_slopes, plot_vector

# %% slope [markdown]
# ## 1 · One parameter
#
# The derivative says how fast the cost grows when the parameter does. You can measure that: compute
# the cost at two places close to each other, and divide the rise by the distance. There are two
# ways to choose the places.

# %% slope-figure tags=["ungraded"]
with figure("slope"):
    plot_slopes()


# %% slope-rule [markdown]
# **The rule.** The central difference approximates the slope from both sides:
#
# $$g = \frac{J(\theta + \varepsilon) - J(\theta - \varepsilon)}{2\,\varepsilon}$$
#
# Its error shrinks as $\varepsilon^2$. That of the one-sided difference shrinks only as
# $\varepsilon$: with a hundredth of the step, one becomes ten thousand times better and the other a
# hundred times.

# %% forward [markdown]
# ### A cost as simple as can be
#
# To begin with, the cost is a straight line through the origin, with one input $x$ and one
# parameter:
#
# $$J(\theta) = x\,\theta$$

# %% forward_propagation-heading [markdown]
# ### Exercise · `forward_propagation` · {points} points
#
# Return $J(\theta)$ for one number $x$ and one number $\theta$.


# %% forward_propagation-answer
def forward_propagation(x, theta):
    """Compute the cost.

    Parameters
    ----------
    x : float
        The input.
    theta : float
        The parameter.

    Returns
    -------
    J : float
        The cost.
    """
    ### BEGIN SOLUTION
    J = x * theta
    ### END SOLUTION
    return J


# %% forward_propagation-documented
x, theta = forward_propagation_test_case()
show("forward_propagation", x, theta)

# %% forward_propagation
from workbook.checks import check

check("forward_propagation")

# %% backward_propagation-heading [markdown]
# ### Exercise · `backward_propagation` · {points} points
#
# Return the derivative of $J$ along $\theta$, at the place `theta`. Work it out with pen and paper:
# what does $J$ gain when $\theta$ grows by 1?


# %% backward_propagation-answer
def backward_propagation(x, theta):
    """Compute the derivative of the cost along theta.

    Parameters
    ----------
    x : float
        The input.
    theta : float
        The parameter.

    Returns
    -------
    dtheta : float
        The derivative.
    """
    ### BEGIN SOLUTION
    dtheta = x
    ### END SOLUTION
    return dtheta


# %% backward_propagation-documented
x, theta = backward_propagation_test_case()
show("backward_propagation", x, theta)

# %% backward_propagation
from workbook.checks import check

check("backward_propagation")

# %% ratio [markdown]
# **How near is near?** Two gradients of 1,000,000 and 1,000,001 are as good as equal; 0 and 1 are
# not. Yet both pairs are 1 apart. So the check divides by how long the gradients are:
#
# $$\text{difference} =
# \frac{\lVert d\theta - g \rVert}{\lVert d\theta \rVert + \lVert g \rVert}$$
#
# The result lies between 0, for equal gradients, and 1, for opposite ones. If a gradient is twice
# too long, it is 1/3.

# %% gradient_check-heading [markdown]
# ### Exercise · `gradient_check` · {points} points
#
# 1. Compute the cost at $\theta + \varepsilon$ and at $\theta - \varepsilon$ with
#    `forward_propagation`, and from both the approximate slope $g$.
# 2. Get the derivative at $\theta$ from `backward_propagation`.
# 3. Return the difference of the two, by the formula above.
#
# `np.linalg.norm` takes a single number too. Call the two functions: when your check is graded, they
# are those of other costs, some of them with a wrong derivative.


# %% gradient_check-answer
def gradient_check(x, theta, epsilon=1e-7):
    """Compare backward_propagation with the central difference of forward_propagation.

    Parameters
    ----------
    x : float
        The input.
    theta : float
        The parameter: the place where both are compared.
    epsilon : float
        The step to either side.

    Returns
    -------
    difference : float
        The relative difference, between 0 and 1.
    """
    ### BEGIN SOLUTION
    J_plus = forward_propagation(x, theta + epsilon)
    J_minus = forward_propagation(x, theta - epsilon)
    gradapprox = (J_plus - J_minus) / (2 * epsilon)
    grad = backward_propagation(x, theta)
    lengths = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    difference = np.linalg.norm(grad - gradapprox) / lengths
    ### END SOLUTION
    return difference


# %% gradient_check-documented
x, theta = gradient_check_test_case()
show("gradient_check", x, theta)

# %% gradient_check
from workbook.checks import check

check("gradient_check")

# %% check-notice [markdown]
# **What to notice.** The difference is $2.9 \cdot 10^{-10}$, and not 0, although the central
# difference of a straight line is exact. What you see is the computer's rounding: the two costs
# agree in their first seven digits, and the subtraction throws just these away.

# %% epsilon [markdown]
# ### Neither large nor tiny
#
# Two errors pull in opposite directions.
#
# - **Truncation.** A large step measures the slope somewhere else. For a central difference this
#   error grows as $\varepsilon^2$.
# - **Rounding.** A number is stored with about 16 digits. With a tiny step both costs are almost
#   equal, and their difference is made of the last digits, which are wrong. Dividing by
#   $2\,\varepsilon$ makes that error grow as $10^{-16} / \varepsilon$.

# %% epsilon-figure tags=["ungraded"]
with figure("epsilon"):
    plot_errors()


# %% epsilon-notice [markdown]
# **What to notice.** The usual $\varepsilon = 10^{-7}$ lies on the left slope of the central
# difference: there all of the error is rounding. It is small, but it is chance: another order of
# operations, or another machine, gives other digits. Remember that for the end.

# %% network [markdown]
# ## 2 · Many parameters
#
# Now a network with three layers,
# linear → ReLU → linear → ReLU → linear → sigmoid, with sizes $4 \to 5 \to 3 \to 1$. Its cost is
# the mean cross-entropy of $m$ examples. Forward propagation is given.


# %% network-forward
def forward_propagation_n(X, Y, parameters):
    """Return the cost of the network, and what its backward pass needs."""
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    W3, b3 = parameters["W3"], parameters["b3"]
    Z1 = np.dot(W1, X) + b1
    A1 = relu(Z1)
    Z2 = np.dot(W2, A1) + b2
    A2 = relu(Z2)
    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(Z3)
    losses = -np.log(A3) * Y - np.log(1 - A3) * (1 - Y)
    cost = np.sum(losses) / X.shape[1]
    return cost, (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3)


# %% network-backward-idea [markdown]
# The backward pass is given too. It was written late at night. Read it if you like, but do not
# search for anything yet: your check will tell you where to look.


# %% network-backward
def backward_propagation_n(X, Y, cache):
    """Return the gradients of the cost. Something is wrong in here."""
    (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3) = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dW3 = 1.0 / m * np.dot(dZ3, A2.T)
    db3 = 1.0 / m * np.sum(dZ3, axis=1, keepdims=True)
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = dA2 * (A2 > 0)
    dW2 = 1.0 / m * np.dot(dZ2, A1.T) * 2
    db2 = 1.0 / m * np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = dA1 * (A1 > 0)
    dW1 = 1.0 / m * np.dot(dZ1, X.T)
    db1 = 4.0 / m * np.sum(dZ1, axis=1, keepdims=True)
    return {"dZ3": dZ3, "dW3": dW3, "db3": db3, "dA2": dA2, "dZ2": dZ2, "dW2": dW2, "db2": db2,
            "dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1}  # fmt: skip


# %% vector [markdown]
# **From a dictionary to a vector.** The check moves one number at a time. That is a loop, once all
# numbers stand in one column. `gc_utils` has three functions for the way there and back:
#
# | function | gives |
# |---|---|
# | `dictionary_to_vector(parameters)` | `theta` of shape $(n, 1)$, and the key that each number came from |
# | `vector_to_dictionary(theta)` | the dictionary again |
# | `gradients_to_vector(gradients)` | `grad` of shape $(n, 1)$, in the same order |

# %% vector-figure tags=["ungraded"]
X, Y, parameters = gradient_check_n_test_case()
theta, keys = dictionary_to_vector(parameters)
with figure("vector"):
    plot_vector(parameters, theta, keys)


# %% check-n-rule [markdown]
# **The rule.** For each number $i = 0, \dots, n - 1$ move that one alone, and leave all others where
# they are:
#
# $$g_i = \frac{J(\theta_0, \dots, \theta_i + \varepsilon, \dots, \theta_{n-1}) -
# J(\theta_0, \dots, \theta_i - \varepsilon, \dots, \theta_{n-1})}{2\,\varepsilon}$$
#
# Then compare the vector $g$ with the gradient, by the same formula as before. It takes $2n$
# forward passes. That is why nobody trains with it.

# %% gradient_check_n-heading [markdown]
# ### Exercise · `gradient_check_n` · {points} points
#
# 1. Turn `parameters` and `gradients` into vectors.
# 2. For each number of `theta`, compute the cost with it moved up and moved down by `epsilon`, and
#    from both the approximate slope.
# 3. Return the difference.
#
# Copy `theta` with `np.copy` before you move a number of it: `theta_plus = theta` would only give it
# a second name. `forward_propagation_n` returns two values; you need the first. How many numbers
# there are follows from `theta`: some of the networks that you are graded on have 20.


# %% gradient_check_n-answer
def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7):
    """Compare the gradients of a network with central differences of forward_propagation_n.

    Parameters
    ----------
    parameters : dict
        W1, b1, W2, b2, W3, b3.
    gradients : dict
        dW1, db1, ..., db3, each of the shape of its parameter; other keys do not matter.
    X : ndarray of shape (n_x, m)
        The examples, one in each column.
    Y : ndarray
        Their labels.
    epsilon : float
        The step to either side.

    Returns
    -------
    difference : float
        The relative difference, between 0 and 1.
    """
    ### BEGIN SOLUTION
    theta, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    gradapprox = np.zeros_like(theta)
    for i in range(len(theta)):
        theta_plus, theta_minus = np.copy(theta), np.copy(theta)
        theta_plus[i] += epsilon
        theta_minus[i] -= epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(theta_plus))
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(theta_minus))
        gradapprox[i] = (J_plus - J_minus) / (2 * epsilon)
    lengths = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    difference = np.linalg.norm(grad - gradapprox) / lengths
    ### END SOLUTION
    return difference


# %% gradient_check_n-documented
X, Y, parameters = gradient_check_n_test_case()
cost, cache = forward_propagation_n(X, Y, parameters)
gradients = backward_propagation_n(X, Y, cache)
show("gradient_check_n", parameters, gradients, X, Y)

# %% gradient_check_n
from workbook.checks import check

check("gradient_check_n")

# %% check-n-notice [markdown]
# **What to notice.** 0.285 is no rounding error. If your check is green, the *network* is wrong.

# %% hunt [markdown]
# ## 3 · The hunt
#
# One number for 47 parameters says that there is a bug, not where. But you can question your check.
# Multiply the gradient of one array by a factor and ask again. If that array was right, every
# factor but 1 makes things worse. If another factor makes the difference smaller, the array was
# wrong, and the factor tells how.


# %% hunt-scaled tags=["ungraded"]
def scaled_differences(backward, factors):
    """Return for each array the differences when its gradient is multiplied by each factor."""
    X, Y, parameters = gradient_check_n_test_case()
    gradients = backward(X, Y, forward_propagation_n(X, Y, parameters)[1])
    return {
        key: [
            gradient_check_n(parameters, gradients | {f"d{key}": c * gradients[f"d{key}"]}, X, Y)
            for c in factors
        ]
        for key in parameters
    }


# %% hunt-figure tags=["ungraded"]
if implemented("gradient_check_n"):
    factors = np.linspace(0, 2, 81)
    with figure("hunt"):
        plot_scaled(scaled_differences(backward_propagation_n, factors), factors)


# %% hunt-notice [markdown]
# **What to notice.** With two bugs at once, each blurs the factor of the other, and the stars of the
# right arrays are not at 1 either: a little more of what is right makes what is wrong count less.
# The two culprits stand out all the same. Now read the backward pass again, and look at these two
# lines only.

# %% repair [markdown]
# ### Your repair
#
# The next cell is yours. Write the backward pass again, as `repaired_backward_propagation_n`: copy
# the given one and change what is wrong. No points depend on it, but you will want to see what comes
# next.


# %% repair-yours tags=["yours", "ungraded"]
def repaired_backward_propagation_n(X, Y, cache):
    """Return the gradients of the cost; nothing is wrong in here."""
    ### BEGIN SOLUTION
    m = X.shape[1]
    gradients = backward_propagation_n(X, Y, cache)
    gradients["dW2"] = 1.0 / m * np.dot(gradients["dZ2"], cache[1].T)
    gradients["db1"] = 1.0 / m * np.sum(gradients["dZ1"], axis=1, keepdims=True)
    return gradients
    ### END SOLUTION


# %% repair-ready tags=["ungraded"]
def ready():
    """Tell whether the check and the repair are written; say what is missing."""
    X, Y, parameters = gradient_check_n_test_case()
    try:
        repaired_backward_propagation_n(X, Y, forward_propagation_n(X, Y, parameters)[1])
    except (NameError, NotImplementedError):
        print("This cell comes alive when you have written repaired_backward_propagation_n.")
        return False
    return implemented("gradient_check_n")


# %% repair-check tags=["ungraded"]
def difference_of(backward, epsilon=1e-7):
    """Return what your check says of a backward pass on the example."""
    X, Y, parameters = gradient_check_n_test_case()
    gradients = backward(X, Y, forward_propagation_n(X, Y, parameters)[1])
    return gradient_check_n(parameters, gradients, X, Y, epsilon)


if ready():
    print(f"as given: {difference_of(backward_propagation_n):.2g}")
    print(f"repaired: {difference_of(repaired_backward_propagation_n):.1e}")

# %% repair-figure tags=["ungraded"]
if ready():
    differences = scaled_differences(repaired_backward_propagation_n, factors)
    with figure("repair"):
        plot_scaled(differences, factors)


# %% threshold [markdown]
# ### Is 1.2e-07 small?
#
# The repaired difference is about $1.2 \cdot 10^{-7}$. More digits mean nothing: written in another
# order, right code gives $1.189 \cdot 10^{-7}$ or $1.191 \cdot 10^{-7}$. A rule that you may meet says
# that only a difference below $10^{-7}$ is right. **By that rule your repaired code is wrong, and it
# is not.** So this workbook asks for less than $2 \cdot 10^{-7}$. But where does any such number come
# from? Ask your check with other steps.

# %% threshold-figure tags=["ungraded"]
if ready():
    epsilons = np.logspace(-10, -1, 37)
    passes = {"as given": backward_propagation_n, "repaired": repaired_backward_propagation_n}
    found = {
        name: [difference_of(one, epsilon) for epsilon in epsilons] for name, one in passes.items()
    }
    with figure("threshold"):
        plot_differences(epsilons, found)



# %% threshold-notice [markdown]
# **What to notice**
#
# - If a difference looks suspicious, *change ε*.
# - A threshold belongs to a step, to a precision and to a network. With ε = 10⁻⁵ this network could
#   be held to $10^{-8}$; in single precision not even to $10^{-3}$ at ε = 10⁻⁷.

# %% kinks [markdown]
# **Three traps in real networks**
#
# - *Kinks.* ReLU has no slope at 0. If a step carries a unit across, the check sees half of each
#   side. A few numbers are then off although the code is right: try another point.
# - *Chance.* Dropout switches units off at random, so two forward passes have different costs.
#   Switch it off for the check.
# - *Luck.* At one point a bug may not show, say because a unit is off. Check at several points, and
#   after a few steps of training.

# %% closing [markdown]
# ## What to take home
#
# - Backward propagation is quick and easy to get wrong. A central difference is slow and hard to get
#   wrong. Compare them once, then train with the quick one.
# - The relative difference makes one number of it. Near $10^{-7}$ or less: right. Near $10^{-3}$ or
#   more: a bug. Between them: change ε and look again.
# - Use the check to search, too: question it about one array at a time.

# %% closing-reading [markdown]
# ## Further reading
#
# - Nicholas J. Higham (2002). *Accuracy and Stability of Numerical Algorithms.* SIAM, 2nd edition.
#   [doi:10.1137/1.9780898718027](https://doi.org/10.1137/1.9780898718027). Why subtraction loses
#   digits.
# - William Squire and George Trapp (1998). *Using Complex Variables to Estimate Derivatives of Real
#   Functions.* SIAM Review 40(1).
#   [doi:10.1137/S003614459631241X](https://doi.org/10.1137/S003614459631241X). A step that rounding
#   cannot hurt.
# - Atılım Güneş Baydin, Barak A. Pearlmutter, Alexey A. Radul and Jeffrey M. Siskind (2018).
#   *Automatic Differentiation in Machine Learning: a Survey.* JMLR 18.
#   [arXiv:1502.05767](https://arxiv.org/abs/1502.05767). How gradients are computed today.
