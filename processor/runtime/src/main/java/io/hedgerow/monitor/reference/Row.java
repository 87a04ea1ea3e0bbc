package io.hedgerow.monitor.reference;

import io.hedgerow.monitor.profile.Features;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What is kept of one event that a reference is learned from.
 *
 * @param time event time, milliseconds since 1970
 * @param source hash of its source
 * @param classIndex class decided
 * @param heldOut whether it came after the landmarks were chosen, so that it can be measured against them
 * @param known whether its confidence is known
 * @param features its features in 16 bits each; in place of novelty half its distance to the nearest prototype, in place of
 *     what a low score is the score itself
 */
@SuppressWarnings("ArrayRecordComponent")
record Row(long time, int source, int classIndex, boolean heldOut, boolean known, short[] features) {
    /** The last feature, that the score is high, is told by the score. */
    private static final int KEPT = Features.HIGH_SCORE;

    private static final double STEPS = 65_535;

    static short pack(double share) {
        return (short) Math.rint(Math.min(share, 1) * STEPS);
    }

    double feature(int feature) {
        return Short.toUnsignedInt(features[feature]) / STEPS;
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(time);
        out.writeInt(source);
        out.writeInt(classIndex);
        out.writeByte((heldOut ? 1 : 0) + (known ? 2 : 0));
        for (int feature = 0; feature < KEPT; feature++) {
            out.writeShort(features[feature]);
        }
    }

    static Row read(DataInput in) throws IOException {
        long time = in.readLong();
        int source = in.readInt();
        int classIndex = in.readInt();
        int flags = in.readByte();
        short[] features = new short[Features.COUNT];
        for (int feature = 0; feature < KEPT; feature++) {
            features[feature] = in.readShort();
        }
        return new Row(time, source, classIndex, (flags & 1) != 0, (flags & 2) != 0, features);
    }
}
