package io.hedgerow.monitor.profile;

/** A hash of events' ids that spreads them evenly: choosing the smallest is choosing at random, but the same each time. */
public final class EventHash {
    private static final long BASIS = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private EventHash() {}

    /** The hash, FNV-1a of the id's characters followed by the finaliser of SplitMix64; without allocation. */
    public static long of(String eventId) {
        long hash = BASIS;
        for (int at = 0; at < eventId.length(); at++) {
            hash = (hash ^ eventId.charAt(at)) * PRIME;
        }
        hash = (hash ^ hash >>> 30) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ hash >>> 27) * 0x94d049bb133111ebL;
        return hash ^ hash >>> 31;
    }
}
