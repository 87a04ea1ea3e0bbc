package io.hedgerow.monitor.shortcut;

import io.hedgerow.Example;
import io.hedgerow.RecordInput;
import io.hedgerow.monitor.profile.EventHash;
import io.hedgerow.monitor.profile.Grid;
import io.hedgerow.monitor.profile.Observation;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A map that was kept to be compared with others.
 *
 * @param eventId the event's id
 * @param time event time, milliseconds since 1970
 * @param input position of the input record; null if there is none
 * @param score the class's score before softmax or sigmoid
 * @param map where the evidence lies; not blind
 */
public record SampledMap(String eventId, long time, @Nullable RecordInput input, float score, Grid map) {
    /** Of an event whose map isn't blind. */
    public static SampledMap of(Observation event) {
        return new SampledMap(event.eventId(), event.time(), event.input(), event.score(), event.map());
    }

    /** The event, to be looked at. */
    public Example example() {
        return new Example(eventId, Instant.ofEpochMilli(time), input, null);
    }

    /**
     * Rank of an event's map in a sample of which later maps are a larger part: smaller comes first. Of two maps a half-life apart
     * the later one is twice as likely to stay (exponential decay forward in time, Cormode et al. 2009, with the keys of
     * Efraimidis and Spirakis 2006).
     */
    static double rank(String eventId, long time, double halfLife) {
        double uniform = ((EventHash.of(eventId) >>> 11) + 0.5) * 0x1p-53;
        return StrictMath.log(-StrictMath.log(uniform)) - time * (StrictMath.log(2) / halfLife);
    }

    /**
     * Writes it.
     *
     * @param topic the topic of the map before, which isn't written again
     */
    void write(DataOutput out, String topic) throws IOException {
        out.writeUTF(eventId);
        out.writeLong(time);
        out.writeFloat(score);
        out.write(map.bytes());
        RecordInput position = input;
        out.writeBoolean(position != null);
        if (position != null) {
            out.writeUTF(position.getTopic().equals(topic) ? "" : position.getTopic());
            out.writeInt(position.getPartition());
            out.writeLong(position.getOffset());
        }
    }

    /** The topic of its input record; the other one if there is none. */
    String topic(String otherwise) {
        return input == null ? otherwise : input.getTopic();
    }

    static SampledMap read(DataInput in, String topic) throws IOException {
        String eventId = in.readUTF();
        long time = in.readLong();
        float score = in.readFloat();
        byte[] map = new byte[Grid.CELLS];
        in.readFully(map);
        if (!in.readBoolean()) {
            return new SampledMap(eventId, time, null, score, Grid.of(map));
        }
        String written = in.readUTF();
        RecordInput input = new RecordInput(written.isEmpty() ? topic : written, in.readInt(), in.readLong());
        return new SampledMap(eventId, time, input, score, Grid.of(map));
    }
}
