package io.hedgerow.compiler.frontend.flat;

import com.google.protobuf.UnsafeByteOperations;
import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.compiler.graph.TensorProtos;
import io.hedgerow.compiler.graph.TensorRef;
import io.hedgerow.engine.TensorFlowDevice;
import io.hedgerow.engine.TensorFlowFailure;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operation;
import org.tensorflow.Output;
import org.tensorflow.RawTensor;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.TensorProto;

/** A checked graph inside TensorFlow: what shapes its tensors have, and the values of those that need no input. */
public final class Evaluator implements AutoCloseable {
    private static final long MAX_TOTAL_BYTES = 1L << 31;

    private final Graph graph = new Graph();
    private final FlatGraph flat;

    public Evaluator(FlatGraph flat) {
        this.flat = flat;
        try {
            TensorFlowFailure.in(() -> {
                graph.importGraphDef(flat.toProto());
                return graph;
            });
        } catch (TensorFlowFailure e) {
            graph.close();
            throw new ModelRefusedException("TensorFlow does not accept the model's graph: " + e.getMessage(), e);
        }
    }

    public Shape shape(String tensor) {
        return graph.outputOrThrow(tensor).shape();
    }

    /** Refuses what TensorFlow already knows to be too large to compute. */
    private void checkSizes(FlatGraph computed) {
        long total = 0;
        for (String node : computed.nodes().keySet()) {
            total += bytes(node);
            if (total > MAX_TOTAL_BYTES) {
                throw new ModelRefusedException(
                        "node %s: with it, what doesn't depend on the image takes more than %d bytes"
                                .formatted(node, MAX_TOTAL_BYTES));
            }
        }
    }

    private long bytes(String node) {
        long bytes = 0;
        Operation operation = graph.operationOrThrow(node);
        for (int port = 0; port < operation.numOutputs(); port++) {
            Output<?> output = operation.output(port);
            if (!output.shape().isUnknown() && !output.shape().hasUnknownDimension()) {
                bytes += ConstantLimits.bytes(output.dataType(), output.shape(), "node " + node);
            }
        }
        return bytes;
    }

    public Map<String, TensorProto> values(Collection<String> tensors) {
        if (tensors.isEmpty()) {
            return Map.of();
        }
        checkSizes(flat.upTo(tensors));
        try {
            return TensorFlowFailure.in(() -> compute(List.copyOf(tensors)));
        } catch (TensorFlowFailure e) {
            throw new ModelRefusedException("a constant part of the model can't be computed: " + e.getMessage(), e);
        }
    }

    private Map<String, TensorProto> compute(List<String> order) {
        Map<String, TensorProto> values = new LinkedHashMap<>();
        try (Session session = new Session(graph, TensorFlowDevice.CPU.session())) {
            Session.Runner runner = session.runner();
            order.stream().map(TensorRef::parse).forEach(tensor -> runner.fetch(tensor.node(), tensor.index()));
            try (Result result = runner.run()) {
                for (int i = 0; i < order.size(); i++) {
                    values.put(order.get(i), proto(result.get(i).asRawTensor(), order.get(i)));
                }
            }
        }
        return values;
    }

    private static TensorProto proto(RawTensor tensor, String name) {
        ConstantLimits.bytes(tensor.dataType(), tensor.shape(), name);
        byte[] content = new byte[Math.toIntExact(tensor.data().size())];
        tensor.data().read(content);
        return TensorProtos.tensor(tensor.dataType(), tensor.shape(), UnsafeByteOperations.unsafeWrap(content));
    }

    @Override
    public void close() {
        graph.close();
    }
}
