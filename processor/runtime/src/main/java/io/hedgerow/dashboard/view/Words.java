package io.hedgerow.dashboard.view;

import java.util.Locale;

/** Records' symbols as words. */
final class Words {
    private Words() {}

    static String lower(Enum<?> symbol) {
        return symbol.name().toLowerCase(Locale.ROOT);
    }
}
