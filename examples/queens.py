"""All ways to put n queens on an n by n board so that none attacks another."""

import sys
from collections.abc import Iterator


def solutions(size: int, placed: tuple[int, ...] = ()) -> Iterator[tuple[int, ...]]:
    """Each solution gives, row by row, the column of the row's queen."""
    row = len(placed)
    if row == size:
        yield placed
        return
    for column in range(size):
        if not any(
            column == other or abs(column - other) == row - other_row
            for other_row, other in enumerate(placed)
        ):
            yield from solutions(size, (*placed, column))


def draw(solution: tuple[int, ...]) -> str:
    size = len(solution)
    return "\n".join(" ".join("Q" if column == queen else "." for column in range(size)) for queen in solution)


def main() -> None:
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 8
    found = list(solutions(size))
    print(f"{len(found)} ways to place {size} queens.")
    if found:
        print(f"The first of them:\n\n{draw(found[0])}")


if __name__ == "__main__":
    main()
