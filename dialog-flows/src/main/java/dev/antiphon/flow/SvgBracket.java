package dev.antiphon.flow;

import java.util.Locale;

/**
 * An arrow of a drawing that leaves a box sideways, runs upright, and ends at a box sideways, with round corners. Pixels, from the
 * left and the top.
 *
 * @param uprightX where it runs upright
 */
record SvgBracket(int beginX, int beginY, int uprightX, int endX, int endY) {
    private static final int ROUND = 8;

    /** The path of an SVG. */
    String way() {
        if (beginY == endY) {
            return String.format(Locale.ROOT, "M%d %dH%d", beginX, beginY, endX);
        }
        int down = endY > beginY ? ROUND : -ROUND;
        int out = uprightX > beginX ? ROUND : -ROUND;
        int in = endX > uprightX ? ROUND : -ROUND;
        return String.format(
                Locale.ROOT,
                "M%d %dH%dQ%d %d %d %dV%dQ%d %d %d %dH%d",
                beginX,
                beginY,
                uprightX - out,
                uprightX,
                beginY,
                uprightX,
                beginY + down,
                endY - down,
                uprightX,
                endY,
                uprightX + in,
                endY,
                endX);
    }

    int middleY() {
        return (beginY + endY) / 2;
    }
}
