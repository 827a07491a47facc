"""What is said of each figure of this workbook: alt text, caption, the question before it."""

from __future__ import annotations

from workbook.asking import Figure, Question

FIGURES = {
    "slope": Figure(
        "Three times the same curve: with its tangent at θ = 1, with a line from θ to θ + ε that "
        "is too steep, and with a line from θ − ε to θ + ε that is almost parallel to the tangent.",
        "Figure 1. Left: the slope of a curve at θ = 1 is 3. Middle: the line from θ to θ + ε, "
        "here with a large ε = 0.6, is much too steep. Right: the line from θ − ε to θ + ε leans "
        "almost as the slope does, because what it gains on one side it loses on the other. Blue "
        "is the true slope.",
    ),
    "epsilon": Figure(
        "Errors against ε on logarithmic axes: two V-shaped rows of points, circles for the "
        "central difference with the lower tip near 10⁻⁵, squares for the one-sided one near 10⁻⁸.",
        "Figure 2. The error of the slope of θ³ at θ = 1. From right to left, both errors first "
        "fall, the central one (circles) twice as steeply as the one-sided one (squares). Then "
        "rounding takes over and they rise again. The central difference is at its best near "
        "ε = 10⁻⁵, the one-sided one near 10⁻⁸. At ε = 10⁻¹⁵ hardly a digit is right.",
        Question(
            "Which ε gives the central difference its smallest error?",
            ("The smallest: 10⁻¹⁵", "One in between: near 10⁻⁵", "The usual one: 10⁻⁷"),
            2,
            "Truncation falls as ε² and rounding grows as 10⁻¹⁶ / ε. The two are equal where ε³ is "
            "about 10⁻¹⁶, so a little above 10⁻⁶; near there their sum is smallest.",
        ),
    ),
    "vector": Figure(
        "Above six arrays as grids of coloured cells, below one row of 47 cells in the same "
        "colours, array after array.",
        "Figure 3. Above: the six arrays of the network, each in its colour. Below: the vector θ "
        "holds their 47 numbers in the order W1, b1, W2, b2, W3, b3, each array row by row.",
    ),
    "hunt": Figure(
        "Six panels, one for each array, with the difference against a factor from 0 to 2: four "
        "are nearly flat around 1, those of db1 and dW2 fall clearly to a lower factor.",
        "Figure 4. What your check says when the gradient of one array is multiplied by a factor; "
        "the star marks the lowest place. For four arrays the curve is as good as flat between 1, "
        "the grey line, and its star at 1.15. For db1 it falls by more than a third, to a factor "
        "near one quarter, and for dW2 to one a little above one half.",
    ),
    "repair": Figure(
        "Six panels, one for each array, with the difference against a factor from 0 to 2: every "
        "curve has its lowest place, 0, at the factor 1.",
        "Figure 5. The same questions after the repair: each of the six curves falls to 0 at the "
        "factor 1, so every array is right.",
    ),
    "threshold": Figure(
        "Differences against ε on logarithmic axes: squares in a level row at 0.285, circles that "
        "fall and rise again, and two level lines for the thresholds.",
        "Figure 6. The difference against the step, with a scale of powers of ten on both axes. "
        "The backward pass with bugs (squares) stays at 0.285 whatever the step. The repaired one "
        "(circles) rises to the left, where rounding grows as 1/ε, and to the right, where "
        "truncation grows as ε²; at the far right it jumps, because steps are so long that units "
        "of ReLU switch on or off. At ε = 10⁻⁷, the grey upright line, it lies between the two "
        "thresholds.",
        Question(
            "A step ten times as long: what becomes of the two differences near ε = 10⁻⁷?",
            ("Both fall", "Only that of the repaired pass falls", "Only that of the bugs falls"),
            2,
            "A bug does not care about ε. Rounding does: with a step ten times as long it is ten "
            "times as small. So if a difference looks suspicious, change ε. What stays is a bug.",
        ),
    ),
}
