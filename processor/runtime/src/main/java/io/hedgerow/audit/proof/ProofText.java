package io.hedgerow.audit.proof;

import io.hedgerow.audit.LogException;
import io.hedgerow.audit.tree.TreeHasher;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Reader of a proof's text, line by line. Single-threaded. */
final class ProofText {
    private final String text;
    private int at;

    ProofText(String text) {
        this.text = text.replace("\r\n", "\n");
    }

    /** The next line, which begins with {@code start}: what follows it. */
    String after(String start) {
        String line = line();
        if (!line.startsWith(start)) {
            throw new LogException("'%s' stands where '%s' was expected".formatted(line, start));
        }
        return line.substring(start.length());
    }

    /** Whether the next line begins with {@code start}. */
    boolean isNext(String start) {
        return text.startsWith(start, at);
    }

    long number(String start) {
        String number = after(start);
        if (!number.matches("0|[1-9][0-9]{0,17}")) {
            throw new LogException("'%s' is no number".formatted(number));
        }
        return Long.parseLong(number);
    }

    byte[] base64(String start) {
        String encoded = after(start);
        try {
            byte[] bytes = Base64.getDecoder().decode(encoded);
            // One text for one proof: the decoder takes others that mean the same.
            if (Base64.getEncoder().encodeToString(bytes).equals(encoded)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw new LogException("'%s' is not base64".formatted(encoded));
    }

    /** Lines of hashes up to an empty line. */
    List<byte[]> hashes() {
        List<byte[]> hashes = new ArrayList<>();
        while (!isNext("\n")) {
            byte[] hash = base64("");
            if (hash.length != TreeHasher.BYTES || hashes.size() > 2 * Long.SIZE) {
                throw new LogException(
                        "a proof is at most %d hashes of 32 bytes, a line each".formatted(2 * Long.SIZE));
            }
            hashes.add(hash);
        }
        at++;
        return hashes;
    }

    /** A note and the empty line after it. */
    String note() {
        int signatures = text.indexOf("\n\n\u2014 ", at);
        int end = signatures < 0 ? -1 : text.indexOf("\n\n", signatures + 2);
        if (end < 0) {
            throw new LogException("a checkpoint is missing, or an empty line after it");
        }
        String note = text.substring(at, end + 1);
        at = end + 2;
        return note;
    }

    /** All that is left. */
    String rest() {
        return text.substring(at);
    }

    private String line() {
        int end = text.indexOf('\n', at);
        if (end < 0) {
            throw new LogException("the proof ends too early");
        }
        String line = text.substring(at, end);
        at = end + 1;
        return line;
    }
}
