"""The functions of a sheet that are worked out here, exactly; any other is told as not checked, never guessed.

What a function does with blanks, text and truth in a range follows ECMA-376 part 1, 18.17.7.
"""

from collections.abc import Callable, Iterator
from fractions import Fraction

from scoring.intake.formulas.operands import Cells, Operand, Stop, number_of, scalar, truth_of
from scoring.intake.values import ABSENT, DIVISION, NUMERIC, REFERENCE, VALUE, ExcelError, Unknown, Value
from scoring.numbers import rounded

MOST_PLACES = 30
# Tables larger than any evaluation would keep a processor busy for minutes.
MOST_IN_TABLE = 200_000


def numbers(arguments: list[Operand]) -> Iterator[Fraction]:
    """The numbers among arguments: in a range blanks, text and truth are passed by; typed text must be a number."""
    for argument in arguments:
        if isinstance(argument, Cells):
            for value in argument.filled():
                if isinstance(value, ExcelError | Unknown):
                    raise Stop(value)
                if isinstance(value, Fraction):
                    yield value
        elif argument is not None:
            yield number_of(argument)


def _sum(arguments: list[Operand]) -> Operand:
    return sum(numbers(arguments), Fraction(0))


def _product(arguments: list[Operand]) -> Operand:
    found = list(numbers(arguments))
    product = Fraction(1 if found else 0)
    for number in found:
        product *= number
    return product


def _average(arguments: list[Operand]) -> Operand:
    found = list(numbers(arguments))
    return sum(found, Fraction(0)) / len(found) if found else DIVISION


def _median(arguments: list[Operand]) -> Operand:
    found = sorted(numbers(arguments))
    if not found:
        return NUMERIC
    middle = len(found) // 2
    return found[middle] if len(found) % 2 else (found[middle - 1] + found[middle]) / 2


def _lowest(arguments: list[Operand]) -> Operand:
    return min(numbers(arguments), default=Fraction(0))


def _highest(arguments: list[Operand]) -> Operand:
    return max(numbers(arguments), default=Fraction(0))


def _count(arguments: list[Operand]) -> Operand:
    count = 0
    for argument in arguments:
        values = list(argument.filled()) if isinstance(argument, Cells) else [argument]
        count += sum(isinstance(value, Fraction) for value in values)
    return Fraction(count)


def _count_filled(arguments: list[Operand]) -> Operand:
    return Fraction(sum(len(list(a.filled())) if isinstance(a, Cells) else a is not None for a in arguments))


def _count_blank(arguments: list[Operand]) -> Operand:
    cells = _cells(arguments[0])
    return Fraction(cells.rows * cells.columns - sum(value != "" for value in cells.filled()))


def _sum_of_products(arguments: list[Operand]) -> Operand:
    tables = [argument if isinstance(argument, Cells) else Cells.of(argument) for argument in arguments]
    sizes = {(table.rows, table.columns) for table in tables}
    if len(sizes) != 1:
        return VALUE
    if any(rows * columns > MOST_IN_TABLE for rows, columns in sizes):
        return Unknown("SUMPRODUCT")
    total = Fraction(0)
    for values in zip(*(table.all() for table in tables), strict=True):
        product = Fraction(1)
        for value in values:
            if isinstance(value, ExcelError | Unknown):
                raise Stop(value)
            product *= value if isinstance(value, Fraction) else 0
        total += product
    return total


def _index(arguments: list[Operand]) -> Operand:
    cells = _cells(arguments[0])
    places = [int(number_of(argument)) for argument in arguments[1:3]]
    if len(places) == 1 and cells.rows == 1 < cells.columns:
        places = [1, places[0]]
    row, column = places if len(places) == 2 else (places[0], 1 if cells.columns == 1 else 0)
    if row < 0 or column < 0:
        return VALUE
    if row > cells.rows or column > cells.columns:
        return REFERENCE
    return cells.part(row, column)


def _rank(arguments: list[Operand]) -> Operand:
    value, others = _standing(arguments)
    return Fraction(1 + sum(other > value for other in others)) if value in others else ABSENT


def _rank_mean(arguments: list[Operand]) -> Operand:
    value, others = _standing(arguments)
    before, same = sum(other > value for other in others), others.count(value)
    return Fraction(2 * before + same + 1, 2) if same else ABSENT


def _standing(arguments: list[Operand]) -> tuple[Fraction, list[Fraction]]:
    """The value and those it is ranked among, turned round where the lowest is first."""
    value, others = number_of(arguments[0]), list(numbers([_cells(arguments[1])]))
    sign = -1 if len(arguments) > 2 and number_of(arguments[2]) else 1
    return sign * value, [sign * other for other in others]


