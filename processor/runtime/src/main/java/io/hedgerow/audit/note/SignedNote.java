package io.hedgerow.audit.note;

import io.hedgerow.audit.LogException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * A text with signatures (<a href="https://c2sp.org/signed-note">C2SP signed-note</a>).
 *
 * @param text ends with a newline
 */
record SignedNote(String text, List<Signature> signatures) {
    private static final String DASH = "\u2014 ";
    private static final int MOST_SIGNATURES = 100;

    /** One line below the text. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Signature(String name, byte[] id, byte[] signature) {}

    /** Signs a text, which ends with a newline. */
    static String sign(String text, SigningKey key) {
        byte[] id = key.verifier().id();
        byte[] signature = key.sign(text.getBytes(StandardCharsets.UTF_8));
        byte[] line = Arrays.copyOf(id, id.length + signature.length);
        System.arraycopy(signature, 0, line, id.length, signature.length);
        return text + "\n" + DASH + key.verifier().name() + " "
                + Base64.getEncoder().encodeToString(line) + "\n";
    }

    /**
     * Takes a note apart; says nothing of its signatures.
     *
     * @throws LogException if it is no signed note
     */
    static SignedNote parse(String note) {
        if (note.chars().anyMatch(c -> c < ' ' && c != '\n')) {
            throw new LogException("a signed note has no control characters");
        }
        int end = note.lastIndexOf("\n\n");
        if (end < 0 || !note.endsWith("\n")) {
            throw new LogException("a signed note is a text, an empty line, and a line for each signature");
        }
        List<Signature> signatures = new ArrayList<>();
        for (String line : note.substring(end + 2).split("\n", -1)) {
            if (!line.isEmpty()) {
                signatures.add(signature(line));
            }
        }
        if (signatures.isEmpty() || signatures.size() > MOST_SIGNATURES) {
            throw new LogException(
                    "a signed note has 1 to %d signatures, not %d".formatted(MOST_SIGNATURES, signatures.size()));
        }
        return new SignedNote(note.substring(0, end + 1), signatures);
    }

    private static Signature signature(String line) {
        String[] parts = line.split(" ", -1);
        if (line.startsWith(DASH) && parts.length == 3 && Ed25519.isName(parts[1])) {
            try {
                byte[] bytes = Base64.getDecoder().decode(parts[2]);
                // One text for one signature: the decoder takes others that mean the same.
                boolean isCanonical = Base64.getEncoder().encodeToString(bytes).equals(parts[2]);
                if (isCanonical && bytes.length > Ed25519.ID_BYTES) {
                    return new Signature(
                            parts[1],
                            Arrays.copyOf(bytes, Ed25519.ID_BYTES),
                            Arrays.copyOfRange(bytes, Ed25519.ID_BYTES, bytes.length));
                }
            } catch (IllegalArgumentException e) {
                // Said below.
            }
        }
        throw new LogException("'%s' is no line of a signature".formatted(line));
    }

    /**
     * Checks the signature of a key.
     *
     * @throws LogException if the key did not sign, or its signature is wrong
     */
    void verify(VerifierKey key) {
        byte[] signed = text.getBytes(StandardCharsets.UTF_8);
        boolean found = false;
        for (Signature line : signatures) {
            if (line.name().equals(key.name()) && Arrays.equals(line.id(), key.id())) {
                if (!key.verifies(signed, line.signature())) {
                    throw new LogException("the signature of %s is wrong".formatted(key.name()));
                }
                found = true;
            }
        }
        if (!found) {
            throw new LogException("it is not signed by %s".formatted(key));
        }
    }
}
