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

/** Learners and references as bytes. A learner's rows are in pages, so that a new row changes only the last one. */
public final class LearnerStore {
    private static final int PAGE = 64;
    private static final double STEPS = 255;

    private LearnerStore() {}

    /** All but the rows. */
    public static byte[] head(Learner learner) {
        return bytes(out -> {
            out.writeInt(learner.wanted());
            out.writeInt(learner.learned());
            learner.rates().write(out);
            Landmarks landmarks = learner.landmarks();
            out.writeBoolean(landmarks != null);
            if (landmarks != null) {
                write(landmarks, out);
            }
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
            for (Row row : rows.subList(page * PAGE, Math.min(rows.size(), (page + 1) * PAGE))) {
                row.write(out);
            }
        });
    }

    /** A learner as it was written. */
    public static Learner learner(byte[] head, IntFunction<byte[]> pages) {
        try {
            DataInput in = new DataInputStream(new ByteArrayInputStream(head));
            int wanted = in.readInt();
            int learned = in.readInt();
            Rates rates = Rates.read(in);
            Landmarks landmarks = in.readBoolean() ? landmarks(in) : null;
            List<Row> rows = new ArrayList<>(learned);
            for (int page = 0; page * PAGE < learned; page++) {
                DataInput from = new DataInputStream(new ByteArrayInputStream(pages.apply(page)));
                for (int row = page * PAGE; row < Math.min(learned, (page + 1) * PAGE); row++) {
                    rows.add(Row.read(from));
                }
            }
            return new Learner(wanted, rows, rates, landmarks);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Landmarks; prototypes in 8 bits, as they are made. */
    static void write(Landmarks landmarks, DataOutput out) throws IOException {
        for (float cell : landmarks.meanMap()) {
            out.writeFloat(cell);
        }
        out.writeByte(landmarks.prototypes().length);
        for (float[] prototype : landmarks.prototypes()) {
            for (float cell : prototype) {
                out.writeByte((int) Math.rint(cell * STEPS));
            }
        }
        out.writeDouble(landmarks.radius());
        out.writeDouble(landmarks.low());
        out.writeDouble(landmarks.high());
    }

    static Landmarks landmarks(DataInput in) throws IOException {
        float[] mean = new float[Grid.CELLS];
        for (int cell = 0; cell < mean.length; cell++) {
            mean[cell] = in.readFloat();
        }
        float[][] prototypes = new float[in.readUnsignedByte()][Grid.CELLS];
        for (float[] prototype : prototypes) {
            for (int cell = 0; cell < prototype.length; cell++) {
                prototype[cell] = (float) (in.readUnsignedByte() / STEPS);
            }
        }
        return new Landmarks(mean, prototypes, in.readDouble(), in.readDouble(), in.readDouble());
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
