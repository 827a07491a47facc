"""What is asked of students and what came of it: frozen data that all other rooms share.

Whoever writes exercises needs no more than these names.
"""

from autograder.assignment.exercise import (
    Answer,
    Assignment,
    Call,
    Case,
    Demonstration,
    Exercise,
    Picture,
    documented_case,
)
from autograder.assignment.misconception import Catalogue, Misconception
from autograder.assignment.statements import (
    Chain,
    Group,
    Link,
    Seen,
    Statement,
    whenever_wrong,
    wrong_where,
)
from autograder.assignment.verdict import Demonstrated, Pairs
from workbook.comparison import Finding, Tolerance
from workbook.documented import Example

__all__ = [
    "Answer",
    "Assignment",
    "Call",
    "Case",
    "Catalogue",
    "Chain",
    "Demonstrated",
    "Demonstration",
    "Example",
    "Exercise",
    "Finding",
    "Group",
    "Link",
    "Misconception",
    "Pairs",
    "Picture",
    "Seen",
    "Statement",
    "Tolerance",
    "documented_case",
    "whenever_wrong",
    "wrong_where",
]
