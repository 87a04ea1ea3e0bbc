package io.hedgerow.attribution;

import java.nio.ByteBuffer;

/**
 * A map in 8 bits a cell: relevance = value × scale, off by half a scale at most. Immutable.
 *
 * @param values one per cell, row-major, −127 to 127; read-only
 * @param scale relevance of one step; 0 for a map of zeros
 */
public record QuantizedMap(ByteBuffer values, float scale) {
    private static final int STEPS = 127;

    /** Rounds a map of finite relevances. */
    public static QuantizedMap of(SignedMap map) {
        float peak = 0;
        for (int cell = 0; cell < map.size(); cell++) {
            // not Math.max, which costs ten times as much for its care of NaN
            peak = Math.abs(map.get(cell)) > peak ? Math.abs(map.get(cell)) : peak;
        }
        float scale = peak / STEPS;
        byte[] values = new byte[map.size()];
        for (int cell = 0; scale > 0 && cell < values.length; cell++) {
            // a subnormal scale is so coarse that the quotient can exceed the steps
            values[cell] = (byte) Math.max(-STEPS, Math.min(STEPS, Math.round(map.get(cell) / scale)));
        }
        return new QuantizedMap(ByteBuffer.wrap(values).asReadOnlyBuffer(), scale);
    }
}
