package io.hedgerow.compiler;

import io.hedgerow.compiler.api.ExplanationInfo;
import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.compiler.api.Placement;
import io.hedgerow.compiler.geometry.InputGeometry;
import io.hedgerow.compiler.graph.TensorRef;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/** Where the maps of a compiled model lie on a picture. */
public final class Placements {
    /** What the model does before its first layers, beside models that take pictures of any size. */
    static final String FILE = "preprocessing.pb";

    private Placements() {}

    /**
     * The place of each of a method's maps, in their order; of a later feature map the place that its cells share.
     *
     * @param method of the model's
     * @param directory of the explanation SavedModel
     * @param height of the pictures
     * @param width of the pictures
     * @throws ModelRefusedException if the model takes no pictures of that size, or shows its first layers something that can't
     *     be laid over them
     * @throws IOException if what is needed can't be read
     */
    public static List<Placement> of(
            ExplanationInfo info, ExplanationInfo.Method method, Path directory, int height, int width)
            throws IOException {
        List<Placement> placements = new ArrayList<>();
        for (ExplanationInfo.Layer layer : method.layers()) {
            Placement placement = layer.placement();
            if (placement == null) {
                return atSize(info, method, directory, height, width);
            }
            placements.add(placement);
        }
        return placements;
    }

    private static List<Placement> atSize(
            ExplanationInfo info, ExplanationInfo.Method method, Path directory, int height, int width)
            throws IOException {
        GraphDef graph;
        try (InputStream file = Files.newInputStream(directory.resolve(FILE))) {
            graph = GraphDef.parseFrom(file);
        }
        ExplanationInfo.Input input = info.input();
        int channels = Math.toIntExact(Math.max(1, input.channels()));
        List<Integer> size =
                input.channelsFirst() ? List.of(channels, height, width) : List.of(height, width, channels);
        String placeholder = graph.getNodeList().stream()
                .filter(node -> node.getOp().equals("Placeholder"))
                .map(NodeDef::getName)
                .findFirst()
                .orElseThrow(() -> new IOException(directory.resolve(FILE) + " takes no pictures"));
        InputGeometry geometry = new InputGeometry(graph, placeholder, size);
        return method.layers().stream().map(layer -> place(layer, geometry)).toList();
    }

    private static Placement place(ExplanationInfo.Layer layer, InputGeometry geometry) {
        ExplanationInfo.Area over = layer.over();
        return over == null
                ? geometry.placement(TensorRef.parse(layer.tensor()), layer.channelAxis())
                : geometry.placement(TensorRef.parse(over.tensor()), over.channelAxis());
    }
}
