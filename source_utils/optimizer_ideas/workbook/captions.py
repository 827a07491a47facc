"""What is said of each figure of this workbook: alt text, caption, the question before it."""

from __future__ import annotations

from workbook.asking import Figure, Question

FIGURES = {
    "averages": Figure(
        "Three panels with the same noisy dots and a dotted wave: the average with β = 0.5 "
        "jitters, with 0.9 it follows the wave a little late, with 0.98 it is smooth and far "
        "behind.",
        "Figure 1. The same 180 days (dots), the wave that they were made from (dotted), and "
        "your corrected average (line) with three values of β. With 0.5 it still jumps with "
        "the noise, with 0.9 it follows the wave a little late, with 0.98 it is smooth and "
        "far behind.",
        Question(
            "With β = 0.98 the average is the calmest. What does that calm cost?",
            ("Nothing", "It follows the wave late", "Its values come out too large"),
            2,
            "About 1 / (1 − β) = 50 days count alike, and most of them are past. When the "
            "wave turns, the average still remembers the other way.",
        ),
    ),
    "averages-weights": Figure(
        "For each of three values of β the weight of a value by its age: a curve that falls "
        "from its first value to nothing, the slower the larger β is; the window is shaded.",
        "Figure 2. The weight of a value by its age, told by your own function: it was given "
        "a single 1 and then zeros. The window is shaded. It is no sharp edge: a fourth to "
        "more than a third of the weight is older.",
    ),
    "averages-correction": Figure(
        "Left two averages with β = 0.98, one that climbs from zero for two months and one "
        "that is of the right size at once; right the divisor, which rises from near 0 to 1.",
        "Figure 3. Left: β = 0.98 without the correction (dashed) needs two months to come up "
        "from zero; with it (line) the average is of the right size from the first day. "
        "Right: what is divided by. When it is near 1, the correction has nothing left to do.",
    ),
    "averages-explore": Figure(
        "The noisy series, the wave behind it, and the average with β = 0.95, which is smooth "
        "and comes late.",
        "Figure 4. Move β (in a saved notebook the figure stands still). «Off» is the root of "
        "the mean square of the distance to the wave. Small β lets the noise through, large β "
        "comes late: find the β between them. Then take the correction away.",
    ),
    "rmsprop": Figure(
        "A narrow valley with two paths: gradient descent zigzags from side to side, RMSprop "
        "goes down at a slant and then along the floor.",
        "Figure 5. A valley that is 36 times as steep across as along. Gradient descent "
        "(circles) jumps from side to side, and its rate could hardly be larger: above 0.11 "
        "it would leave the valley. RMSprop (triangles) begins with steps of the same length "
        "in both directions, and is down first.",
    ),
    "decay": Figure(
        "Learning rates by epoch on two scales: the inverse of time flattens out, the "
        "exponential is a straight line in powers of ten, the staircase goes down in steps "
        "above it.",
        "Figure 6. The three schedules with the same α₀ and k. They leave in the same "
        "direction. The inverse of time (line) slows its own decay; the exponential (dashed) "
        "does not, and is a straight line in powers of ten. The staircase is never below the "
        "exponential and meets it where a stair begins.",
    ),
    "decay-noise": Figure(
        "Costs of five descents over 400 steps: two constant rates end on level floors, the "
        "inverse of time goes on falling, the exponential and the staircase fall and then "
        "stay.",
        "Figure 7. Descents into a bowl with noisy gradients, α₀ = 0.5, k = 0.05, stairs of "
        "20 epochs; the mean of 200 runs. The constant rate falls fast and stays at 0.17. A "
        "tenth of it comes down to 0.014, and takes many more steps to get there. The inverse "
        "of time goes on falling. The exponential and the staircase are best for a while; "
        "then their steps are too short to go anywhere.",
        Question(
            "A constant rate of 0.5 falls fast, one of 0.05 slowly. The gradients are noisy. "
            "Where do the two end?",
            ("At the same height", "The larger rate ends higher", "The smaller rate ends higher"),
            2,
            "Near the minimum the gradient is mostly noise, and each step is noise times the "
            "rate. The longer the steps, the farther they throw you out again.",
        ),
    ),
    "saddle": Figure(
        "Left a map with three paths that run to the saddle and turn up to the minimum; right "
        "their costs, which stay level at the saddle and fall later, the later the nearer the "
        "start was to the ridge.",
        "Figure 8. Gradient descent from three starts near the ridge, α = 0.1. Left: all go "
        "to the saddle first (the two that start nearer lie on each other there), then turn "
        "upwards to the lowest place. Right: at the saddle the cost stays flat, as if the "
        "training were over. Then it falls again.",
    ),
    "saddle-times": Figure(
        "Steps to leave the saddle by distance from the ridge: a straight line that rises to "
        "the left for gradient descent, one that levels off with noise, a level one for "
        "RMSprop.",
        "Figure 9. Steps until the saddle is left, by the distance from the ridge at the "
        "start. Gradient descent (circles) needs 24 more for each power of ten. With noise of "
        "size 0.001 (squares) there is no such thing as a start on the ridge: the steps stop "
        "growing, and chance decides the rest. RMSprop (triangles) needs nine, wherever it "
        "starts: it divides a tiny slope by its tiny size.",
        Question(
            "Gradient descent starts ten times nearer to the ridge. How many more steps does "
            "it need to leave the saddle?",
            ("Ten times as many", "The same number more each time", "None"),
            2,
            "Near the saddle each step multiplies the distance by 1 + α. Ten times nearer "
            "means a factor of ten more to make up, and that takes the same number of steps "
            "wherever it is.",
        ),
    ),
    "saddle-share": Figure(
        "The share of minima by number of directions, in powers of ten: it falls below the "
        "line of tossed coins, to one in 4000 with five directions.",
        "Figure 10. For each number of directions 4000 random curvatures (symmetric matrices "
        "of normal numbers), and the share that bends up in all directions. It falls even "
        "faster than the coins do, because the directions are not independent of each other. "
        "With five, one of 4000 was a minimum.",
    ),
    "race-rates": Figure(
        "The median of steps by learning rate for three optimizers: three valleys, with that "
        "of RMSprop a factor of ten to the left.",
        "Figure 11. The median number of steps by learning rate; the shade reaches from the "
        "best to the worst of the four seeds. Each optimizer has its own range of rates, with "
        "RMSprop's a factor of ten and more to the left. No best rate lies at the end of the "
        "scale: if one did, you would have to look further.",
    ),
    "race-final": Figure(
        "Dots for eight runs of each optimizer: left with one rate for all RMSprop is far "
        "ahead of two that hardly arrive; right, each with its own rate, they are close "
        "together.",
        "Figure 12. Eight fresh seeds; a dot is a run, the bar its median, and dots on the "
        "dotted line did not get there. Left, with one rate for all, RMSprop seems to be in "
        "another class. Right, each with its own rate, RMSprop is still ahead, by steps and "
        "no longer by a class; the others would have been judged by a rate that was not "
        "theirs. One run with momentum did not arrive: its rate is bold.",
    ),
}
