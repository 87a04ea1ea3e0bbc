package io.hedgerow.audit.export;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Times as {@link Instant#toString()} writes them, without a formatter: a log has three of them in each line. */
final class IsoTime {
    private static final int NANOS_A_MILLI = 1_000_000;
    private static final int LAST_YEAR = 9999;
    private static final int WITHOUT_MILLIS = 20;
    private static final int WITH_MILLIS = 24;

    private IsoTime() {}

    static String of(Instant time) {
        LocalDateTime utc = LocalDateTime.ofEpochSecond(time.getEpochSecond(), 0, ZoneOffset.UTC);
        int millis = time.getNano() / NANOS_A_MILLI;
        if (millis * NANOS_A_MILLI != time.getNano() || utc.getYear() < 0 || utc.getYear() > LAST_YEAR) {
            return time.toString();
        }
        byte[] text = new byte[millis == 0 ? WITHOUT_MILLIS : WITH_MILLIS];
        put(text, 0, 4, utc.getYear());
        text[4] = '-';
        put(text, 5, 2, utc.getMonthValue());
        text[7] = '-';
        put(text, 8, 2, utc.getDayOfMonth());
        text[10] = 'T';
        put(text, 11, 2, utc.getHour());
        text[13] = ':';
        put(text, 14, 2, utc.getMinute());
        text[16] = ':';
        put(text, 17, 2, utc.getSecond());
        if (millis != 0) {
            text[19] = '.';
            put(text, 20, 3, millis);
        }
        text[text.length - 1] = 'Z';
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    private static void put(byte[] text, int from, int digits, int number) {
        int rest = number;
        for (int at = from + digits - 1; at >= from; at--) {
            text[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
