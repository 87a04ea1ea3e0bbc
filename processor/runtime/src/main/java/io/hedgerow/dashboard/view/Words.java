package io.hedgerow.dashboard.view;

import java.util.Locale;

/** Records' symbols as words. */
final class Words {
    private Words() {}

    static String lower(Enum<?> symbol) {
        return symbol.name().toLowerCase(Locale.ROOT);
    }

    /** A text that is no longer than {@code most} characters, and whole ones. */
    static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most) + "…";
    }
}
