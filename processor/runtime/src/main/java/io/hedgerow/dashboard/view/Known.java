package io.hedgerow.dashboard.view;

import org.jspecify.annotations.Nullable;

/** Numbers as JSON takes them: what isn't finite isn't known. */
final class Known {
    private Known() {}

    static @Nullable Double of(double value) {
        return Double.isFinite(value) ? (Double) value : null;
    }

    static @Nullable Double of(@Nullable Double value) {
        return value == null || !Double.isFinite(value) ? null : value;
    }
}
