package dev.antiphon.flow;

import java.util.Locale;

/**
 * A curve of a drawing, level at both ends. Pixels, from the left and the top.
 *
 * @param controlX where both of its control points stand, each at the height of its end
 */
record SvgCurve(int beginX, int beginY, int controlX, int endX, int endY) {
    /** The path of an SVG. */
    String way() {
        return String.format(
                Locale.ROOT, "M%d %dC%d %d %d %d %d %d", beginX, beginY, controlX, beginY, controlX, endY, endX, endY);
    }

    int middleX() {
        return (beginX + 6 * controlX + endX) / 8;
    }

    int middleY() {
        return (beginY + endY) / 2;
    }
}
