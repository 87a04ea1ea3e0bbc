package io.hedgerow.compiler.runtime;

/** Element type of an image tensor. */
public enum ElementType {
    FLOAT32(Float.BYTES),
    UINT8(Byte.BYTES);

    private final int bytes;

    ElementType(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes of one element. */
    public int bytes() {
        return bytes;
    }
}
