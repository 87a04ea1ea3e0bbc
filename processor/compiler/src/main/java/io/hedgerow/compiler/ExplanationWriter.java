package io.hedgerow.compiler;

import io.hedgerow.compiler.api.ImageParameter;
import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.compiler.api.Signatures;
import io.hedgerow.compiler.method.ExplanationGraph;
import io.hedgerow.compiler.method.NodeNames;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;

/** Writes an explanation SavedModel: one graph, its weights as constants, nothing to initialise or restore. */
final class ExplanationWriter {
    private static final long LARGEST = Integer.MAX_VALUE - (1L << 20);

    private final GraphDef graph;
    private final String images;
    private final DataType imageType;
    private final long[] imageShape;
    private final List<ExplanationGraph.Explanation> explanations;

    /** @param explanations at least one */
    ExplanationWriter(
            GraphDef graph,
            String images,
            DataType imageType,
            long[] imageShape,
            List<ExplanationGraph.Explanation> explanations) {
        this.graph = graph;
        this.images = images;
        this.imageType = imageType;
        this.imageShape = imageShape;
        this.explanations = explanations;
    }

    /**
     * Writes the model.
     *
     * @param directory exists
     * @return the number of bytes written
     */
    long write(Path directory) throws IOException {
        MetaGraphDef.Builder meta = MetaGraphDef.newBuilder()
                .setMetaInfoDef(MetaGraphDef.MetaInfoDef.newBuilder().addTags("serve"))
                .setGraphDef(graph)
                .putSignatureDef(Signatures.EXPLAIN, explain(explanations))
                .putSignatureDef(Signatures.PREDICT, predict());
        explanations.forEach(
                one -> meta.putSignatureDef(Signatures.explain(one.method().name()), explain(List.of(one))));
        SavedModel model = SavedModel.newBuilder()
                .setSavedModelSchemaVersion(1)
                .addMetaGraphs(meta)
                .build();
        if (graph.getSerializedSize() < 0 || graph.getSerializedSize() > LARGEST) {
            throw new ModelRefusedException(
                    "the model's weights are too large: an explanation SavedModel holds at most 2 GB of constants");
        }
        Files.createDirectories(directory.resolve("variables"));
        try (OutputStream out = Files.newOutputStream(directory.resolve("saved_model.pb"))) {
            model.writeTo(out);
        }
        return model.getSerializedSize();
    }

    private SignatureDef explain(List<ExplanationGraph.Explanation> of) {
        SignatureDef.Builder explain = predict().toBuilder();
        for (ExplanationGraph.Explanation one : of) {
            one.maps()
                    .keySet()
                    .forEach(node -> explain.putOutputs(mapKey(node), tensor(node, DataType.DT_FLOAT, -1, -1, -1, -1)));
            one.method().imageParameters().stream()
                    .map(ImageParameter::name)
                    .forEach(name -> explain.putInputs(
                            Signatures.imageParameter(name),
                            tensor(NodeNames.imageParameter(name), DataType.DT_FLOAT, -1)));
        }
        return explain.putInputs("classes", tensor(NodeNames.CLASSES, DataType.DT_INT32, -1, -1))
                .putOutputs("classes", tensor(NodeNames.RESOLVED_CLASSES, DataType.DT_INT32, -1, -1))
                .build();
    }

    /** What the signature calls the maps of a node. */
    static String mapKey(String node) {
        return node.replaceFirst("^hedgerow_", "");
    }

    private SignatureDef predict() {
        return SignatureDef.newBuilder()
                .setMethodName("tensorflow/serving/predict")
                .putInputs("images", tensor(images, imageType, imageShape))
                .putOutputs("scores", tensor(NodeNames.SCORES, DataType.DT_FLOAT, -1, -1))
                .putOutputs("predictions", tensor(NodeNames.PREDICTIONS, DataType.DT_FLOAT, -1, -1))
                .build();
    }

    private static TensorInfo tensor(String name, DataType type, long... shape) {
        TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
        for (long size : shape) {
            dimensions.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
        }
        return TensorInfo.newBuilder()
                .setName(name + ":0")
                .setDtype(type)
                .setTensorShape(dimensions)
                .build();
    }
}
