"""Steps of a mark along its scale."""

from fractions import Fraction

from scoring.model import Scale


def step_of(scale: Scale) -> Fraction:
    """The declared step; else 1, or a tenth of the scale where it spans less than 2."""
    span = scale.maximum - scale.minimum
    return scale.step or (Fraction(1) if span >= 2 else span / 10)


def steps_to(scale: Scale, mark: Fraction, *, up: bool) -> int:
    """How many steps there are from a mark to the end; without a declared step the last may be a short one."""
    room = (scale.maximum - mark if up else mark - scale.minimum) / step_of(scale)
    return room.numerator // room.denominator if scale.step else -(-room.numerator // room.denominator)


def moved(scale: Scale, mark: Fraction, steps: int, *, up: bool) -> Fraction:
    """The mark so many steps away, within the scale."""
    new = mark + step_of(scale) * (steps if up else -steps)
    return min(max(new, scale.minimum), scale.maximum)
