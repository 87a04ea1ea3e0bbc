package io.hedgerow.monitor.reference;

import io.hedgerow.ReferenceOrigin;
import io.hedgerow.monitor.profile.Landmarks;
import java.io.ByteArrayInputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.IOException;
import java.io.UncheckedIOException;

/** References as bytes, for a monitor's own memory; the places of their landmarks are kept apart. */
public final class BaselineStore {
    private BaselineStore() {}

    public static byte[] bytes(Baseline baseline) {
        return LearnerStore.bytes(out -> {
            out.writeUTF(baseline.id());
            out.writeUTF(baseline.origin().name());
            out.writeLong(baseline.events());
            out.writeLong(baseline.from());
            out.writeLong(baseline.to());
            out.writeInt(baseline.sources());
            out.writeDouble(baseline.dependence());
            out.writeDouble(baseline.tolerance());
            out.writeDouble(baseline.risk());
            out.writeBoolean(baseline.preliminary());
            out.writeDouble(baseline.landmarks().radius());
            out.writeDouble(baseline.landmarks().low());
            out.writeDouble(baseline.landmarks().high());
            write(baseline.limits(), out);
            Shares shares = baseline.shares();
            out.writeInt(shares == null ? -1 : shares.classes().length);
            if (shares != null) {
                for (int at = 0; at < shares.classes().length; at++) {
                    out.writeInt(shares.classes()[at]);
                    out.writeLong(shares.events()[at]);
                }
                write(shares.limits(), out);
            }
            Limits rates = baseline.rates();
            out.writeBoolean(rates != null);
            if (rates != null) {
                write(rates, out);
            }
        });
    }

    /**
     * A reference as it was written.
     *
     * @param places that its landmarks mark
     */
    public static Baseline baseline(byte[] bytes, Landmarks places) {
        try {
            DataInput in = new DataInputStream(new ByteArrayInputStream(bytes));
            String id = in.readUTF();
            ReferenceOrigin origin = ReferenceOrigin.valueOf(in.readUTF());
            long events = in.readLong();
            long from = in.readLong();
            long to = in.readLong();
            int sources = in.readInt();
            double dependence = in.readDouble();
            double tolerance = in.readDouble();
            double risk = in.readDouble();
            boolean preliminary = in.readBoolean();
            Landmarks landmarks = new Landmarks(
                    places.meanMap(), places.prototypes(), in.readDouble(), in.readDouble(), in.readDouble());
            Limits limits = limits(in);
            int classes = in.readInt();
            Shares shares = classes < 0 ? null : shares(classes, in);
            Limits rates = in.readBoolean() ? limits(in) : null;
            return new Baseline(
                    id,
                    origin,
                    events,
                    from,
                    to,
                    sources,
                    dependence,
                    tolerance,
                    risk,
                    preliminary,
                    landmarks,
                    limits,
                    shares,
                    rates);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Limits limits, DataOutput out) throws IOException {
        out.writeInt(limits.count());
        for (int at = 0; at < limits.count(); at++) {
            out.writeDouble(limits.mean()[at]);
            out.writeDouble(limits.low()[at]);
            out.writeDouble(limits.high()[at]);
        }
    }

    private static Limits limits(DataInput in) throws IOException {
        int count = in.readInt();
        Limits limits = new Limits(new double[count], new double[count], new double[count]);
        for (int at = 0; at < count; at++) {
            limits.mean()[at] = in.readDouble();
            limits.low()[at] = in.readDouble();
            limits.high()[at] = in.readDouble();
        }
        return limits;
    }

    private static Shares shares(int count, DataInput in) throws IOException {
        int[] classes = new int[count];
        long[] events = new long[count];
        for (int at = 0; at < count; at++) {
            classes[at] = in.readInt();
            events[at] = in.readLong();
        }
        return new Shares(classes, events, limits(in));
    }
}
