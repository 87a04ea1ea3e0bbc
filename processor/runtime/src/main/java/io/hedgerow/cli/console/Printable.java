package io.hedgerow.cli.console;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Text and bytes of others, fit for a terminal: on one line, without control characters, not too long. */
public final class Printable {
    private Printable() {}

    public static String text(String text, int longest) {
        String line = text.replaceAll("\\s+", " ").replaceAll("[\\p{Cntrl}\\p{Cf}]", "\uFFFD");
        return line.length() <= longest ? line : line.substring(0, longest - 1) + "…";
    }

    /** As text if they are UTF-8 without control characters, else in hexadecimal digits. */
    public static String bytes(byte @Nullable [] bytes, int longest) {
        if (bytes == null) {
            return "null";
        }
        return text(
                utf8(bytes)
                        .filter(text -> text.codePoints().noneMatch(Character::isISOControl))
                        .orElseGet(() -> "0x" + HexFormat.of().formatHex(bytes)),
                longest);
    }

    /** Empty if the bytes are no UTF-8. */
    public static Optional<String> utf8(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
