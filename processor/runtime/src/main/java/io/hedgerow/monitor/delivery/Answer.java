package io.hedgerow.monitor.delivery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What came of a request.
 *
 * @param status the response's; 0 if there was none
 * @param retryAfter what the receiver asks for; null if it doesn't
 * @param problem what went wrong without a response; empty if there was one
 */
record Answer(int status, @Nullable Duration retryAfter, String problem) {
    boolean taken() {
        return status >= 200 && status < 300;
    }

    /** Whether the receiver wants no more of anything. */
    boolean gone() {
        return status == 410;
    }

    /** Whether the receiver can't use this very message, and won't if it is asked again. */
    boolean refused() {
        return switch (status) {
            case 400, 406, 411, 413, 414, 415, 422 -> true;
            default -> false;
        };
    }

    @Override
    public String toString() {
        if (status == 0) {
            return problem;
        }
        return "it answered " + status + (status >= 300 && status < 400 ? ", and redirects are not followed" : "");
    }
}
