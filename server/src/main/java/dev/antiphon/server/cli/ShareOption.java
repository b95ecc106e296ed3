package dev.antiphon.server.cli;

import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A part of a whole, as people write it: {@code 0.12} or {@code 12%}. */
final class ShareOption implements ITypeConverter<Double> {
    private static final double HUNDRED = 100;

    @Override
    public Double convert(String text) {
        String plain = text.strip();
        boolean percent = plain.endsWith("%");
        try {
            double value = Double.parseDouble(percent ? plain.substring(0, plain.length() - 1) : plain);
            double share = percent ? value / HUNDRED : value;
            if (share >= 0 && share <= 1) {
                return share;
            }
        } catch (NumberFormatException none) {
            // Told below, with the rule.
        }
        throw new TypeConversionException("must be from 0 to 1 or from 0% to 100%, but was '" + text + "'");
    }

    static String shown(double share) {
        return String.format(Locale.ROOT, "%.1f %%", HUNDRED * share);
    }
}
