package io.hedgerow.compiler.lowering;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.UnsafeByteOperations;
import io.hedgerow.engine.ProcessorFeatures;
import io.hedgerow.engine.TensorFlowDevice;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;

/**
 * A copy of an explanation SavedModel for one device, which every node names: a session then computes all of it there, or
 * says that there is no such device. What was compiled knows no device and serves them all; the copy has what this one
 * computes faster otherwise.
 */
public final class StampedModel implements AutoCloseable {
    // RATIONALE: Why is a graph stamped with its device when it is loaded?
    private static final String FILE = "saved_model.pb";
    /** Bytes of constants that are mapped; smaller ones are worth being folded. */
    private static final int LARGE = 32 << 20;

    private final Path directory;

    /** Writes the copy to a temporary folder. */
    public StampedModel(Path compiled, TensorFlowDevice device) throws IOException {
        directory = Files.createTempDirectory("hedgerow-model");
        try (OutputStream out = Files.newOutputStream(directory.resolve(FILE))) {
            stamp(read(compiled.resolve(FILE)), device, new MappedConstants(compiled, LARGE))
                    .writeTo(out);
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** To load from. */
    public Path directory() {
        return directory;
    }

    /** Deletes the copy; a loaded model no longer needs it. */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(directory.resolve(FILE));
        Files.delete(directory);
    }

    private static SavedModel read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            // Weights stay in the file: they are not copied into Java's heap.
            CodedInputStream coded = UnsafeByteOperations.unsafeWrap(
                            channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()))
                    .newCodedInput();
            coded.enableAliasing(true);
            coded.setSizeLimit(Integer.MAX_VALUE);
            return SavedModel.parseFrom(coded);
        }
    }

    private static SavedModel stamp(SavedModel model, TensorFlowDevice device, MappedConstants constants) {
        SavedModel.Builder stamped = model.toBuilder();
        for (MetaGraphDef.Builder meta : stamped.getMetaGraphsBuilderList()) {
            GraphDef graph = device.type() == TensorFlowDevice.Type.CPU
                    ? constants.in(onProcessor(meta.getGraphDef()))
                    : meta.getGraphDef();
            GraphDef.Builder placed = graph.toBuilder().clearNode();
            for (NodeDef node : graph.getNodeList()) {
                placed.addNode(node.toBuilder().setDevice(device.placement()));
            }
            meta.setGraphDef(placed);
        }
        return stamped.build();
    }

    private static GraphDef onProcessor(GraphDef graph) {
        return ClassLoops.in(new ProcessorFeatures().multipliesBytes() ? ByteConvolutions.in(graph) : graph);
    }
}
