package io.hedgerow.compiler.graph;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * What the axes of a classifier's tensors count. Operations with a window, as convolutions, say so of what they take and give;
 * from there it spreads both ways along axes that count the same. Where two disagree, the nearer is right.
 */
final class Layouts {
    private static final Set<String> OF_IMAGES = Set.of(
            "SpaceToDepth",
            "DepthToSpace",
            "SpaceToBatchND",
            "BatchToSpaceND",
            "ResizeBilinear",
            "ResizeNearestNeighbor",
            "ResizeBicubic",
            "ResizeArea",
            "ScaleAndTranslate");
    private static final Set<String> PER_CHANNEL = Operations.with(Set.of("BiasAdd"), Operations.NORMALISATIONS);
    private static final long FEW_CHANNELS = 4;

    private final Map<TensorRef, long[]> shapes;
    private final TensorRef image;
    private final AxisLinks links;
    private final Map<AxisRef, Axis> found = new HashMap<>();
    private final Deque<AxisRef> open = new ArrayDeque<>();
    /** Of axes that others were run together to, what those are. */
    private final Map<AxisRef, List<Part>> composed = new HashMap<>();

    private final Deque<AxisRef> openComposed = new ArrayDeque<>();

    /** One of several axes that were run together. */
    private record Part(long size, Axis meaning) {}

    /**
     * @param nodes all, each after those that feed it
     * @param isSignal whether a tensor depends on the image
     */
    Layouts(
            Collection<Node> nodes,
            TensorRef image,
            Predicate<TensorRef> isSignal,
            Map<TensorRef, long[]> shapes,
            Function<TensorRef, Optional<Constant>> constants) {
        this.shapes = shapes;
        this.image = image;
        this.links = new AxisLinks(shapes, constants);
        for (Node node : nodes) {
            links.add(node, node.inputs().stream().filter(isSignal).toList());
        }
        found(new AxisRef(image, 0), Axis.BATCH);
        nodes.stream().filter(this::hasWindow).forEach(node -> say(node, isSignal));
        spread();
        // weak: a product over one axis may be written as a convolution with a kernel of 1 x 1
        nodes.stream()
                .filter(node -> Operations.isConvolution(node) || PER_CHANNEL.contains(node.operation()))
                .forEach(node -> say(node, isSignal));
        spread();
    }

    Layout of(TensorRef tensor) {
        long[] shape = shape(tensor);
        List<Axis> axes = IntStream.range(0, shape.length)
                .mapToObj(axis -> found.getOrDefault(new AxisRef(tensor, axis), Axis.UNKNOWN))
                .toList();
        return Layout.completed(axes, shape.length == 4 && looksChannelsFirst(tensor, shape));
    }

    /** Where the graph doesn't tell: a point of several channels, or an image with as few channels as images have. */
    private boolean looksChannelsFirst(TensorRef tensor, long[] shape) {
        boolean isPoint = shape[1] != 1 && shape[2] == 1 && shape[3] == 1;
        boolean isImage = tensor.equals(image) && isFew(shape[1]) && !isFew(shape[3]);
        return isPoint || isImage;
    }

    private static boolean isFew(long size) {
        return size > 0 && size <= FEW_CHANNELS;
    }

    private boolean hasWindow(Node node) {
        String operation = node.operation();
        if (Operations.isConvolution(node)) {
            long[] kernel = shape(node.input(1));
            return kernel.length == 4 && kernel[0] * kernel[1] != 1;
        }
        boolean isWide = node.numbers("ksize").isEmpty()
                || node.numbers("ksize").stream().anyMatch(size -> size != 1);
        return OF_IMAGES.contains(operation) || ((Operations.isPooling(node) || operation.equals("LRN")) && isWide);
    }

    private void say(Node node, Predicate<TensorRef> isSignal) {
        List<Axis> axes = node.text("data_format", "NHWC").equals("NCHW")
                ? List.of(Axis.BATCH, Axis.CHANNEL, Axis.HEIGHT, Axis.WIDTH)
                : List.of(Axis.BATCH, Axis.HEIGHT, Axis.WIDTH, Axis.CHANNEL);
        node.inputs().stream().filter(isSignal).forEach(input -> say(input, axes));
        say(node.output(), axes);
    }

    private void say(TensorRef tensor, List<Axis> axes) {
        if (shape(tensor).length == axes.size()) {
            for (int axis = 0; axis < axes.size(); axis++) {
                found(new AxisRef(tensor, axis), axes.get(axis));
            }
        }
    }

    private void found(AxisRef axis, Axis meaning) {
        if (found.putIfAbsent(axis, meaning) == null) {
            open.add(axis);
        }
    }

    private void spread() {
        while (!open.isEmpty() || !openComposed.isEmpty()) {
            if (open.isEmpty()) {
                spreadComposed(openComposed.remove());
            } else {
                spread(open.remove());
            }
        }
    }

    private void spread(AxisRef axis) {
        Axis meaning = found.getOrDefault(axis, Axis.UNKNOWN);
        links.same(axis).forEach(other -> found(other, meaning));
        links.merges(axis).forEach(merge -> {
            if (merge.whole().equals(axis)) {
                split(merge.parts(), meaning);
            } else {
                merged(merge.parts())
                        .ifPresentOrElse(
                                whole -> found(merge.whole(), whole),
                                () -> composed(
                                        merge.whole(),
                                        merge.parts().stream().map(this::part).toList()));
            }
        });
    }

    /** What was run together comes apart where sizes are the same in the same order. */
    private void spreadComposed(AxisRef whole) {
        List<Part> parts = composed.getOrDefault(whole, List.of());
        links.same(whole).forEach(other -> composed(other, parts));
        for (AxisLinks.Merge merge : links.merges(whole)) {
            List<Long> sizes =
                    merge.parts().stream().map(part -> part(part).size()).toList();
            if (merge.whole().equals(whole)
                    && sizes.equals(parts.stream().map(Part::size).toList())) {
                for (int i = 0; i < sizes.size(); i++) {
                    found(merge.parts().get(i), parts.get(i).meaning());
                }
            }
        }
    }

    private void composed(AxisRef whole, List<Part> parts) {
        boolean isKnown = parts.stream().noneMatch(part -> part.size() < 0 || part.meaning() == Axis.UNKNOWN);
        if (isKnown && composed.putIfAbsent(whole, parts) == null) {
            openComposed.add(whole);
        }
    }

    private Part part(AxisRef axis) {
        return new Part(shape(axis.tensor())[axis.axis()], found.getOrDefault(axis, Axis.UNKNOWN));
    }

    private void split(List<AxisRef> parts, Axis whole) {
        if (whole == Axis.CHANNEL) {
            parts.forEach(part -> found(part, Axis.CHANNEL));
        } else if (whole == Axis.SPACE && parts.size() == 2) {
            found(parts.get(0), Axis.HEIGHT);
            found(parts.get(1), Axis.WIDTH);
        }
    }

    private Optional<Axis> merged(List<AxisRef> parts) {
        List<Axis> meanings = parts.stream()
                .map(part -> found.getOrDefault(part, Axis.UNKNOWN))
                .distinct()
                .toList();
        if (meanings.size() == 1) {
            return Optional.of(meanings.get(0)).filter(meaning -> meaning == Axis.CHANNEL);
        }
        return meanings.size() == 2 && Set.copyOf(meanings).equals(Set.of(Axis.HEIGHT, Axis.WIDTH))
                ? Optional.of(Axis.SPACE)
                : Optional.empty();
    }

    private long[] shape(TensorRef tensor) {
        return shapes.getOrDefault(tensor, new long[0]);
    }
}
