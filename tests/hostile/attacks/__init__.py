"""All attacks but the malformed hand-ins, in the order of the table."""

from tests.hostile.attack import Attack
from tests.hostile.attacks import (
    carrying,
    forging_knowledge,
    forging_notebook,
    forging_shell,
    forging_values,
    forging_wire,
    outliving,
    reading,
    reading_outside,
    stopping,
    stopping_costs,
    stopping_grader,
    stopping_resources,
)

ATTACKS: tuple[Attack, ...] = (
    *forging_shell.ATTACKS,
    *forging_values.ATTACKS,
    *forging_wire.ATTACKS,
    *forging_knowledge.ATTACKS,
    *forging_notebook.ATTACKS,
    *reading.ATTACKS,
    *carrying.ATTACKS,
    *reading_outside.ATTACKS,
    *stopping.ATTACKS,
    *stopping_grader.ATTACKS,
    *stopping_costs.ATTACKS,
    *stopping_resources.ATTACKS,
    *outliving.ATTACKS,
)
