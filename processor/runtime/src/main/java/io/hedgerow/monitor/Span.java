package io.hedgerow.monitor;

import io.hedgerow.Alert;
import io.hedgerow.AlertState;
import io.hedgerow.ReferenceEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A window that is worked through, and what was found in it so far. Not thread-safe. */
final class Span {
    final long start;
    final long end;
    final List<Alert> alerts = new ArrayList<>();
    final List<ReferenceEntry> references = new ArrayList<>();

    /** Event times of its start and end, in milliseconds since 1970. */
    Span(long start, long end) {
        this.start = start;
        this.end = end;
    }

    static Span of(Window window, Duration length) {
        return new Span(window.start(), window.start() + length.toMillis());
    }

    AlertWriter.Moment opened() {
        return new AlertWriter.Moment(start, end, AlertState.OPENED, "");
    }

    AlertWriter.Moment updated() {
        return new AlertWriter.Moment(start, end, AlertState.UPDATED, "");
    }

    AlertWriter.Moment closed(String because) {
        return new AlertWriter.Moment(start, end, AlertState.CLOSED, because);
    }
}
