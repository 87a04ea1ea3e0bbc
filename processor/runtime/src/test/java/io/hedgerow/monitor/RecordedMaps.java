package io.hedgerow.monitor;

import io.hedgerow.monitor.profile.Grid;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Maps of the demo's classifier, recorded while stickers were shown beside stains: a fixture. */
public final class RecordedMaps {
    public static final List<String> CLASSES = List.of("ok", "scratch", "dent", "stain");

    private final List<Recorded> all = new ArrayList<>();

    private record Recorded(int classIndex, boolean sticker, Grid map) {}

    public RecordedMaps() {
        try (InputStream file = RecordedMaps.class.getResourceAsStream("/monitor/maps.bin.gz");
                DataInputStream in = new DataInputStream(new GZIPInputStream(file))) {
            while (true) {
                int classIndex = in.read();
                if (classIndex < 0) {
                    return;
                }
                boolean sticker = in.readBoolean();
                byte[] roots = new byte[Grid.CELLS];
                in.readFully(roots);
                all.add(new Recorded(classIndex, sticker, Grid.of(roots)));
            }
        } catch (EOFException e) {
            throw new AssertionError("the fixture is cut off", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Maps of those decided for a class. */
    public List<Grid> of(String label) {
        int classIndex = CLASSES.indexOf(label);
        return all.stream()
                .filter(one -> one.classIndex() == classIndex)
                .map(Recorded::map)
                .toList();
    }

    /** Maps of stains with a sticker beside them. */
    public List<Grid> stickers() {
        return all.stream()
                .filter(one -> one.classIndex() == CLASSES.indexOf("stain") && one.sticker())
                .map(Recorded::map)
                .toList();
    }

    /** All maps in the order in which they are kept, as indices of classes. */
    public List<Integer> classes() {
        return all.stream().map(Recorded::classIndex).toList();
    }

    public List<Grid> maps() {
        return all.stream().map(Recorded::map).toList();
    }
}
