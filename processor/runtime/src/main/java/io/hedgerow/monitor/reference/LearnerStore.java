package io.hedgerow.monitor.reference;

import io.hedgerow.monitor.profile.Grid;
import io.hedgerow.monitor.profile.Landmarks;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Learners and references as bytes. A learner's rows are in pages, so that a new row changes only the last one. */
public final class LearnerStore {
    private static final int PAGE = 64;
    private static final double STEPS = 255;

    private LearnerStore() {}

    /** All but the rows and the landmarks. */
    public static byte[] head(Learner learner) {
        return bytes(out -> {
            out.writeInt(learner.wanted());
            out.writeInt(learner.learned());
            out.writeInt(learner.first());
            out.writeBoolean(learner.landmarks() != null);
            learner.rates().write(out);
        });
    }

    /** How many maps a learner had learned from that was written so. */
    public static int learned(byte[] head) {
        return ByteBuffer.wrap(head).getInt(Integer.BYTES);
    }

    /** The page on which a row is, rows counted from 0. */
    public static int page(int row) {
        return row / PAGE;
    }

    /** The rows of one page. */
    public static byte[] page(Learner learner, int page) {
        List<Row> rows = learner.rows();
        return bytes(out -> {
            int begin = page * PAGE;
            for (int row = begin; row < Math.min(rows.size(), begin + PAGE); row++) {
                rows.get(row).write(out, row == begin ? null : rows.get(row - 1));
            }
        });
    }

    /**
     * A learner as it was written.
     *
     * @param landmarks those that were kept, null if none were
     */
    public static Learner learner(byte[] head, IntFunction<byte[]> pages, @Nullable Landmarks landmarks) {
        try {
            DataInput in = new DataInputStream(new ByteArrayInputStream(head));
            int wanted = in.readInt();
            int learned = in.readInt();
            int first = in.readInt();
            boolean chosen = in.readBoolean();
            Rates rates = Rates.read(in);
            List<Row> rows = new ArrayList<>(learned);
            for (int page = 0; page * PAGE < learned; page++) {
                DataInput from = new DataInputStream(new ByteArrayInputStream(pages.apply(page)));
                Row before = null;
                for (int row = page * PAGE; row < Math.min(learned, (page + 1) * PAGE); row++) {
                    before = Row.read(from, before);
                    rows.add(before);
                }
            }
            return new Learner(wanted, first, rows, rates, chosen ? landmarks : null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The places that landmarks mark: the mean map, and prototypes in 8 bits, as they are made. */
    public static byte[] bytes(Landmarks landmarks) {
        return bytes(out -> {
            for (float cell : landmarks.meanMap()) {
                out.writeFloat(cell);
            }
            for (float[] prototype : landmarks.prototypes()) {
                for (float cell : prototype) {
                    out.writeByte((int) Math.rint(cell * STEPS));
                }
            }
        });
    }

    /** Landmarks that mark these places, from which nothing is far away. */
    public static Landmarks landmarks(byte[] bytes) {
        ByteBuffer from = ByteBuffer.wrap(bytes);
        float[] mean = new float[Grid.CELLS];
        for (int cell = 0; cell < mean.length; cell++) {
            mean[cell] = from.getFloat();
        }
        float[][] prototypes = new float[from.remaining() / Grid.CELLS][Grid.CELLS];
        for (float[] prototype : prototypes) {
            for (int cell = 0; cell < prototype.length; cell++) {
                prototype[cell] = (float) (Byte.toUnsignedInt(from.get()) / STEPS);
            }
        }
        return new Landmarks(mean, prototypes, Double.MAX_VALUE);
    }

    interface Writing {
        void to(DataOutput out) throws IOException;
    }

    static byte[] bytes(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            writing.to(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
