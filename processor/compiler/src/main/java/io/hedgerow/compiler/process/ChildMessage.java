package io.hedgerow.compiler.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;

/**
 * What the child says, each as one line of JSON among whatever TensorFlow and Java print.
 *
 * @param details with {@link Kind#REFUSED}: what a line of text doesn't hold
 * @param done with {@link Kind#STEP}: steps behind
 * @param all with {@link Kind#STEP}: steps in all
 */
record ChildMessage(Kind kind, String text, String details, int done, int all) {
    private static final ObjectMapper JSON = new ObjectMapper();

    enum Kind {
        /** Something begins. */
        STEP,
        /** The explanation SavedModel is written. */
        DONE,
        /** The model can't be explained. */
        REFUSED,
        /** A file can't be read or written, or TensorFlow can't be started. */
        FAILED,
        /** A mistake of ours. */
        BROKEN
    }

    static ChildMessage of(Kind kind, String text) {
        return new ChildMessage(kind, text, "", 0, 0);
    }

    /** The report on a line, if it holds one. */
    static Optional<ChildMessage> read(String line) {
        try {
            return line.startsWith("{\"kind\":")
                    ? Optional.of(JSON.readValue(line, ChildMessage.class))
                    : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    String line() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of plain values can always be written", e);
        }
    }
}
