package io.hedgerow.compiler;

import io.hedgerow.compiler.api.ExplanationInfo;
import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.compiler.api.Placement;
import io.hedgerow.compiler.frontend.FrozenModel;
import io.hedgerow.compiler.geometry.InputGeometry;
import io.hedgerow.compiler.geometry.MapGrid;
import io.hedgerow.compiler.graph.InputTensors;
import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.graph.Node;
import io.hedgerow.compiler.graph.TensorRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/** A model's first layers, and where what they see lies on its pictures. */
final class InputLayers {
    // RATIONALE: Why has a map the resolution of the input layer?
    /** Unlike what models resize to, and divided by what they divide by. */
    private static final List<Integer> ANY_SIZE = List.of(288, 416, 3);

    private static final List<Integer> SMALL_SIZE = List.of(128, 128, 3);

    private final Network network;
    private final long[] input;
    private final GraphDef preprocessing;
    private final InputGeometry geometry;
    private final boolean isFree;

    /**
     * Follows pictures to the layers; where their size is free, pictures of some size.
     *
     * @param network the model's graph
     */
    InputLayers(FrozenModel model, Network network) {
        this.network = network;
        this.input = model.inputShape().asArray();
        this.isFree = input[1] < 0 || input[2] < 0 || input[3] < 0;
        this.preprocessing = preprocessing(model.graph(), network);
        InputGeometry found;
        try {
            found = new InputGeometry(preprocessing, model.inputName(), size(ANY_SIZE));
        } catch (ModelRefusedException e) {
            found = new InputGeometry(preprocessing, model.inputName(), size(SMALL_SIZE));
        }
        this.geometry = found;
    }

    /**
     * Where the map of a layer's input lies.
     *
     * @throws ModelRefusedException if that can't be told, or it is no place on a picture
     */
    Placement place(TensorRef layer) {
        return geometry.placement(layer, channelAxis(layer));
    }

    /** What a layer sees: maps of equal ones can be summed cell by cell. */
    Window window(TensorRef layer) {
        int channels = channelAxis(layer);
        return new Window(
                place(layer),
                geometry.count(layer, InputGeometry.rowAxis(channels)),
                geometry.count(layer, InputGeometry.columnAxis(channels)));
    }

    /**
     * A part of the picture and what pads it.
     *
     * @param rows of the layer's input, as of {@code columns}, padding included: a placement says nothing of what lies behind
     */
    record Window(Placement placement, int rows, int columns) {}

    /**
     * What the model takes, in the order that a first layer shows.
     *
     * @param layers what the first layers take
     */
    ExplanationInfo.Input input(FrozenModel model, Collection<TensorRef> layers) {
        TensorRef layer = layers.iterator().next();
        boolean channelsFirst = geometry.isChannelsFirst(layer, channelAxis(layer));
        int rows = channelsFirst ? 2 : 1;
        return new ExplanationInfo.Input(
                model.inputKey(),
                model.inputType().name(),
                input[rows],
                input[rows + 1],
                input[channelsFirst ? 1 : 3],
                channelsFirst);
    }

    /**
     * The maps' layers and places.
     *
     * @param maps nodes of maps, and the tensors whose height and width they have
     */
    List<ExplanationInfo.Layer> layers(Map<String, TensorRef> maps) {
        List<ExplanationInfo.Layer> layers = new ArrayList<>();
        maps.forEach((node, tensor) -> {
            int channels = channelAxis(tensor);
            long[] shape = network.shape(tensor).orElse(new long[] {-1, -1, -1, -1});
            long rows = shape[InputGeometry.rowAxis(channels)];
            long columns = shape[InputGeometry.columnAxis(channels)];
            TensorRef over = new InputTensors(network).isInput(tensor) ? null : over(tensor);
            Placement place = isFree ? null : place(over == null ? tensor : over);
            layers.add(new ExplanationInfo.Layer(
                    ExplanationWriter.mapKey(node),
                    tensor.toString(),
                    channels,
                    rows,
                    columns,
                    place == null || over == null
                            ? place
                            : place.shared(Math.toIntExact(rows), Math.toIntExact(columns)),
                    over == null ? null : new ExplanationInfo.Area(over.toString(), channelAxis(over))));
        });
        return layers;
    }

    /** What the first layers take that a feature map is computed from, which must have one place. */
    private TensorRef over(TensorRef features) {
        List<TensorRef> inputs = List.copyOf(new InputTensors(network).before(List.of(features)));
        if (inputs.stream().map(this::place).distinct().count() > 1) {
            throw new ModelRefusedException(
                    ("'%s' is computed from several parts, mirror images or sizes of the picture,"
                                    + " so that its cells have no place on it; choose another method")
                            .formatted(features));
        }
        return inputs.get(0);
    }

    /** The size of the maps that explaining gives, -1 where it depends on the picture's. */
    ExplanationInfo.MapSize mapSize(List<ExplanationInfo.Layer> layers) {
        if (isFree) {
            ExplanationInfo.Layer first = layers.get(0);
            return layers.size() == 1
                    ? new ExplanationInfo.MapSize(first.height(), first.width())
                    : new ExplanationInfo.MapSize(-1, -1);
        }
        MapGrid grid =
                MapGrid.of(layers.stream().map(ExplanationInfo.Layer::placement).toList());
        return new ExplanationInfo.MapSize(grid.down().cells(), grid.across().cells());
    }

    /** What places are told from at other sizes, if the model takes any. */
    void write(Path directory) throws IOException {
        if (isFree) {
            Files.write(directory.resolve(Placements.FILE), preprocessing.toByteArray());
        }
    }

    private List<Integer> size(List<Integer> instead) {
        List<Integer> size = new ArrayList<>();
        int next = 0;
        for (int axis = 1; axis <= 3; axis++) {
            size.add(input[axis] < 0 ? instead.get(next++) : Math.toIntExact(input[axis]));
        }
        return size;
    }

    private int channelAxis(TensorRef layer) {
        return network.layout(layer).channel();
    }

    private static GraphDef preprocessing(GraphDef graph, Network network) {
        Set<String> needed = new HashSet<>(Set.of(network.image().node()));
        for (Node node : network.nodes()) {
            if (network.dependsOnImage(node) && network.isBeforeLayers(node)) {
                needed.addAll(network.before(node.output()));
            }
        }
        GraphDef.Builder kept = graph.toBuilder().clearNode();
        for (NodeDef node : graph.getNodeList()) {
            if (needed.contains(node.getName())) {
                kept.addNode(node);
            }
        }
        return kept.build();
    }
}
