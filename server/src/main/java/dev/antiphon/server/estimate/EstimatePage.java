package dev.antiphon.server.estimate;

import dev.antiphon.server.page.OneFilePage;
import java.util.Map;

/** An estimate as one HTML file that needs no other, also from a disk: plots (uPlot), and the same in tables. */
public final class EstimatePage {
    private EstimatePage() {}

    /** The file's text. */
    public static String of(EstimateReport report) {
        return OneFilePage.of(
                EstimatePage.class, "page", EstimateJson.of(report).toString(), Map.of());
    }
}
