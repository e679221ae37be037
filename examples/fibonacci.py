"""Fibonacci numbers three ways, and the ratio that they come closer and closer to."""

from collections.abc import Iterator
from functools import cache
from itertools import islice


def fibonacci() -> Iterator[int]:
    """All of them, one after the other."""
    current, following = 0, 1
    while True:
        yield current
        current, following = following, current + following


@cache
def by_recursion(n: int) -> int:
    """The definition as it stands; the cache makes it quick."""
    return n if n < 2 else by_recursion(n - 1) + by_recursion(n - 2)


def by_doubling(n: int) -> tuple[int, int]:
    """F(n) and F(n + 1) in as many steps as n has binary digits."""
    if n == 0:
        return 0, 1
    half, next_half = by_doubling(n // 2)
    even = half * (2 * next_half - half)
    odd = half * half + next_half * next_half
    return (odd, even + odd) if n % 2 else (even, odd)


def main() -> None:
    print("The first 15:", *islice(fibonacci(), 15))

    print("\n  n          F(n)   F(n) / F(n - 1)")
    for n in (5, 10, 20, 40, 60):
        value, previous = by_recursion(n), by_recursion(n - 1)
        print(f"{n:3} {value:13}   {value / previous:.12f}")

    thousandth, _ = by_doubling(1000)
    assert thousandth == next(islice(fibonacci(), 1000, None))
    digits = str(thousandth)
    print(f"\nF(1000) has {len(digits)} digits: {digits[:12]}...{digits[-12:]}")


if __name__ == "__main__":
    main()
