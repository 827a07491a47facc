"""What is said of each figure of this workbook: alt text, caption, the question before it."""

from __future__ import annotations

from workbook.asking import Figure, Question

FIGURES = {
    "data": Figure(
        "Two noisy circles in the plane, an outer one of blue circles and an inner one of orange "
        "triangles, for training and for testing.",
        "Figure 1. The outer circle has label 0 (blue circles), the inner one label 1 (orange "
        "triangles): 300 examples to train on, and 100 others to test.",
    ),
    "zeros": Figure(
        "Left a cost curve that is a level line; right the two circles without any boundary.",
        "Figure 2. Zeros: the cost stays where it began, at log 2 ≈ 0.6931, and there is no "
        "boundary. The network says 0 everywhere, which is right for half of the examples.",
        Question(
            "15,000 iterations from all zeros: what becomes of the cost?",
            ("It falls slowly", "It falls as from any other start", "It does not move at all"),
            3,
            "The gradient of a weight is a product: the error behind it times the signal in front "
            "of it. With all weights at zero, no signal gets beyond the inputs, and no error gets "
            "back through W3 and W2. Every dW is zero. The last bias could learn, but both labels "
            "are equally frequent, so its gradient is zero as well: the output is σ(0) = ½ for "
            "every example, and the cost −log ½ = log 2.",
        ),
    ),
    "symmetry": Figure(
        "Two panels of the ten weights from x₁ against the iteration: left one line, because all "
        "ten lie on each other; right ten lines that go apart.",
        "Figure 3. The weight that leads from x₁ to each of the ten hidden units of layer 1. Left: "
        "the ten units start alike, and ten lines lie on top of each other to the end. Right: they "
        "start different, and go different ways.",
        Question(
            "All weights start at 0.3. How many different units are in layer 1 after training?",
            ("Ten", "One: all ten stay alike", "None: nothing moves, as with zeros"),
            2,
            "Signals and errors do flow. But all units of a layer compute the same, so they get "
            "the same gradient, take the same step, and compute the same again. Training cannot "
            "break that symmetry.",
        ),
    ),
    "random": Figure(
        "Left a cost curve that jumps at first and then falls slowly; right a ragged boundary with "
        "wedges that run out through the outer circle.",
        "Figure 4. Large random numbers: in the first hundreds of iterations the cost jumps up "
        "beyond the figure several times; then it falls slowly. After 15,000 iterations wedges of "
        "the inner circle's side still run out through the outer circle.",
    ),
    "random-outputs": Figure(
        "Three panels with the outputs for 300 examples: with weights times 10 all at 1, as drawn "
        "spread widely, divided by 10 all at one half.",
        "Figure 5. Outputs before any training. With weights times 10 every output is close to 1: "
        "the network is certain of what it cannot know, and wrong for half of the examples. "
        "Divided by 10 all are close to one half: it can hardly tell two examples apart. In "
        "between they differ.",
        Question(
            "What does the untrained network with weights times 10 say to the 300 examples?",
            ("About one half: it knows nothing", "Numbers all over from 0 to 1", "Close to 1"),
            3,
            "Three layers, each ten times as strong, make the last sum a thousand times as large. "
            "The sigmoid of such a number is 0 or 1 for all practical purposes.",
        ),
    ),
    "he": Figure(
        "Left a cost curve that falls to below 0.1; right a boundary that is a closed curve "
        "between the two circles.",
        "Figure 6. He's scale: the cost falls to below 0.1, and the boundary is a closed curve "
        "between the two circles.",
    ),
    "summary-curves": Figure(
        "Three cost curves over 15,000 iterations: level from zeros, jumping and then slowly "
        "falling from large numbers, falling far below both from He's scale.",
        "Figure 7. The cost of the three trainings. From zeros it does not move. From large "
        "numbers it jumps, comes down, and then hardly falls any further. From He's scale it "
        "starts higher than from zeros, needs a while to get going, and ends far below both.",
    ),
    "depth": Figure(
        "Strength of signal and gradient by layer, for three factors: level for 1, falling to "
        "almost nothing for 0.5, rising steeply for 1.5.",
        "Figure 8. The strength (root mean square) of the signal and of the gradient in each layer "
        "of an untrained network of 30 layers with 100 units. With your weights as they are, the "
        "line is about level. Multiplied by one half, both vanish, by about half in each layer; "
        "multiplied by one and a half, both explode. The scale of strength is one of powers of "
        "ten.",
    ),
}
