package io.hedgerow.monitor;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a monitor knows of a model beside its scopes: the classes that have come, how much was learned of each, and where
 * alerts are open. Not thread-safe.
 */
final class Known {
    private static final String KEY = "known";

    /** Event time of the last window's start. */
    long lastWindow = Long.MIN_VALUE;

    /** References made so far, and groups called shortcuts. */
    int references;

    int groups;

    final Set<Integer> alerted = new TreeSet<>();
    private final Map<Integer, String> labels = new TreeMap<>();
    private final Map<Integer, Long> learned = new TreeMap<>();
    private byte[] kept;

    Known(Memory memory) {
        byte[] bytes = memory.get(KEY);
        kept = bytes == null ? new byte[0] : bytes;
        if (bytes == null) {
            return;
        }
        try {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
            lastWindow = in.readLong();
            references = in.readInt();
            groups = in.readInt();
            for (int left = in.readInt(); left > 0; left--) {
                alerted.add(in.readInt());
            }
            for (int left = in.readInt(); left > 0; left--) {
                labels.put(in.readInt(), in.readUTF());
            }
            for (int left = in.readInt(); left > 0; left--) {
                learned.put(in.readInt(), in.readLong());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void save(Memory memory) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeLong(lastWindow);
            out.writeInt(references);
            out.writeInt(groups);
            out.writeInt(alerted.size());
            for (int index : alerted) {
                out.writeInt(index);
            }
            out.writeInt(labels.size());
            for (var entry : labels.entrySet()) {
                out.writeInt(entry.getKey());
                out.writeUTF(entry.getValue());
            }
            out.writeInt(learned.size());
            for (var entry : learned.entrySet()) {
                out.writeInt(entry.getKey());
                out.writeLong(entry.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!Arrays.equals(kept, bytes.toByteArray())) {
            kept = bytes.toByteArray();
            memory.put(KEY, kept);
        }
    }

    /**
     * The scope of a class: its own, or that of all others if there are too many.
     *
     * @param most classes that have scopes of their own
     */
    int scope(int classIndex, String label, int most) {
        String before = labels.get(classIndex);
        if (before == null && labels.size() >= most) {
            return Scope.OTHER;
        }
        if (before == null || (before.isEmpty() && !label.isEmpty())) {
            labels.put(classIndex, label);
        }
        return classIndex;
    }

    /** The scope that a class would have, without taking note of it. */
    int scopeOf(int classIndex, int most) {
        return labels.containsKey(classIndex) || labels.size() < most ? classIndex : Scope.OTHER;
    }

    String label(int scope) {
        String label = labels.get(scope);
        return label == null ? "" : label;
    }

    Map<Integer, String> labels() {
        return labels;
    }

    void learned(int scope, long events) {
        if (scope != Scope.ALL) {
            learned.put(scope, events);
        }
    }

    /** Explanations learned from of all classes, each with one more. */
    long weights() {
        return learned.values().stream().mapToLong(events -> events + 1).sum();
    }

    /** How alerts and people call a class, or all of them. */
    String name(int scope) {
        return switch (scope) {
            case Scope.ALL -> "all decisions";
            case Scope.OTHER -> "other classes";
            default -> label(scope).isEmpty() ? "class " + scope : label(scope);
        };
    }
}
