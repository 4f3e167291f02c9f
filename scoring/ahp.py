"""Weights from comparisons of criteria two by two: the analytic hierarchy process (Saaty 1980).

Judgements are exact; the eigenvector is worked out in binary floating point, and written back as points
that add up exactly.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring import sentences_ahp
from scoring.robustness.common import text
from scoring.sentences_common import both

# The mean consistency index of random matrices of 1 to 15 criteria: Saaty 1980, and as he gives it later
# (Saaty & Vargas 2006), which is what most published examples of three criteria were worked with.
RANDOM_INDEX = {
    "saaty_1980": (0.0, 0.0, 0.58, 0.9, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59),
    "saaty_2006": (0.0, 0.0, 0.52, 0.89, 1.11, 1.25, 1.35, 1.40, 1.45, 1.49, 1.52, 1.54, 1.56, 1.58, 1.59),
}
MOST = 15
LIMIT = 0.10
LIKELY = tuple(Fraction(n) for n in range(1, 10))

Judgements = Sequence[Sequence[Fraction]]


class JudgementsError(ValueError):
    """Judgements that are no matrix of comparisons; ``code`` says why: size, diagonal, reciprocal or positive."""

    def __init__(self, code: str, row: int = 0, column: int = 0) -> None:
        super().__init__(f"{code} at row {row + 1}, column {column + 1}")
        self.code = code
        self.row = row
        self.column = column


@dataclass(frozen=True)
class Judgement:
    """How much more the criterion ``row`` matters than ``column``: as said, and as the weights would have it.

    ``better``: the value on Saaty's scale, 1/9 to 9, that makes the whole most consistent, and the ratio then.
    """

    row: int
    column: int
    said: Fraction
    implied: float
    better: Fraction
    ratio_then: float

    def to_document(self) -> dict[str, Any]:
        """For --json."""
        return {
            "row": self.row,
            "column": self.column,
            "said": text(self.said),
            "implied": self.implied,
            "better": text(self.better),
            "ratio_then": self.ratio_then,
        }


@dataclass(frozen=True)
class Ahp:
    """Weights that sum to 1, and how far the judgements agree among themselves.

    ``ratio``: the consistency ratio; above 0.10 the judgements should be looked at again. ``worst``: the judgement
    that hurts most; None where all agree. ``titles`` are those of the criteria, in the order of the matrix.
    """

    titles: tuple[str, ...]
    weights: tuple[float, ...]
    eigenvalue: float
    index: float
    ratio: float
    worst: Judgement | None

    @property
    def consistent(self) -> bool:
        """Whether the ratio is within the limit."""
        return self.ratio <= LIMIT

    def points(self, total: Fraction | int = 100, places: int = 0) -> tuple[Fraction, ...]:
        """The weights as points that add up to ``total`` exactly."""
        return largest_remainder(self.weights, Fraction(total), places)

    def sentence(self, language: str) -> str:
        """In words."""
        return sentences_ahp.ahp(self, language)

    def to_document(self) -> dict[str, Any]:
        """For --json."""
        return {
            "titles": list(self.titles),
            "weights": list(self.weights),
            "points": [text(points) for points in self.points()],
            "eigenvalue": self.eigenvalue,
            "consistency_index": self.index,
            "consistency_ratio": self.ratio,
            "consistent": self.consistent,
            "worst": self.worst.to_document() if self.worst else None,
            "sentence": both(self.sentence),
        }


def ahp(judgements: Judgements, titles: Sequence[str] = (), table: str = "saaty_1980") -> Ahp:
    """Weights from a whole matrix of judgements: a[i][j] is how much more i matters than j, a[j][i] its inverse.

    For 1 to 15 criteria; ``table`` is one of RANDOM_INDEX. Raises JudgementsError.
    """
    matrix = _checked(judgements)
    size = len(matrix)
    weights, eigenvalue = principal(_floats(matrix))
    ratio, index = _consistency(eigenvalue, size, table)
    named = tuple(titles) or tuple(str(i + 1) for i in range(size))
    worst = _worst(matrix, weights, table) if index > 1e-9 else None
    return Ahp(named, tuple(float(w) for w in weights), eigenvalue, index, ratio, worst)


def from_upper(comparisons: Sequence[Sequence[Fraction | int]]) -> list[list[Fraction]]:
    """The whole matrix from what stands above its diagonal, row by row: n − 1 judgements, n − 2, … 1."""
    size = len(comparisons) + 1
    matrix = [[Fraction(1)] * size for _ in range(size)]
    for i, row in enumerate(comparisons):
        if len(row) != size - 1 - i:
            raise JudgementsError("size", i)
        for offset, value in enumerate(row):
            if value <= 0:
                raise JudgementsError("positive", i, i + 1 + offset)
            matrix[i][i + 1 + offset] = Fraction(value)
            matrix[i + 1 + offset][i] = 1 / Fraction(value)
    return matrix


def _checked(judgements: Judgements) -> list[list[Fraction]]:
    matrix = [[Fraction(value) for value in row] for row in judgements]
    size = len(matrix)
    if not 1 <= size <= MOST:
        raise JudgementsError("size")
    for i, row in enumerate(matrix):
        if len(row) != size:
            raise JudgementsError("size", i)
        for j, value in enumerate(row):
            if value <= 0:
                raise JudgementsError("positive", i, j)
    for i, row in enumerate(matrix):
        for j, value in enumerate(row):
            if abs(value * matrix[j][i] - 1) > Fraction(1, 10**6):
                raise JudgementsError("diagonal" if i == j else "reciprocal", i, j)
    return matrix


def _floats(matrix: Judgements) -> NDArray[np.float64]:
    return np.array([[float(value) for value in row] for row in matrix])


def principal(matrix: NDArray[np.float64]) -> tuple[NDArray[np.float64], float]:
    """(the principal eigenvector, its parts summing to 1; its eigenvalue)."""
    values, vectors = np.linalg.eig(matrix)
    first = int(np.argmax(values.real))
    vector = np.abs(vectors[:, first].real)
    return vector / vector.sum(), float(values[first].real)


def _consistency(eigenvalue: float, size: int, table: str) -> tuple[float, float]:
    """(consistency ratio, consistency index); both 0 for one or two criteria, which cannot disagree."""
    if size < 3:
        return 0.0, 0.0
    index = max((eigenvalue - size) / (size - 1), 0.0)
    return index / RANDOM_INDEX[table][size - 1], index


def _worst(matrix: list[list[Fraction]], weights: NDArray[np.float64], table: str) -> Judgement:
    """The judgement whose change to the best value of the scale brings the ratio down most."""
    scale = [1 / value for value in reversed(LIKELY)] + list(LIKELY[1:])
    found = []
    for i in range(len(matrix)):
        for j in range(i + 1, len(matrix)):
            implied = float(weights[i] / weights[j])
            ratio, better = min((_ratio_with(matrix, i, j, value, table), value) for value in scale)
            found.append(Judgement(i, j, matrix[i][j], implied, better, ratio))
    return min(found, key=lambda judgement: judgement.ratio_then)


def _ratio_with(matrix: list[list[Fraction]], i: int, j: int, value: Fraction, table: str) -> float:
    changed = _floats(matrix)
    changed[i, j], changed[j, i] = float(value), float(1 / value)
    return _consistency(principal(changed)[1], len(matrix), table)[0]


def largest_remainder(weights: Sequence[float | Fraction], total: Fraction, places: int = 0) -> tuple[Fraction, ...]:
    """Shares of ``total`` rounded to ``places`` decimals that add up to it exactly: the largest remainders go up.

    Raises ValueError where ``total`` itself has more decimals, or the weights have no sum above 0.
    """
    exact = [Fraction(weight) for weight in weights]
    whole, units = sum(exact, Fraction(0)), total * 10**places
    if whole <= 0 or min(exact) < 0:
        raise ValueError("weights of 0 or more, with a sum above 0")
    if units.denominator != 1:
        raise ValueError("a total with no more decimals than the shares")
    wanted = [units * weight / whole for weight in exact]
    given = [share.numerator // share.denominator for share in wanted]
    by_rest = sorted(range(len(exact)), key=lambda i: (given[i] - wanted[i], i))
    for i in by_rest[: int(units) - sum(given)]:
        given[i] += 1
    return tuple(Fraction(share, 10**places) for share in given)
