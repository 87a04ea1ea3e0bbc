package io.hedgerow.monitor.reference;

import io.hedgerow.monitor.profile.Features;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of one event that a reference is learned from.
 *
 * @param time event time, milliseconds since 1970
 * @param source hash of its source
 * @param classIndex class decided
 * @param heldOut whether it came after the landmarks were chosen, so that it can be measured against them
 * @param known whether its confidence is known
 * @param features its features in 16 bits each, those of the map alone in 12; in place of novelty half its distance to the nearest prototype, in place of
 *     what a low score is the score itself
 */
@SuppressWarnings("ArrayRecordComponent")
record Row(long time, int source, int classIndex, boolean heldOut, boolean known, short[] features) {
    /** The last feature, that the score is high, is told by the score. */
    private static final int KEPT = Features.HIGH_SCORE;

    /** Features of the map alone come first; there is an even number of them. */
    private static final int COARSE = Features.VARIATION;

    private static final int COARSE_STEPS = 4_095;
    private static final int COARSE_BITS = 12;
    private static final int STEPS = 65_535;

    private static final int HELD_OUT = 1;
    private static final int KNOWN = 2;
    private static final int LATER = 4;
    private static final int SAME_SOURCE = 8;
    private static final int SAME_CLASS = 16;

    /** Milliseconds later than the row before that fit into 16 bits. */
    private static final int SOON = 65_535;

    static short pack(int feature, double share) {
        return (short) Math.rint(Math.min(share, 1) * steps(feature));
    }

    double feature(int feature) {
        return (double) Short.toUnsignedInt(features[feature]) / steps(feature);
    }

    private static int steps(int feature) {
        return feature < COARSE ? COARSE_STEPS : STEPS;
    }

    /**
     * Writes it.
     *
     * @param before the row before it, of which what is the same isn't written again; null if there is none
     */
    void write(DataOutput out, @Nullable Row before) throws IOException {
        long later = before == null ? -1 : time - before.time;
        boolean soon = later >= 0 && later <= SOON;
        boolean sameSource = before != null && source == before.source;
        boolean sameClass = before != null && classIndex == before.classIndex;
        out.writeByte((heldOut ? HELD_OUT : 0)
                | (known ? KNOWN : 0)
                | (soon ? LATER : 0)
                | (sameSource ? SAME_SOURCE : 0)
                | (sameClass ? SAME_CLASS : 0));
        if (soon) {
            out.writeShort((int) later);
        } else {
            out.writeLong(time);
        }
        if (!sameSource) {
            out.writeInt(source);
        }
        if (!sameClass) {
            out.writeInt(classIndex);
        }
        for (int feature = 0; feature < COARSE; feature += 2) {
            int two = features[feature] << COARSE_BITS | features[feature + 1];
            out.writeByte(two >> Short.SIZE);
            out.writeShort(two);
        }
        for (int feature = COARSE; feature < KEPT; feature++) {
            out.writeShort(features[feature]);
        }
    }

    /**
     * Reads one.
     *
     * @param before the row before it; null if there is none
     */
    static Row read(DataInput in, @Nullable Row before) throws IOException {
        int flags = in.readByte();
        long time = before != null && (flags & LATER) != 0 ? before.time + in.readUnsignedShort() : in.readLong();
        int source = before != null && (flags & SAME_SOURCE) != 0 ? before.source : in.readInt();
        int classIndex = before != null && (flags & SAME_CLASS) != 0 ? before.classIndex : in.readInt();
        short[] features = new short[Features.COUNT];
        for (int feature = 0; feature < COARSE; feature += 2) {
            int two = in.readUnsignedByte() << Short.SIZE | in.readUnsignedShort();
            features[feature] = (short) (two >> COARSE_BITS);
            features[feature + 1] = (short) (two & COARSE_STEPS);
        }
        for (int feature = COARSE; feature < KEPT; feature++) {
            features[feature] = in.readShort();
        }
        return new Row(time, source, classIndex, (flags & HELD_OUT) != 0, (flags & KNOWN) != 0, features);
    }
}
