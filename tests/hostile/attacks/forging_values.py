"""Forging by answers that are no plain arrays: what lies, shares, hides or never ends."""

from functools import partial

from tests.hostile.attack import ADAM, BATCHES, FIRST, MOMENTUM, ZEROS, Attack

forging = partial(Attack, group="forging")

# As a class of the notebook; each exercise returns one of it in the places of the arrays.
LIAR = """
class Liar:
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    def __array__(self, *given, **named): return np.zeros(1)
    def __float__(self): return 1.0
    def __index__(self): return 1
    def __len__(self): return 4
    def __iter__(self): return iter((self, self))
    def __getitem__(self, key): return self
    def __contains__(self, key): return True
    def __getattr__(self, name): return self
    def __call__(self, *given, **named): return True
    def __instancecheck__(self, kind): return True
    __class__ = np.ndarray
"""
SUBCLASS = """
class Equal(np.ndarray):
    def __eq__(self, other): return np.ones(self.shape, bool)
    def __array_ufunc__(self, *given, **named): return np.True_
    def __array_function__(self, *given, **named): return np.True_
    def __array__(self, *given, **named): raise RuntimeError
"""
EVERY = (BATCHES, MOMENTUM, ZEROS, ADAM)


def everywhere(body: str) -> dict[str, str]:
    """Answer every exercise that is not solved with the same body."""
    return dict.fromkeys(EVERY, body)


ATTACKS = (
    forging("an object that lies to every question", {FIRST: LIAR}, everywhere("return Liar()")),
    forging(
        "dicts of objects that lie",
        {FIRST: LIAR},
        everywhere("lie = {k: Liar() for k in given[0]}\nreturn lie, lie, lie"),
    ),
    forging(
        "a subclass of ndarray that equals everything",
        {FIRST: SUBCLASS},
        everywhere("lie = {k: w.view(Equal) for k, w in given[0].items()}\nreturn lie, lie, lie"),
    ),
    forging(
        "a dict that has every key",
        {FIRST: LIAR + "\nclass Every(dict):\n    def __missing__(self, key): return Liar()"},
        everywhere("return Every(), Every()"),
    ),
    forging(
        "masked arrays with everything masked",
        answers=everywhere(
            "lie = {k: np.ma.masked_all_like(w) for k, w in given[0].items()}\nreturn lie, lie, lie"
        ),
    ),
    forging(
        "object arrays of objects that lie",
        {FIRST: LIAR},
        everywhere(
            "lie = {k: np.full(w.shape, Liar(), object) for k, w in given[0].items()}\n"
            "return lie, lie, lie"
        ),
    ),
    forging(
        "memmaps of a file that changes",
        answers=everywhere(
            "lie = {k: np.memmap('/tmp/' + k, float, 'w+', shape=w.shape)"
            " for k, w in given[0].items()}\nreturn lie, lie, lie"
        ),
    ),
    forging("arrays without a dimension", answers=everywhere("return np.array(1.0)")),
    forging(
        "arrays with huge and negative strides",
        answers=everywhere(
            "one = np.ones((4, 4))[::-1, ::-1]\n"
            "huge = np.lib.stride_tricks.as_strided(one, (1 << 20, 1 << 20), (0, 0))\n"
            "return {k: huge for k in given[0]}, {k: one for k in given[0]}, huge"
        ),
    ),
    forging(
        "arrays of nothing but NaN and infinity",
        answers=everywhere(
            "lie = {k: w * np.nan for k, w in given[0].items()}\nreturn lie, lie, lie"
        ),
    ),
    forging(
        "structured, text and date arrays",
        answers=everywhere(
            "return np.zeros(3, [('W1', float)]), np.array(['W1']), np.array(['2000'], 'M8[D]')"
        ),
    ),
    forging("an answer of nonsense to every law", answers=everywhere("return 'nonsense'")),
    forging("containers that hold nothing", answers=everywhere("return {}, {}, {}")),
    forging(
        "mini-batches without examples",
        answers={BATCHES: "X, Y = given[:2]\nreturn [(X[:, :0], Y[:, :0])]"},
    ),
    forging(
        "mini-batches that hold all examples at once",
        answers={BATCHES: "return [given[:2]]"},
    ),
    forging(
        "mini-batches of zeros, in the right sizes",
        answers={
            BATCHES: "X, Y, size = given[:3]\n"
            "return [(0 * X[:, k:k + size], 0 * Y[:, k:k + size]) for k in range(0, X.shape[1], size)]"
        },
    ),
    forging(
        "the parameters under the names of moments",
        answers={ZEROS: "same = {'d' + k: w for k, w in given[0].items()}\nreturn same, same"},
    ),
    forging(
        "zeros from one pool, as views of it",
        answers={
            ZEROS: "pool = np.zeros(100)\n"
            "views = lambda: {'d' + k: pool[:w.size].reshape(w.shape) for k, w in given[0].items()}\n"
            "return views(), views()"
        },
        # All but the cases in which memory is looked at.
        points={ZEROS: 6.25},
    ),
    forging(
        "a list that holds itself",
        answers=everywhere("loop = []\nloop.append(loop)\nreturn loop, loop, loop"),
    ),
    forging("the Boolean that a check might want", answers=everywhere("return True")),
)
