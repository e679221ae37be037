/* Solves a system of linear equations by Gaussian elimination with partial pivoting. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define SIZE 3

/* Each row holds the coefficients and, last, the right side. */
typedef double System[SIZE][SIZE + 1];

static void print_equation(const double row[SIZE + 1])
{
    for (int column = 0; column < SIZE; column++)
        printf("%s%6.2f * x%d", column == 0 ? "" : " + ", row[column], column + 1);
    printf(" = %6.2f\n", row[SIZE]);
}

static int row_of_largest(double system[][SIZE + 1], int column)
{
    int best = column;
    for (int row = column + 1; row < SIZE; row++)
        if (fabs(system[row][column]) > fabs(system[best][column]))
            best = row;
    return best;
}

static void swap_rows(System system, int a, int b)
{
    for (int column = 0; column <= SIZE; column++) {
        double kept = system[a][column];
        system[a][column] = system[b][column];
        system[b][column] = kept;
    }
}

/* Returns 0 when the system has no single solution. */
static int solve(System system)
{
    for (int pivot = 0; pivot < SIZE; pivot++) {
        swap_rows(system, pivot, row_of_largest(system, pivot));
        double divisor = system[pivot][pivot];
        if (fabs(divisor) < 1e-12)
            return 0;
        for (int column = pivot; column <= SIZE; column++)
            system[pivot][column] /= divisor;
        for (int row = 0; row < SIZE; row++) {
            double factor = row == pivot ? 0 : system[row][pivot];
            for (int column = pivot; column <= SIZE; column++)
                system[row][column] -= factor * system[pivot][column];
        }
    }
    return 1;
}

int main(void)
{
    System system = {{2, 1, -1, 8}, {-3, -1, 2, -11}, {-2, 1, 2, -3}};
    for (int row = 0; row < SIZE; row++)
        print_equation(system[row]);
    if (!solve(system)) {
        fputs("no single solution\n", stderr);
        return EXIT_FAILURE;
    }
    for (int row = 0; row < SIZE; row++)
        printf("x%d = %.4f\n", row + 1, system[row][SIZE]);
    return EXIT_SUCCESS;
}
