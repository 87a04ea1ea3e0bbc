package io.hedgerow.audit.note;

import io.hedgerow.audit.LogException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The state of a log at one size (<a href="https://c2sp.org/tlog-checkpoint">C2SP tlog-checkpoint</a>).
 *
 * @param origin names the log
 * @param size number of entries
 * @param root of their Merkle tree, 32 bytes
 */
@SuppressWarnings("ArrayRecordComponent") // compared by what it holds
public record Checkpoint(String origin, long size, byte[] root) {
    private static final Pattern TEXT = Pattern.compile(
            "(?<origin>[^\n]+)\n(?<size>0|[1-9][0-9]{0,17})\n(?<root>[A-Za-z0-9+/]{43}=)\n(?:[^\n]+\n)*");

    /** The text that is signed. */
    String text() {
        return origin + "\n" + size + "\n" + Base64.getEncoder().encodeToString(root) + "\n";
    }

    /** The checkpoint as a signed note. */
    public String sign(SigningKey key) {
        return SignedNote.sign(text(), key);
    }

    /**
     * Reads a checkpoint that {@code key} has signed.
     *
     * @throws LogException if the note is malformed, not signed by the key, or no checkpoint
     */
    public static Checkpoint open(String note, VerifierKey key) {
        SignedNote signed = SignedNote.parse(note);
        signed.verify(key);
        return parse(signed.text());
    }

    /** Reads a checkpoint without looking at signatures. */
    public static Checkpoint parseUnverified(String note) {
        return parse(SignedNote.parse(note).text());
    }

    private static Checkpoint parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new LogException("a checkpoint's lines are origin, size and root; these are '%s'"
                    .formatted(text.strip().replace("\n", "', '")));
        }
        byte[] root = Base64.getDecoder().decode(matcher.group("root"));
        return new Checkpoint(matcher.group("origin"), Long.parseLong(matcher.group("size")), root);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Checkpoint that
                && origin.equals(that.origin)
                && size == that.size
                && Arrays.equals(root, that.root);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * origin.hashCode() + Long.hashCode(size)) + Arrays.hashCode(root);
    }

    @Override
    public String toString() {
        return "%s at %d, root %s".formatted(origin, size, HexFormat.of().formatHex(root));
    }
}
