package io.hedgerow.compiler.lowering;

import static io.hedgerow.compiler.graph.NodeDefs.attribute;
import static io.hedgerow.compiler.graph.NodeDefs.node;

import com.google.protobuf.ByteString;
import io.hedgerow.compiler.graph.NodeDefs;
import io.hedgerow.compiler.graph.TensorProtos;
import io.hedgerow.compiler.graph.TensorRef;
import io.hedgerow.digest.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;

/**
 * Large constants as files that TensorFlow maps into memory. In a graph each is held many times: by the file, by its parsed form,
 * by the session's graph and the optimised one of each signature, and as a tensor of each. A file is held once, for all processes.
 *
 * <p>Only what matrix multiplications alone read: other operations may write their result in place of an input that nobody else
 * reads, and writing to such a file takes the process down.
 */
final class MappedConstants {
    // RATIONALE: Why are some weights mapped from files, and others folded?
    private static final Logger LOG = LoggerFactory.getLogger(MappedConstants.class);

    private final Path folder;
    private final int fewest;

    /**
     * @param folder keeps the files, for as long as the model is used
     * @param fewest bytes that a constant has to have
     */
    MappedConstants(Path folder, int fewest) {
        this.folder = folder.toAbsolutePath();
        this.fewest = fewest;
    }

    /** The graph with its large constants in files; as it is if they can't be written. */
    GraphDef in(GraphDef graph) {
        Set<String> readOtherwise = graph.getNodeList().stream()
                .filter(node -> !node.getOp().equals("MatMul"))
                .flatMap(NodeDefs::read)
                .map(TensorRef::node)
                .collect(Collectors.toSet());
        GraphDef.Builder mapped = graph.toBuilder().clearNode();
        try {
            for (NodeDef node : graph.getNodeList()) {
                mapped.addNode(isLarge(node) && !readOtherwise.contains(node.getName()) ? mapped(node) : node);
            }
        } catch (IOException e) {
            LOG.info("{} can't be written ({}): weights take more memory", folder, e.toString());
            return graph;
        }
        return mapped.build();
    }

    private boolean isLarge(NodeDef node) {
        TensorProto tensor = NodeDefs.value(node);
        return NodeDefs.isConstant(node)
                && node.getInputCount() == 0
                && tensor.getDtype() == DataType.DT_FLOAT
                && tensor.getTensorContent().size() >= fewest;
    }

    private NodeDef mapped(NodeDef constant) throws IOException {
        TensorProto tensor = NodeDefs.value(constant);
        return node(constant.getName(), "ImmutableConst")
                .putAttr(NodeDefs.DTYPE, attribute(tensor.getDtype()))
                .putAttr("shape", attribute(TensorProtos.shape(tensor)))
                .putAttr(
                        "memory_region_name",
                        attribute(file(tensor.getTensorContent()).toString()))
                .build();
    }

    /** Named after its contents: whoever finds it there need not write it again. */
    private Path file(ByteString content) throws IOException {
        Sha256 sha256 = new Sha256();
        content.writeTo(sha256.stream());
        String hex = sha256.hex();
        Path file = folder.resolve("weights-" + hex + ".bin");
        if (Files.isRegularFile(file)) {
            Sha256 present = new Sha256();
            Files.copy(file, present.stream());
            if (present.hex().equals(hex)) {
                return file;
            }
        }
        Path fresh = Files.createTempFile(folder, "weights-", ".new");
        try {
            try (OutputStream out = Files.newOutputStream(fresh)) {
                content.writeTo(out);
            }
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
        return file;
    }
}
