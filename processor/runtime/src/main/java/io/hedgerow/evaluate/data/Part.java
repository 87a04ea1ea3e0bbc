package io.hedgerow.evaluate.data;

/**
 * Something that a picture can be drawn without.
 *
 * @param name of the part
 * @param mask the pixels that it changed
 * @param without the encoded picture as it is without the part, of the same size
 */
@SuppressWarnings("ArrayRecordComponent") // read once and never compared
public record Part(String name, Mask mask, byte[] without) {}
