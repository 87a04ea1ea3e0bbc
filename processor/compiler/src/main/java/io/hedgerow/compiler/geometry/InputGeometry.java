package io.hedgerow.compiler.geometry;

import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.compiler.api.Placement;
import io.hedgerow.compiler.api.Run;
import io.hedgerow.compiler.frontend.SizedGraph;
import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.graph.Node;
import io.hedgerow.compiler.graph.TensorRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.GraphDef;

/**
 * Where each pixel of what a model's first layers take comes from in the picture: the way of coordinates through everything
 * before those layers, for pictures of one size. Immutable.
 */
public final class InputGeometry {
    private static final int BATCH = 2;
    private static final int RANK = 4;
    /** Places that a map is cut into along one side. */
    private static final int MOST_RUNS = 16;

    private static final List<Motion> MOTIONS =
            List.of(new Windows(), new Resamplings(), new Rearrangements(), new Entrywise());

    private final Map<TensorRef, List<PictureAxis>> known = new HashMap<>();

    /**
     * Follows coordinates.
     *
     * @param graph what comes before the first layers, or more
     * @param input the placeholder that takes the pictures
     * @param size of one picture in the input's own order: three numbers
     * @throws ModelRefusedException if the graph doesn't fit pictures of that size
     */
    public InputGeometry(GraphDef graph, String input, List<Integer> size) {
        Shape shape = Shape.of(BATCH, size.get(0), size.get(1), size.get(2));
        Network network = new Network(SizedGraph.of(graph, input, shape), input);
        List<PictureAxis> picture = new ArrayList<>(List.of(PictureAxis.blank(BATCH)));
        IntStream.rangeClosed(1, size.size())
                .forEach(side -> picture.add(PictureAxis.of(Strand.of(Positions.of(side, size.get(side - 1))))));
        known.put(network.image(), picture);
        for (Node node : network.order()) {
            if (network.dependsOnImage(node)) {
                List<List<PictureAxis>> outputs = outputs(new Step(node, network, known));
                for (int port = 0; port < outputs.size(); port++) {
                    known.put(new TensorRef(node.name(), port), outputs.get(port));
                }
            }
        }
    }

    private static List<List<PictureAxis>> outputs(Step step) {
        try {
            for (Motion motion : MOTIONS) {
                if (motion.covers(step.node().operation())) {
                    return motion.outputs(step);
                }
            }
            return step.lost("%s, which moves pixels in a way that isn't followed".formatted(step.node()));
        } catch (LostException e) {
            return step.lost(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Where the map of a first layer's input lies.
     *
     * @param layer N × h × w × C, or N × C × h × w
     * @param channelAxis which of its axes has the channels
     * @throws ModelRefusedException if the way there is no plain one
     */
    public Placement placement(TensorRef layer, int channelAxis) {
        Positions rows = positions(layer, rowAxis(channelAxis));
        Positions columns = positions(layer, columnAxis(channelAxis));
        if (Math.abs(rows.side() - columns.side()) != 1) {
            throw refused(layer, "with its channels in the place of rows or columns");
        }
        boolean transposed = rows.side() > columns.side();
        List<Run> down = runs(layer, transposed ? columns : rows);
        List<Run> across = runs(layer, transposed ? rows : columns);
        return new Placement(transposed, down, across);
    }

    /** How many entries a first layer's input has along one of its axes, for pictures of the size that was followed. */
    public int count(TensorRef layer, int axis) {
        return known.getOrDefault(layer, List.of()).get(axis).count();
    }

    /** Whether pictures are taken as C × H × W, by what becomes of them until a first layer's input. */
    public boolean isChannelsFirst(TensorRef layer, int channelAxis) {
        int rows = positions(layer, rowAxis(channelAxis)).side();
        int columns = positions(layer, columnAxis(channelAxis)).side();
        return Math.min(rows, columns) > 1;
    }

    /** The first axis of a layer's input after the batch that isn't the channels'. */
    public static int rowAxis(int channelAxis) {
        return channelAxis == 1 ? 2 : 1;
    }

    /** The second. */
    public static int columnAxis(int channelAxis) {
        return channelAxis == 3 ? 2 : 3;
    }

    private Positions positions(TensorRef layer, int axis) {
        List<PictureAxis> axes = known.getOrDefault(layer, List.of());
        if (axes.size() != RANK) {
            throw refused(layer, "as numbers without rows and columns");
        }
        Strand strand = axes.get(axis).strand();
        Positions positions = strand.positions();
        if (positions == null) {
            String lost = strand.lost();
            throw refused(layer, lost == null ? "as a statistic of all of it" : "through " + lost);
        }
        return positions;
    }

    private static List<Run> runs(TensorRef layer, Positions positions) {
        List<Run> runs = positions.runs();
        if (runs.isEmpty() || runs.size() > MOST_RUNS) {
            throw refused(layer, runs.isEmpty() ? "nowhere" : "cut into %d pieces".formatted(runs.size()));
        }
        return runs;
    }

    private static ModelRefusedException refused(TensorRef layer, String how) {
        return new ModelRefusedException(
                "the first layer takes '%s', which shows the picture %s: a map of it can't be laid over the picture. Save the model without that step and apply it to pictures beforehand"
                        .formatted(layer, how));
    }
}
