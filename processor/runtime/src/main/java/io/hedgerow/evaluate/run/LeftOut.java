package io.hedgerow.evaluate.run;

import io.hedgerow.evaluate.data.BadDataException;
import io.hedgerow.evaluate.data.Reason;

/**
 * Something that no trial was made of.
 *
 * @param picture name of the picture
 * @param label of the class; empty if it is the whole picture
 * @param detail what is wrong, in a few words
 */
public record LeftOut(String picture, String label, Reason reason, String detail) {
    static LeftOut of(String picture, String label, BadDataException e) {
        return new LeftOut(picture, label, e.reason(), String.valueOf(e.getMessage()));
    }
}
