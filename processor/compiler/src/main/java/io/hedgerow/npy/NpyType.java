package io.hedgerow.npy;

/** The element types that {@link Npy} reads and writes, all little-endian. */
public enum NpyType {
    FLOAT32("<f4", Float.BYTES),
    UINT8("|u1", Byte.BYTES),
    INT32("<i4", Integer.BYTES),
    INT64("<i8", Long.BYTES);

    private final String descr;
    private final int bytes;

    NpyType(String descr, int bytes) {
        this.descr = descr;
        this.bytes = bytes;
    }

    /** NumPy's name of the type, as {@code <f4}. */
    public String descr() {
        return descr;
    }

    /** Bytes of one element. */
    public int bytes() {
        return bytes;
    }
}
