package io.hedgerow.evaluate.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Round numbers along an axis. */
final class Ticks {
    private static final int ABOUT = 4;

    private Ticks() {}

    static List<Double> of(double low, double high) {
        double rough = (high - low) / ABOUT;
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double step = power * (rough / power >= 5 ? 5 : rough / power >= 2 ? 2 : 1);
        List<Double> ticks = new ArrayList<>();
        for (long i = (long) Math.ceil(low / step); i * step <= high + step * 1e-9; i++) {
            ticks.add(i * step);
        }
        return ticks;
    }

    static String text(double tick) {
        String text = String.format(Locale.ROOT, "%.3f", tick);
        return text.replaceAll("\\.?0+$", "").replace('-', '−');
    }
}
