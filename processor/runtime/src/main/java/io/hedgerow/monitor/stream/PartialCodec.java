package io.hedgerow.monitor.stream;

import io.hedgerow.Agreement;
import io.hedgerow.AuditStatus;
import io.hedgerow.ExplainedModel;
import io.hedgerow.Method;
import io.hedgerow.Precision;
import io.hedgerow.RecordInput;
import io.hedgerow.monitor.profile.Grid;
import io.hedgerow.monitor.profile.Observation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Partials as bytes, for topics that are the application's own: about 600 bytes an explanation. */
final class PartialCodec {
    private static final int VERSION = 1;
    private static final int ALIVE = 0;
    private static final int SEEN = 1;
    private static final int BECAME = 2;
    private static final int SAID = 3;

    byte[] write(Partial partial) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(640);
        try {
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeByte(VERSION);
            text(out, partial.source());
            out.writeLong(partial.time());
            if (partial.body() instanceof Partial.Seen seen) {
                out.writeByte(SEEN);
                write(out, seen);
            } else if (partial.body() instanceof Partial.Became became) {
                out.writeByte(BECAME);
                write(out, became);
            } else if (partial.body() instanceof Partial.Said said) {
                out.writeByte(SAID);
                bytes(out, said.value());
            } else {
                out.writeByte(ALIVE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IllegalStateException if another release wrote it, in a way that this one doesn't know
     */
    Partial read(byte[] bytes) {
        try {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
            int version = in.readByte();
            if (version != VERSION) {
                throw new IllegalStateException("a partial of version " + version
                        + " can't be read by this release; run the newer one, or reset the application");
            }
            String source = text(in);
            long time = in.readLong();
            Partial.Body body =
                    switch (in.readByte()) {
                        case SEEN -> seen(in);
                        case BECAME -> became(in);
                        case SAID -> new Partial.Said(bytes(in));
                        default -> new Partial.Alive();
                    };
            return new Partial(source, time, body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(DataOutputStream out, Partial.Seen seen) throws IOException {
        model(out, seen.model());
        Observation observation = seen.observation();
        text(out, observation.eventId());
        out.writeLong(observation.time());
        text(out, observation.source());
        RecordInput input = observation.input();
        out.writeBoolean(input != null);
        if (input != null) {
            text(out, input.getTopic());
            out.writeInt(input.getPartition());
            out.writeLong(input.getOffset());
        }
        out.writeInt(observation.classIndex());
        text(out, observation.label());
        out.write(observation.map().bytes());
        out.writeFloat(observation.score());
        out.writeFloat(observation.confidence());
        out.writeFloat(observation.evidenceDrop());
        out.writeFloat(observation.chanceDrop());
        out.writeFloat(seen.frame().left());
        out.writeFloat(seen.frame().top());
        out.writeFloat(seen.frame().width());
        out.writeFloat(seen.frame().height());
        out.writeBoolean(seen.counts());
        text(out, seen.agreement().name());
    }

    private static Partial.Seen seen(DataInputStream in) throws IOException {
        ModelKey model = model(in);
        String eventId = text(in);
        long time = in.readLong();
        String source = text(in);
        RecordInput input = in.readBoolean() ? new RecordInput(text(in), in.readInt(), in.readLong()) : null;
        Observation observation = new Observation(
                eventId,
                time,
                source,
                input,
                in.readInt(),
                text(in),
                Grid.of(in.readNBytes(Grid.CELLS)),
                in.readFloat(),
                in.readFloat(),
                in.readFloat(),
                in.readFloat());
        Frame frame = new Frame(in.readFloat(), in.readFloat(), in.readFloat(), in.readFloat());
        return new Partial.Seen(
                model, observation, frame, in.readBoolean(), value(Agreement.class, text(in), Agreement.UNKNOWN));
    }

    private static void write(DataOutputStream out, Partial.Became became) throws IOException {
        text(out, became.model());
        text(out, became.version());
        text(out, became.sha256());
        out.writeInt(became.classIndex());
        text(out, became.status().name());
        text(out, became.agreement().name());
        out.writeLong(became.events());
        out.writeLong(became.latencyMillis());
    }

    private static Partial.Became became(DataInputStream in) throws IOException {
        return new Partial.Became(
                text(in),
                text(in),
                text(in),
                in.readInt(),
                value(AuditStatus.class, text(in), AuditStatus.UNKNOWN),
                value(Agreement.class, text(in), Agreement.UNKNOWN),
                in.readLong(),
                in.readLong());
    }

    /** Writes a model and its method. */
    static void model(DataOutputStream out, ModelKey key) throws IOException {
        text(out, key.model().getName());
        text(out, key.model().getVersion());
        text(out, key.model().getSha256());
        text(out, key.method().getName());
        text(out, key.method().getVersion());
        out.writeFloat(key.method().getRatio());
        text(out, key.method().getReferenceLayer());
        text(out, key.method().getPrecision().name());
        out.writeInt(key.method().getParameters().size());
        for (Map.Entry<String, String> one : new TreeMap<>(key.method().getParameters()).entrySet()) {
            text(out, one.getKey());
            text(out, one.getValue());
        }
    }

    /** Reads them. */
    static ModelKey model(DataInputStream in) throws IOException {
        ExplainedModel model = new ExplainedModel(text(in), text(in), text(in));
        Method method = new Method(
                text(in),
                text(in),
                in.readFloat(),
                text(in),
                value(Precision.class, text(in), Precision.UNKNOWN),
                new TreeMap<>());
        for (int left = in.readInt(); left > 0; left--) {
            method.getParameters().put(text(in), text(in));
        }
        return ModelKey.of(model, method);
    }

    /** Another release may know more of them. */
    private static <E extends Enum<E>> E value(Class<E> type, String name, E other) {
        for (E value : type.getEnumConstants()) {
            if (value.name().equals(name)) {
                return value;
            }
        }
        return other;
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        bytes(out, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(bytes(in), StandardCharsets.UTF_8);
    }

    private static void bytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] bytes(DataInputStream in) throws IOException {
        return in.readNBytes(in.readInt());
    }
}
