package io.hedgerow.compiler.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;

/** A SavedModel of a graph whose weights are constants: from the tensor {@code images} to one output. */
public final class GraphFolder {
    private GraphFolder() {}

    /**
     * Writes it.
     *
     * @param images what the graph's tensor {@code images:0} is
     * @param output the signature's key, and the name of the node that gives it
     * @param outputInfo what that is
     * @return the folder
     */
    public static Path write(Path folder, GraphDef graph, TensorInfo images, String output, TensorInfo outputInfo)
            throws IOException {
        SignatureDef signature = SignatureDef.newBuilder()
                .putInputs("images", images.toBuilder().setName("images:0").build())
                .putOutputs(
                        output, outputInfo.toBuilder().setName(output + ":0").build())
                .build();
        MetaGraphDef meta = MetaGraphDef.newBuilder()
                .setMetaInfoDef(MetaGraphDef.MetaInfoDef.newBuilder().addTags("serve"))
                .setGraphDef(graph)
                .putSignatureDef("serving_default", signature)
                .build();
        Files.createDirectories(folder);
        Files.write(
                folder.resolve("saved_model.pb"),
                SavedModel.newBuilder().addMetaGraphs(meta).build().toByteArray());
        return folder;
    }

    /** Of float32 and these dimensions, -1 where one is free. */
    public static TensorInfo floats(long... sizes) {
        return info(DataType.DT_FLOAT, sizes);
    }

    /** Of a type and these dimensions, -1 where one is free. */
    public static TensorInfo info(DataType type, long... sizes) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (long size : sizes) {
            shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
        }
        return TensorInfo.newBuilder().setDtype(type).setTensorShape(shape).build();
    }
}
