package io.hedgerow.faithfulness;

import io.hedgerow.digest.Sha256;
import java.util.HexFormat;

/**
 * What is random about an event, the same each time: SHA-256 of its id and of the model's digest. Immutable.
 */
final class Draw {
    private static final int CHOICE_BYTES = 4;

    private final byte[] bytes;

    Draw(String eventId, String modelSha256) {
        bytes = HexFormat.of().parseHex(Sha256.hex(eventId + "\n" + modelSha256));
    }

    /** Whether the event is among a share of all. */
    boolean isWithin(double share) {
        long choice = 0;
        for (int at = 0; at < CHOICE_BYTES; at++) {
            choice = choice << Byte.SIZE | Byte.toUnsignedInt(bytes[at]);
        }
        return choice < share * 0x1p32;
    }

    /** How many further numbers there are. */
    int numbers() {
        return bytes.length - CHOICE_BYTES;
    }

    /** One of them, 0 to 255. */
    int number(int at) {
        return Byte.toUnsignedInt(bytes[CHOICE_BYTES + at]);
    }
}
