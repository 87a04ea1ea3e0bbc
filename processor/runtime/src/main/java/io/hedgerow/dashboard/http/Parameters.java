package io.hedgerow.dashboard.http;

import io.hedgerow.dashboard.events.EventStore.Address;
import io.hedgerow.dashboard.security.Refusal;
import io.javalin.http.Context;
import org.jspecify.annotations.Nullable;

/** Parameters of requests, checked. */
final class Parameters {
    private static final int LONGEST = 20_000;
    private static final String NUMBER = "-?\\d{1,18}";

    private Parameters() {}

    static String text(Context context, String name) {
        String value = context.queryParam(name);
        if (value == null || value.isEmpty() || value.length() > LONGEST) {
            throw new Refusal(400, "parameter " + name + " is missing");
        }
        return value;
    }

    static @Nullable Long number(Context context, String name) {
        String value = context.queryParam(name);
        return value == null || value.isEmpty() ? null : (Long) number(name, value);
    }

    static long required(Context context, String name) {
        return number(name, text(context, name));
    }

    static int integer(Context context, String name) {
        return Math.toIntExact(within(name, number(name, text(context, name)), Integer.MIN_VALUE, Integer.MAX_VALUE));
    }

    /** The event that a path names. */
    static Address address(Context context) {
        return new Address(
                (int) within("partition", number("partition", context.pathParam("partition")), 0, Integer.MAX_VALUE),
                within("offset", number("offset", context.pathParam("offset")), 0, Long.MAX_VALUE));
    }

    /** A number within a path. */
    static int inPath(Context context, String name) {
        return (int) within(name, number(name, context.pathParam(name)), 0, Integer.MAX_VALUE);
    }

    private static long number(String name, String value) {
        if (!value.matches(NUMBER)) {
            throw new Refusal(400, name + " is no number");
        }
        return Long.parseLong(value);
    }

    private static long within(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new Refusal(400, name + " is out of range");
        }
        return value;
    }
}
