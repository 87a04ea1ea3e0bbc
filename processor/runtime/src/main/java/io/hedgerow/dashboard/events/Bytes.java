package io.hedgerow.dashboard.events;

/** Looking for bytes within others. */
final class Bytes {
    private Bytes() {}

    static boolean contains(byte[] all, byte[] part) {
        for (int at = 0; at + part.length <= all.length; at++) {
            int same = 0;
            while (same < part.length && all[at + same] == part[same]) {
                same++;
            }
            if (same == part.length) {
                return true;
            }
        }
        return false;
    }
}
