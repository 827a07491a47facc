"""What is said of each figure of this workbook: alt text, caption, the question before it."""

from __future__ import annotations

from workbook.asking import Figure, Question

FIGURES = {
    "gd-landscape": Figure(
        "A bowl as a surface over weight and bias, and beside it the same bowl as a map with "
        "contour lines, a star at the lowest point and arrows that point to it.",
        "Figure 1. The cost of the line fit is a bowl. On the map darker is lower, the star marks "
        "the minimum, and the arrows point straight downhill, against the gradient, at right "
        "angles to the contours.",
    ),
    "gd-rates": Figure(
        "Three maps of the bowl with a path of 15 steps on each: with α = 0.05 it stops halfway, "
        "with α = 0.5 it ends at the star, with α = 1.6 it zigzags across the bowl.",
        "Figure 2. Fifteen steps of gradient descent from the square: with a small learning rate "
        "it does not arrive, with a good one it does, and with too large a one every step jumps "
        "across the minimum, farther and farther, until the cost is higher than at the start.",
        Question(
            "With α = 0.5 fifteen steps lead to the minimum. What will α = 1.6 do?",
            (
                "It arrives about three times as soon",
                "It jumps across the minimum, but arrives in the end",
                "It jumps across the minimum, and farther each time",
            ),
            3,
            "The gradient says which way, the learning rate how far. Where the ground is steep, "
            "too long a step does not merely waste time: it lands higher up on the other side, "
            "where the slope is steeper still, and the path leaves the bowl for good.",
        ),
    ),
    "gd-variants": Figure(
        "Three maps of the bowl after five epochs: a short straight path for batch gradient "
        "descent, a tangled one of 320 steps around the star for stochastic, and one of 40 steps "
        "that ends close to the star for mini-batches.",
        "Figure 3. The same five epochs with the same learning rate: batch gradient descent walks "
        "straight but has hardly begun, stochastic gradient descent arrives soon and then wanders "
        "around the minimum, mini-batches arrive and wander only a little.",
        Question(
            "All three look at the 64 points five times, with the same learning rate. Which one "
            "is still far from the minimum?",
            (
                "Batch: it has taken 5 steps",
                "Stochastic: single points lead it astray",
                "None: all have seen the same points as often",
            ),
            1,
            "What counts here is the number of steps. The step after a single example is cheap and "
            "points roughly the right way; but it stays noisy, so it never comes to rest.",
        ),
    ),
    "gd-experiment": Figure("A map of the bowl with the path of your experiment on it."),
    "batches": Figure(
        "Twenty numbered columns with their labels: above in order, ten blue ones and then ten "
        "orange ones; below shuffled, in two groups of eight and one of four.",
        "Figure 4. Shuffling mixes the columns, and each keeps its label: numbers up to 9 stay "
        "with 0, the others with 1. Partition gives two mini-batches of 8 and a last one with the "
        "remaining 4.",
        Question(
            "Twenty examples in mini-batches of 8: how many hold how many?",
            ("Two hold 8 each; 4 are left out", "Two hold 8, a last one holds 4", "Three hold 8"),
            2,
            "The floor of 20 / 8 is 2: so many are full. The rest, 20 − 2 · 8 = 4, is not thrown "
            "away, and nothing is filled up.",
        ),
    ),
    "momentum-beta": Figure(
        "Grey dots scatter around 1 and, from step 76 on, around −0.5. Three lines follow them: "
        "β = 0.5 jitters, β = 0.9 is smooth and a little late, β = 0.98 is very smooth and late.",
        "Figure 5. A larger β gives a smoother velocity that follows more slowly: 0.5 keeps most "
        "of the noise, 0.9 settles within about 20 steps of the change, 0.98 is still on its way "
        "75 steps later.",
        Question(
            "The gradient changes at step 76. Which velocity has arrived at the new value by step "
            "100?",
            ("All of them", "Those with β = 0.5 and β = 0.9", "Only the one with β = 0.98"),
            2,
            "About 1 / (1 − β) gradients count: 2, 10 and 50. So β is a trade, calm against quick.",
        ),
    ),
    "momentum-valley": Figure(
        "Three maps of a narrow valley: without momentum a zigzag from wall to wall, with β = 0.9 "
        "a wave that ends at the same place, with β = 0.9 and α = 0.04 a path to the star.",
        "Figure 6. Sixty steps in a narrow valley: without momentum the path zigzags, with "
        "momentum it swings gently but gets no further, and with momentum and twice the learning "
        "rate it arrives.",
        Question(
            "Does β = 0.9 get further along the valley than no momentum, with the same α and as "
            "many steps?",
            ("Yes, much further", "No, it is calmer but not faster", "No, it leaves the valley"),
            2,
            "Along the floor all gradients point the same way, and their average is no longer than "
            "they are. What momentum buys is that a larger learning rate, at which plain gradient "
            "descent would leave this valley for good, is safe.",
        ),
    ),
    "momentum-arrows": Figure(
        "The first steps of the bold path: thin arrows of the gradients point across the valley, "
        "now up and now down, while thick arrows of the velocity turn along it.",
        "Figure 7. The first steps of the bold path of Figure 6. The thin orange-red arrows show "
        "which way the gradient alone would go: almost straight across the valley. The thick blue "
        "ones are the steps along the velocity: the parts across the valley cancel out more and "
        "more, the part along it stays.",
    ),
    "momentum-experiment": Figure("A map of the narrow valley with your experiment's path on it."),
    "adam-bias": Figure(
        "Grey dots scatter around 1. The plain average climbs from 0.1 to 1 in 30 steps; "
        "the line for the corrected average is near 1 from the beginning.",
        "Figure 8. Bias correction with β₁ = 0.9: the plain average starts near 0.1 and needs some "
        "30 steps to catch up with gradients around 1; the corrected one is right from the first "
        "step.",
        Question(
            "All gradients are about 1. How large is the plain average after the first, with "
            "β₁ = 0.9?",
            ("About 1", "About 0.9", "About 0.1"),
            3,
            "It is β₁ · 0 + (1 − β₁) · 1 = 0.1, one tenth of what it should be. Divided by "
            "1 − 0.9¹ = 0.1 it is 1.",
        ),
    ),
    "adam-misprint": Figure(
        "Lengths of the first 100 steps: a level line at 1 with both corrections, a curve that "
        "falls from 10 with the misprint, and one that rises from 3 to over 6 without correction.",
        "Figure 9. The first 100 steps of Adam for a constant gradient: with both corrections each "
        "step has length α; with the misprint the first is ten times as long; without correction "
        "steps grow to more than six times as long.",
        Question(
            "With β₁ in the place of β₂, how long is the first step?",
            ("Ten times as long", "As long as it should be", "A tenth as long"),
            1,
            "s is 0.001 g² after the first gradient. Divided by 1 − 0.999 it is g²; divided by "
            "1 − 0.9 it stays 0.01 g², and its root is a tenth of what it should be.",
        ),
    ),
    "training-data": Figure(
        "Blue circles and orange triangles in the plane form two half moons, one opening "
        "downwards and one upwards, whose tips reach into each other.",
        "Figure 10. The training data: 150 blue circles (label 0) and 150 orange triangles "
        "(label 1) form two moons that reach into each other.",
    ),
    "training-gd": Figure(
        "Left a noisy cost curve that falls slowly to about 0.4 in 10,000 epochs; right the moons "
        "with a boundary that has one bend.",
        "Figure 11. Gradient descent: the cost falls slowly and with much noise, and after 10,000 "
        "epochs the boundary has a single bend and leaves the left tip of the orange moon on the "
        "blue side.",
    ),
    "training-momentum": Figure(
        "Left a noisy cost curve that falls slowly to about 0.4 in 10,000 epochs; right the moons "
        "with a boundary that has one bend: both as with gradient descent.",
        "Figure 12. Momentum with the same small learning rate: cost and boundary look just like "
        "those of gradient descent.",
        Question(
            "The same learning rate, now with β = 0.9. Where will the cost be after 10,000 epochs?",
            ("Clearly lower", "At the same height", "Clearly higher"),
            2,
            "With α = 0.0007 the parameters hardly move while ten gradients are averaged, so the "
            "average points where each gradient points. Momentum would pay with a larger α.",
        ),
    ),
    "training-adam": Figure(
        "Left a cost curve that drops steeply at once and then jumps around 0.13; right the moons "
        "with a boundary that winds between them.",
        "Figure 13. Adam: the cost drops below 0.2 within the first thousand epochs, and the "
        "boundary winds between the two moons.",
        Question(
            "Again the same learning rate. When will Adam's cost be below 0.5, where gradient "
            "descent first got at epoch 4,500?",
            ("At about the same epoch", "At about half of it", "In less than a tenth of it"),
            3,
            "A step of Adam is about α long for every number, whatever the size of its gradient. "
            "The gradients are small here, so those steps are far longer.",
        ),
    ),
    "summary-curves": Figure(
        "Three cost curves over 10,000 epochs: Adam's drops to about 0.13 at once; those of "
        "gradient descent and momentum fall slowly and lie on top of each other.",
        "Figure 14. The cost of the three trainings: Adam is far below the other two, which lie on "
        "top of each other. Thick lines are means over 5 kept costs; thin lines show the costs "
        "themselves, which are noisy because each is that of a single mini-batch.",
    ),
    "explore": Figure(
        "Three maps with the paths of gradient descent, momentum and Adam on each: a straight "
        "valley, a saddle between two minima, and a curved valley.",
        "Figure 15. Eighty steps of gradient descent, momentum and Adam with α = 0.1, β = β₁ = 0.9 "
        "and β₂ = 0.999: all three come close to the minimum of the valley, only Adam leaves the "
        "line to the saddle at once, and momentum is ahead in the curved valley.",
    ),
}
