"""Arithmetic that rounds nothing: an operation that would have to is an error, not a digit lost."""

from collections.abc import Iterable
from decimal import Clamped, Context, Decimal, DivisionByZero, Inexact, InvalidOperation, Overflow, Rounded
from fractions import Fraction
from math import ceil

# A quantity has at most some 35 digits and a price 18, so 100 is never reached by what AWS could bill.
_EXACT = Context(prec=100, traps=[Clamped, DivisionByZero, Inexact, InvalidOperation, Overflow, Rounded])


def times(left: Decimal, right: Decimal) -> Decimal:
    """The product, with all its digits."""
    return _EXACT.multiply(left, right)


def total(amounts: Iterable[Decimal]) -> Decimal:
    """The sum, with all its digits; 0 of nothing."""
    result = Decimal(0)
    for amount in amounts:
        result = _EXACT.add(result, amount)
    return result


def minus(left: Decimal, right: Decimal) -> Decimal:
    """The difference, with all its digits."""
    return _EXACT.subtract(left, right)


def whole(quantity: Fraction | int) -> int:
    """A quantity as it is billed: a unit that is begun is charged."""
    return ceil(quantity)
