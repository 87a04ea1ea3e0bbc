package io.hedgerow.monitor;

import io.hedgerow.Example;
import io.hedgerow.RecordInput;
import io.hedgerow.VerdictKind;
import io.hedgerow.monitor.profile.Grid;
import io.hedgerow.monitor.shortcut.Group;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Groups of maps as bytes. */
final class GroupBytes {
    private GroupBytes() {}

    static void write(Group group, DataOutputStream out) throws IOException {
        out.writeUTF(group.id());
        out.write(group.seed().bytes());
        out.writeDouble(group.share());
        out.writeInt(group.maps());
        out.writeBoolean(group.suspicious());
        for (float cell : group.meanMap()) {
            out.writeFloat(cell);
        }
        Double difference = group.scoreDifference();
        out.writeDouble(difference == null ? Double.NaN : difference);
        VerdictKind verdict = group.verdict();
        out.writeUTF(verdict == null ? "" : verdict.name());
        out.writeInt(group.examples().size());
        for (Example example : group.examples()) {
            out.writeUTF(example.getEventId());
            out.writeLong(example.getTime().toEpochMilli());
            RecordInput input = example.getInput();
            out.writeBoolean(input != null);
            if (input != null) {
                out.writeUTF(input.getTopic());
                out.writeInt(input.getPartition());
                out.writeLong(input.getOffset());
            }
        }
    }

    static Group read(DataInputStream in) throws IOException {
        String id = in.readUTF();
        byte[] seed = new byte[Grid.CELLS];
        in.readFully(seed);
        double share = in.readDouble();
        int maps = in.readInt();
        boolean suspicious = in.readBoolean();
        float[] mean = new float[Grid.CELLS];
        for (int cell = 0; cell < mean.length; cell++) {
            mean[cell] = in.readFloat();
        }
        double difference = in.readDouble();
        String verdict = in.readUTF();
        List<Example> examples = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            String event = in.readUTF();
            Instant time = Instant.ofEpochMilli(in.readLong());
            RecordInput input = in.readBoolean() ? new RecordInput(in.readUTF(), in.readInt(), in.readLong()) : null;
            examples.add(new Example(event, time, input, null));
        }
        return new Group(
                id,
                Grid.of(seed),
                share,
                maps,
                suspicious,
                mean,
                Double.isNaN(difference) ? null : (Double) difference,
                examples,
                verdict.isEmpty() ? null : VerdictKind.valueOf(verdict));
    }
}
