"""Ways to change a right answer, so that it is wrong or looks odd."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import as_strided

from tests.fuzzing.scalars import NUDGES, OF_NUMBERS
from workbook.comparison import Tolerance

DTYPES = ("?", "i1", "i4", "i8", "u1", "u8", "f2", "f4", "f8", ">f8", "g", "F", "D", "O", "U4")
EXTREMES = (np.nan, np.inf, -np.inf, 1e308, -1e308, 5e-324, -0.0, 1e16, 2.0**63)


@dataclass(frozen=True)
class Dice:
    """Makes all choices. `below` returns a whole number from 0 to less than another.

    Attributes
    ----------
    arrays : list of ndarray
        Those of the answer and of the arguments.
    others : list
        What else could be answered: the arguments, the answers to other cases.
    """

    below: Callable[[int], int]
    arrays: Sequence[np.ndarray]
    others: Sequence[Any]
    tolerance: Tolerance

    def pick(self, choices: Sequence[Any]) -> Any:
        return choices[self.below(len(choices))]


Change = Callable[[Dice, Any], Any]


def _cast(dice: Dice, a: np.ndarray) -> Any:
    return a.astype(dice.pick(DTYPES))


def _through(dice: Dice, a: np.ndarray) -> Any:
    """Lose digits, but not the dtype."""
    return a.astype(dice.pick(("f2", "f4", "i8", "?", "D"))).astype(a.dtype)


def _shape(dice: Dice, a: np.ndarray) -> Any:
    shapes = [a.shape[::-1], (-1,), (-1, 1), (1, -1), (*a.shape, 1), (1, *a.shape)]
    return a.reshape(dice.pick(shapes)) if dice.below(4) else a.T


def _broadcast(dice: Dice, a: np.ndarray) -> Any:
    wider = [(2, *a.shape), np.broadcast_shapes(a.shape, a.T.shape) if 1 in a.shape else a.shape]
    return np.broadcast_to(a, dice.pick(wider))


def _cut(dice: Dice, a: np.ndarray) -> Any:
    cuts = [np.s_[:-1], np.s_[..., :-1], np.s_[:0], np.s_[..., :0], np.s_[::2], np.s_[:1]]
    return a[dice.pick(cuts)] if a.ndim else a


def _extend(dice: Dice, a: np.ndarray) -> Any:
    return np.concatenate([a, a], axis=dice.pick((0, -1))) if a.ndim else a


def _nudge(dice: Dice, a: np.ndarray) -> Any:
    """Move one number, or all, by about the tolerance."""
    new = np.array(a, dtype=np.result_type(a, np.float64))
    bound = dice.tolerance.absolute + dice.tolerance.relative * np.abs(new)
    step = np.where(bound, bound, 1e-15) * dice.pick(NUDGES) * dice.pick((-1, 1))
    if dice.below(2):
        return new + step
    if new.size:
        place = dice.below(new.size)
        new.flat[place] += step.flat[place]
    return new


def _extreme(dice: Dice, a: np.ndarray) -> Any:
    new = np.array(a, dtype=np.result_type(a, np.float64))
    if new.size:
        new.flat[dice.below(new.size)] = dice.pick(EXTREMES)
    return new if dice.below(3) else np.full_like(new, dice.pick(EXTREMES))


def _compute(dice: Dice, a: np.ndarray) -> Any:
    rules = (np.negative, np.abs, np.square, np.round, np.zeros_like, np.ones_like, np.sqrt)
    return dice.pick(rules)(np.asarray(a, dtype=np.result_type(a, np.float64)))


def _swap(dice: Dice, a: np.ndarray) -> Any:
    new = a.copy()
    if new.size > 1:
        one, other = dice.below(new.size), dice.below(new.size)
        new.flat[[one, other]] = new.flat[[other, one]]
    return new


def _columns(dice: Dice, a: np.ndarray) -> Any:
    """Permute, drop or repeat columns."""
    if not a.ndim or not a.shape[-1]:
        return a
    order = np.arange(a.shape[-1])
    one, other = dice.below(order.size), dice.below(order.size)
    choices = [np.roll(order, 1), order[::-1], np.delete(order, one), np.append(order, one)]
    order[one] = other
    return a[..., dice.pick([*choices, order])]


def _alias(dice: Dice, a: np.ndarray) -> Any:
    return dice.pick(dice.arrays)


def _alias_in_shape(dice: Dice, a: np.ndarray) -> Any:
    """Return a view of another array in the shape of this one, from its start or its end."""
    pool = dice.pick(dice.arrays).reshape(-1)
    if pool.size < a.size:
        return a
    return (pool[: a.size] if dice.below(2) else pool[pool.size - a.size :]).reshape(a.shape)


def _copy(dice: Dice, a: np.ndarray) -> Any:
    """Lay the same numbers out differently."""
    pool = np.zeros(2 * a.size, a.dtype)
    spread = pool[::2].reshape(a.shape)
    spread[...] = a
    return dice.pick((a.copy(), np.asfortranarray(a), spread, a[::-1].copy()[::-1]))


def _strides(dice: Dice, a: np.ndarray) -> Any:
    if not a.size:
        return a
    flat = np.broadcast_to(a.reshape(-1)[0], a.shape)
    return dice.pick((flat, as_strided(a.copy(), a.shape, [a.itemsize] * a.ndim)))


def _kind(dice: Dice, a: np.ndarray) -> Any:
    """Return something of another type that looks alike."""
    kinds: list[Callable[[], Any]] = [
        a.tolist,
        lambda: np.ma.masked_array(a),
        lambda: a.view(np.recarray),
        lambda: a.flat[0] if a.size else a,
        lambda: a.item(0) if a.size else a,  # of an array of objects it is one already
        lambda: None,
        lambda: "zeros",
        lambda: iter(a),
        lambda: {"a": a},
        lambda: [a],
    ]
    return dice.pick(kinds)()


OF_ARRAYS: tuple[Change, ...] = (
    *(_cast, _through, _shape, _broadcast, _cut, _extend, _nudge, _extreme, _compute, _swap),
    *(_columns, _alias, _alias_in_shape, _copy, _strides, _kind),
)


def _drop(dice: Dice, d: dict) -> Any:
    gone = dice.pick(list(d))
    return {key: part for key, part in d.items() if key != gone}


def _add(dice: Dice, d: dict) -> Any:
    key = dice.pick(("extra", "", 1, "dW0", "W1"))
    return d | {key: dice.pick((*dice.arrays, None))} if key not in d else d


def _rename(dice: Dice, d: dict) -> Any:
    gone = dice.pick(list(d))
    name = dice.pick((f"d{gone}", str(gone)[1:], str(gone).lower(), f"{gone} "))
    return {name if key == gone else key: part for key, part in d.items()}


def _exchange(dice: Dice, d: dict) -> Any:
    one, other = dice.pick(list(d)), dice.pick(list(d))
    return d | {one: d[other], other: d[one]}


def _repeat(dice: Dice, d: dict) -> Any:
    return d | {dice.pick(list(d)): d[dice.pick(list(d))]}


def _dict_kind(dice: Dice, d: dict) -> Any:
    reordered = dict(sorted(d.items(), key=lambda item: str(item[0])))
    return dice.pick((reordered, OrderedDict(d), list(d.values()), list(d.items()), {}, (d,)))


OF_DICTS: tuple[Change, ...] = (_drop, _add, _rename, _exchange, _repeat, _dict_kind)


def _with(items: Sequence[Any], like: Any) -> Any:
    return type(like)(items)


def _drop_item(dice: Dice, s: Any) -> Any:
    place = dice.below(len(s))
    return _with([*s[:place], *s[place + 1 :]], s)


def _repeat_item(dice: Dice, s: Any) -> Any:
    items = list(s)
    one, other = dice.below(len(s)), dice.below(len(s))
    if dice.below(2):
        items[one] = items[other]
    else:
        items.insert(one, items[other])
    return _with(items, s)


def _swap_items(dice: Dice, s: Any) -> Any:
    items = list(s)
    one, other = dice.below(len(s)), dice.below(len(s))
    items[one], items[other] = items[other], items[one]
    return _with(items, s)


def _sequence_kind(dice: Dice, s: Any) -> Any:
    return dice.pick((list(s), tuple(s), [s], (s,), s[0], s[::-1], s[:0], (*s, None), iter(s)))


def _leafwise(s: Any) -> bool:
    """Tell whether all items are as many arrays, that have columns."""
    alike = all(isinstance(item, tuple | list) and len(item) == len(s[0]) for item in s)
    return alike and all(isinstance(a, np.ndarray) and a.ndim == 2 for item in s for a in item)


def _merge(dice: Dice, s: Any) -> Any:
    """Join all items, or two of them, column by column."""
    if len(s) < 2 or not _leafwise(s):
        return s
    place = dice.below(len(s) - 1)
    low, high = dice.pick(((0, len(s)), (place, place + 2)))
    joined = tuple(np.hstack(parts) for parts in zip(*s[low:high], strict=True))
    return _with([*s[:low], joined, *s[high:]], s)


def _move_column(dice: Dice, s: Any) -> Any:
    """Exchange a column between two items, in one of their arrays or in all."""
    if not _leafwise(s):
        return s
    items = [[array.copy() for array in item] for item in s]
    one, other = dice.pick(items), dice.pick(items)
    leaves = range(len(one)) if dice.below(2) else [dice.below(len(one))]
    for leaf in leaves:
        a, b = one[leaf], other[leaf]
        if a.size and b.size and a.shape[0] == b.shape[0]:
            kept = a[:, 0].copy()
            a[:, 0], b[:, -1] = b[:, -1], kept
    return _with([tuple(item) for item in items], s)


OF_SEQUENCES: tuple[Change, ...] = (
    *(_drop_item, _repeat_item, _swap_items, _sequence_kind, _merge, _move_column),
)


def _other(dice: Dice, value: Any) -> Any:
    return dice.pick(dice.others)


def changed(dice: Dice, value: Any) -> Any:
    """Return `value` with one part of it changed."""
    if dice.below(12) == 0:
        return _other(dice, value)
    if isinstance(value, dict) and value and dice.below(5):
        key = dice.pick(list(value))
        return value | {key: changed(dice, value[key])}
    if type(value) in (tuple, list) and value and dice.below(4):
        place = dice.below(len(value))
        return _with([*value[:place], changed(dice, value[place]), *value[place + 1 :]], value)
    if isinstance(value, float | int) and not isinstance(value, bool):
        return dice.pick(OF_NUMBERS)(dice, value)
    kinds = (np.ndarray, OF_ARRAYS), (dict, OF_DICTS), (tuple, OF_SEQUENCES), (list, OF_SEQUENCES)
    table = next((table for kind, table in kinds if type(value) is kind), ())
    is_empty = isinstance(value, dict | tuple | list) and not value
    return dice.pick(table)(dice, value) if table and not is_empty else _other(dice, value)
