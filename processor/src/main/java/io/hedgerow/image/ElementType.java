package io.hedgerow.image;

/** Number format of a tensor's elements. */
public enum ElementType {
    /** Unsigned, one byte. */
    UINT8(1),
    /** IEEE 754 single precision, four bytes. */
    FLOAT32(4);

    private final int bytes;

    ElementType(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes of one element. */
    public int bytes() {
        return bytes;
    }
}
