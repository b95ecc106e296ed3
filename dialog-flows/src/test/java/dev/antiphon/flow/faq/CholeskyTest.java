package dev.antiphon.flow.faq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CholeskyTest {

    @Test
    void aSystemOfTwoEquationsIsSolved() {
        double[] solved = Cholesky.solve(new double[][] {{4, 2}, {2, 3}}, new double[] {8, 7});

        assertThat(solved).containsExactly(new double[] {1.25, 1.5}, within(1e-12));
    }

    @Property
    void whatIsSolvedGivesTheRightSideAgain(
            @ForAll @Size(25) List<@DoubleRange(min = -1, max = 1) Double> entries,
            @ForAll @Size(5) List<@DoubleRange(min = -9, max = 9) Double> right) {
        int size = right.size();
        double[][] matrix = positiveDefinite(entries, size);
        double[] solved = Cholesky.solve(
                positiveDefinite(entries, size),
                right.stream().mapToDouble(Double::doubleValue).toArray());

        for (int row = 0; row < size; row++) {
            double sum = 0;
            for (int column = 0; column < size; column++) {
                sum += matrix[row][column] * solved[column];
            }
            assertThat(sum).isCloseTo(right.get(row), within(1e-8));
        }
    }

    /** A matrix times its transpose, and half of the unit matrix. */
    private static double[][] positiveDefinite(List<Double> entries, int size) {
        double[][] matrix = new double[size][size];
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < size; column++) {
                matrix[row][column] = row == column ? 0.5 : 0;
                for (int i = 0; i < size; i++) {
                    matrix[row][column] += entries.get(row * size + i) * entries.get(column * size + i);
                }
            }
        }
        return matrix;
    }
}
