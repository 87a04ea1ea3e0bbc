package io.hedgerow.compiler.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What each axis of a tensor counts, as far as the graph tells. What it doesn't tell of a tensor of four axes is filled in by
 * the convention that agrees with the rest: channels last (N × H × W × C), else channels first (N × C × H × W).
 *
 * @param axes in the tensor's order
 */
public record Layout(List<Axis> axes) {
    private static final List<Axis> CHANNELS_LAST = List.of(Axis.BATCH, Axis.HEIGHT, Axis.WIDTH, Axis.CHANNEL);
    private static final List<Axis> CHANNELS_FIRST = List.of(Axis.BATCH, Axis.CHANNEL, Axis.HEIGHT, Axis.WIDTH);

    public Layout {
        axes = List.copyOf(axes);
    }

    /**
     * A layout of what was found, filled in.
     *
     * @param found what each axis counts, {@link Axis#UNKNOWN} where that was not found
     * @param channelsFirst which convention is tried first
     */
    static Layout completed(List<Axis> found, boolean channelsFirst) {
        List<List<Axis>> conventions =
                channelsFirst ? List.of(CHANNELS_FIRST, CHANNELS_LAST) : List.of(CHANNELS_LAST, CHANNELS_FIRST);
        return new Layout(conventions.stream()
                .filter(convention -> agree(found, convention))
                .findFirst()
                .orElseGet(() -> withTheLast(found)));
    }

    /** The channels' axis, or −1. */
    public int channel() {
        return axes.indexOf(Axis.CHANNEL);
    }

    /** The axis of rows, or −1. */
    public int height() {
        return axes.indexOf(Axis.HEIGHT);
    }

    /** The axis of columns, or −1. */
    public int width() {
        return axes.indexOf(Axis.WIDTH);
    }

    /** The axes along which positions lie, in order: usually height and width. */
    public List<Integer> space() {
        return IntStream.range(0, axes.size())
                .filter(axis -> isSpace(axes.get(axis)))
                .boxed()
                .toList();
    }

    /** Whether channels come right after the batch, before height and width. */
    public boolean isChannelsFirst() {
        return channel() == 1;
    }

    private static boolean isSpace(Axis axis) {
        return axis == Axis.HEIGHT || axis == Axis.WIDTH || axis == Axis.SPACE;
    }

    private static boolean agree(List<Axis> found, List<Axis> convention) {
        return found.size() == convention.size()
                && IntStream.range(0, found.size())
                        .allMatch(i -> found.get(i) == Axis.UNKNOWN || found.get(i) == convention.get(i));
    }

    /** Of four axes in another order the one that is left. */
    private static List<Axis> withTheLast(List<Axis> found) {
        List<Axis> left = new ArrayList<>(CHANNELS_LAST);
        left.removeAll(found);
        List<Axis> completed = new ArrayList<>(found);
        if (found.size() == CHANNELS_LAST.size() && left.size() == 1) {
            completed.replaceAll(axis -> axis == Axis.UNKNOWN ? left.get(0) : axis);
        }
        return completed;
    }
}
