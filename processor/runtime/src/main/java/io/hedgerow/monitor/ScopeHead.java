package io.hedgerow.monitor;

import io.hedgerow.monitor.detect.Watch;
import io.hedgerow.monitor.reference.Baseline;
import io.hedgerow.monitor.reference.Limits;
import io.hedgerow.monitor.shortcut.Group;
import io.hedgerow.monitor.shortcut.KnownGroups;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The small part of a scope that changes with every window, as bytes: what it has asked people, which groups it knows. */
final class ScopeHead {
    private ScopeHead() {}

    /** A scope's head. */
    static byte[] bytes(Scope scope) {
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
                GroupBytes.write(group, out);
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

    /** Reads a head into the scope that it is of. */
    static void read(byte[] head, Scope scope) {
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
                groups.add(GroupBytes.read(in));
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
}
