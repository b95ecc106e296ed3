package dev.antiphon.flow.faq;

/** Solves systems of linear equations whose matrix is symmetric and positive definite. */
final class Cholesky {
    private Cholesky() {}

    /** The x of {@code matrix · x = right}; overwrites the lower triangle of the matrix with its factor. */
    static double[] solve(double[][] matrix, double[] right) {
        int size = right.length;
        double[] x = right.clone();
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < row; column++) {
                matrix[row][column] =
                        (matrix[row][column] - dot(matrix[row], matrix[column], column)) / matrix[column][column];
            }
            matrix[row][row] = Math.sqrt(matrix[row][row] - dot(matrix[row], matrix[row], row));
            x[row] = (x[row] - dot(matrix[row], x, row)) / matrix[row][row];
        }
        for (int row = size - 1; row >= 0; row--) {
            for (int below = row + 1; below < size; below++) {
                x[row] -= matrix[below][row] * x[below];
            }
            x[row] /= matrix[row][row];
        }
        return x;
    }

    private static double dot(double[] left, double[] right, int count) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += left[i] * right[i];
        }
        return sum;
    }
}