def _largest(arguments: list[Operand]) -> Operand:
    found, place = sorted(numbers(arguments[:1]), reverse=True), int(number_of(arguments[1]))
    return found[place - 1] if 1 <= place <= len(found) else NUMERIC


def _smallest(arguments: list[Operand]) -> Operand:
    found, place = sorted(numbers(arguments[:1])), int(number_of(arguments[1]))
    return found[place - 1] if 1 <= place <= len(found) else NUMERIC


def _rounding(mode: str) -> Callable[[list[Operand]], Operand]:
    def work(arguments: list[Operand]) -> Operand:
        value, places = number_of(arguments[0]), int(number_of(arguments[1])) if len(arguments) > 1 else 0
        if abs(places) > MOST_PLACES:
            return Unknown("ROUND")
        scale = Fraction(10) ** places
        if mode == "up":
            down = rounded(value * scale, "down", 0)
            step = 0 if down == value * scale else (1 if value > 0 else -1)
            return (down + step) / scale
        return rounded(value * scale, mode, 0) / scale

    return work


def _whole(arguments: list[Operand]) -> Operand:
    value = number_of(arguments[0])
    return Fraction(value.numerator // value.denominator)


def _absolute(arguments: list[Operand]) -> Operand:
    return abs(number_of(arguments[0]))


def _if(arguments: list[Operand]) -> Operand:
    chosen = 1 if truth_of(arguments[0]) else 2
    return arguments[chosen] if chosen < len(arguments) else False


def _if_error(arguments: list[Operand]) -> Operand:
    value = scalar(arguments[0])
    return arguments[1] if isinstance(value, ExcelError) else value


def _and(arguments: list[Operand]) -> Operand:
    return all(_truths(arguments))


def _or(arguments: list[Operand]) -> Operand:
    return any(_truths(arguments))


def _not(arguments: list[Operand]) -> Operand:
    return not truth_of(arguments[0])


def _truths(arguments: list[Operand]) -> list[bool]:
    found: list[bool] = []
    for argument in arguments:
        values = list(argument.filled()) if isinstance(argument, Cells) else [argument]
        found += [truth_of(value) for value in values if not (isinstance(argument, Cells) and isinstance(value, str))]
    return found


def _is_blank(arguments: list[Operand]) -> Operand:
    return scalar(arguments[0]) is None


def _is_number(arguments: list[Operand]) -> Operand:
    return isinstance(_known(arguments[0]), Fraction)


def _known(argument: Operand) -> Value:
    value = scalar(argument)
    if isinstance(value, Unknown):
        raise Stop(value)
    return value


def _cells(argument: Operand) -> Cells:
    if isinstance(argument, Cells):
        return argument
    raise Stop(argument if isinstance(argument, ExcelError | Unknown) else VALUE)


# Name → what it does, and how many arguments it takes.
FUNCTIONS: dict[str, tuple[Callable[[list[Operand]], Operand], int, int]] = {
    "SUM": (_sum, 1, 255),
    "PRODUCT": (_product, 1, 255),
    "AVERAGE": (_average, 1, 255),
    "MEDIAN": (_median, 1, 255),
    "MIN": (_lowest, 1, 255),
    "MAX": (_highest, 1, 255),
    "COUNT": (_count, 1, 255),
    "COUNTA": (_count_filled, 1, 255),
    "COUNTBLANK": (_count_blank, 1, 1),
    "SUMPRODUCT": (_sum_of_products, 1, 255),
    "INDEX": (_index, 2, 3),
    "RANK": (_rank, 2, 3),
    "RANK.EQ": (_rank, 2, 3),
    "RANK.AVG": (_rank_mean, 2, 3),
    "LARGE": (_largest, 2, 2),
    "SMALL": (_smallest, 2, 2),
    "ROUND": (_rounding("half_up"), 2, 2),
    "ROUNDUP": (_rounding("up"), 2, 2),
    "ROUNDDOWN": (_rounding("down"), 2, 2),
    "TRUNC": (_rounding("down"), 1, 2),
    "INT": (_whole, 1, 1),
    "ABS": (_absolute, 1, 1),
    "IF": (_if, 2, 3),
    "IFERROR": (_if_error, 2, 2),
    "AND": (_and, 1, 255),
    "OR": (_or, 1, 255),
    "NOT": (_not, 1, 1),
    "ISBLANK": (_is_blank, 1, 1),
    "ISNUMBER": (_is_number, 1, 1),
}
