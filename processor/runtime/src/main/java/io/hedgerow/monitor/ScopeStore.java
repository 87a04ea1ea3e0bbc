package io.hedgerow.monitor;

import io.hedgerow.Example;
import io.hedgerow.RecordInput;
import io.hedgerow.VerdictKind;
import io.hedgerow.monitor.detect.Watch;
import io.hedgerow.monitor.profile.Grid;
import io.hedgerow.monitor.reference.Baseline;
import io.hedgerow.monitor.reference.BaselineStore;
import io.hedgerow.monitor.reference.Learner;
import io.hedgerow.monitor.reference.LearnerStore;
import io.hedgerow.monitor.reference.Limits;
import io.hedgerow.monitor.reference.Rate;
import io.hedgerow.monitor.reference.Shares;
import io.hedgerow.monitor.shortcut.Group;
import io.hedgerow.monitor.shortcut.KnownGroups;
import io.hedgerow.monitor.shortcut.Reservoir;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Keeps scopes in a monitor's memory, in pieces, of which those that changed are written. */
final class ScopeStore {
    private static final byte[] NONE = {};

    private final Memory memory;

    ScopeStore(Memory memory) {
        this.memory = memory;
    }

    /** A scope as it was kept; null if there is none. */
    @Nullable
    Scope load(int index) {
        byte[] head = memory.get(key(index, "head"));
        if (head == null) {
            return null;
        }
        Learner learner = LearnerStore.learner(
                present(index, "learner"), (IntFunction<byte[]>) page -> present(index, "rows-" + page));
        Scope scope = new Scope(index, learner, Reservoir.of(page -> memory.get(key(index, "maps-" + page))));
        byte[] reference = memory.get(key(index, "reference"));
        if (reference != null) {
            restore(scope, BaselineStore.baseline(reference));
        }
        readHead(scope, head);
        return scope;
    }

    /** Keeps a scope. */
    void save(Scope scope) {
        int index = scope.index;
        byte[] before = memory.get(key(index, "learner"));
        byte[] learner = LearnerStore.head(scope.learner);
        if (before == null || !Arrays.equals(before, learner)) {
            memory.put(key(index, "learner"), learner);
            saveRows(scope, before == null ? 0 : LearnerStore.learned(before));
        }
        scope.reservoir.changed().stream()
                .forEach(page -> memory.put(key(index, "maps-" + page), scope.reservoir.page(page)));
        Baseline baseline = scope.baseline();
        if (scope.baselineChanged()) {
            memory.put(key(index, "reference"), baseline == null ? null : BaselineStore.bytes(baseline));
        }
        memory.put(key(index, "maps-watch"), bytes(scope.maps()));
        if (scope.whole()) {
            memory.put(key(index, "shares-watch"), bytes(scope.shares()));
            for (Rate rate : Rate.values()) {
                boolean there = rate.place() < scope.rates().size();
                memory.put(
                        key(index, "rate-" + rate.place()),
                        there ? scope.rates().get(rate.place()).bytes() : null);
            }
        }
        memory.put(key(index, "head"), head(scope));
    }

    private void restore(Scope scope, Baseline baseline) {
        double dependence = baseline.dependence();
        Shares classes = baseline.shares();
        Limits limits = baseline.rates();
        List<Watch> rates = new ArrayList<>();
        for (Rate rate : Rate.values()) {
            if (limits != null) {
                rates.add(Watch.of(
                        Scope.limitsOf(limits, rate), dependence, present(scope.index, "rate-" + rate.place())));
            }
        }
        scope.restore(
                baseline,
                Watch.of(baseline.limits(), dependence, present(scope.index, "maps-watch")),
                classes == null ? null : Watch.of(classes.limits(), dependence, present(scope.index, "shares-watch")),
                rates);
    }

    /** Writes the pages of rows that are new, and removes those of a learner that has begun anew. */
    private void saveRows(Scope scope, int before) {
        int now = scope.learner.learned();
        for (int page = now < before ? 0 : LearnerStore.page(before);
                page <= LearnerStore.page(Math.max(before, now));
                page++) {
            byte[] rows = page <= LearnerStore.page(now) ? LearnerStore.page(scope.learner, page) : NONE;
            memory.put(key(scope.index, "rows-" + page), rows.length == 0 ? null : rows);
        }
    }

    private byte[] present(int index, String piece) {
        byte[] bytes = memory.get(key(index, piece));
        if (bytes == null) {
            throw new IllegalStateException("the monitor's memory has lost " + key(index, piece)
                    + "; reset the monitor's application, so that it reads explanations anew");
        }
        return bytes;
    }

    private static byte @Nullable [] bytes(@Nullable Watch watch) {
        return watch == null ? null : watch.bytes();
    }

    private static String key(int index, String piece) {
        return "scope/" + index + "/" + piece;
    }

    private static byte[] head(Scope scope) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeInt(scope.newMaps);
            out.writeLong(scope.lastEvent);
            out.writeUTF(scope.request);
            out.writeInt(scope.shortcuts.size());
            for (var entry : scope.shortcuts.entrySet()) {
                out.writeUTF(entry.getKey());
                entry.getValue().write(out);
            }
            out.writeInt(scope.groups.list().size());
            for (Group group : scope.groups.list()) {
                write(group, out);
            }
            out.writeInt(scope.groupWatches.size());
            for (var entry : scope.groupWatches.entrySet()) {
                Watch watch = entry.getValue();
                byte[] state = watch.bytes();
                out.writeUTF(entry.getKey());
                out.writeDouble(watch.limits().mean()[0]);
                out.writeDouble(watch.limits().high()[0]);
                out.writeInt(state.length);
                out.write(state);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void readHead(Scope scope, byte[] head) {
        try {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(head));
            scope.newMaps = in.readInt();
            scope.lastEvent = in.readLong();
            scope.request = in.readUTF();
            for (int left = in.readInt(); left > 0; left--) {
                scope.shortcuts.put(in.readUTF(), ShortcutAlert.read(in));
            }
            List<Group> groups = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                groups.add(group(in));
            }
            scope.groups = new KnownGroups(groups);
            Baseline baseline = scope.baseline();
            double dependence = baseline == null ? 1 : baseline.dependence();
            for (int left = in.readInt(); left > 0; left--) {
                String id = in.readUTF();
                Limits limits = new Limits(
                        new double[] {in.readDouble()}, new double[] {Double.NaN}, new double[] {in.readDouble()});
                byte[] state = new byte[in.readInt()];
                in.readFully(state);
                scope.groupWatches.put(id, Watch.of(limits, dependence, state));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Group group, DataOutputStream out) throws IOException {
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

    private static Group group(DataInputStream in) throws IOException {
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
