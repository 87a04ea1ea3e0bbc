package io.hedgerow.topics;

/**
 * Largest record written to each output, in bytes, as {@code max.message.bytes} counts them. Audit entries and checkpoints are
 * bounded by themselves.
 *
 * @param explanation larger ones get coarser maps
 * @param deadLetter larger ones lose their value
 */
public record RecordLimits(int explanation, int deadLetter) {
    /** What Kafka's producers and brokers take unless told otherwise. */
    public static final RecordLimits DEFAULT = of(1 << 20);

    /** Room for a record's key, headers and the fields around a picture. */
    private static final long AROUND_AN_IMAGE = 64 << 10;

    /** What a dead letter has beside its event: what went wrong, and where. */
    static final int HEADERS = 16 << 10;

    /** The most that an audit entry or a checkpoint takes. */
    static final int AUDIT = 64 << 10;

    /** The most that a profile takes. */
    static final int PROFILE = 64 << 10;

    /** The most that a reference takes, of a model with many classes. */
    static final int REFERENCE = 1 << 20;

    /** The most that an alert takes, with its pictures. */
    static final int ALERT = 128 << 10;

    /** The same for both. */
    public static RecordLimits of(int bytes) {
        return new RecordLimits(bytes, bytes);
    }

    /** For explanations of so many bytes, and the dead letters of events with images of so many. */
    public static RecordLimits forImages(long imageBytes, int explanation) {
        return new RecordLimits(explanation, deadLetterOf(eventBytes(imageBytes)));
    }

    /** What the input has to take for images of so many bytes. */
    static long eventBytes(long imageBytes) {
        return imageBytes + AROUND_AN_IMAGE;
    }

    /** What a dead letter takes whose event takes so much. */
    static int deadLetterOf(long event) {
        return (int) Math.min(Integer.MAX_VALUE, event + HEADERS);
    }

    /** What a producer of all outputs has to let through. */
    public int largest() {
        return Math.max(AUDIT, Math.max(explanation, deadLetter));
    }
}
