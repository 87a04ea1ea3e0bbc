package io.hedgerow.compiler.runtime;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoBatchifyTranslator;
import ai.djl.translate.TranslatorContext;
import io.hedgerow.compiler.api.Placement;
import io.hedgerow.compiler.api.Signatures;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Between requests and the tensors of an explanation SavedModel. Belongs to one predictor: it keeps the buffer that
 * batches are gathered in.
 */
final class AttributionTranslator implements NoBatchifyTranslator<List<AttributionRequest>, List<Attribution>> {
    /** Outputs of the signature, in the order of its keys: classes, maps of each layer, predictions, scores. */
    private static final int FIRST_MAPS = 1;

    private final TensorSpec spec;
    private final PlacedMaps placed;
    private final int layers;
    private ByteBuffer images = ByteBuffer.allocateDirect(0);

    /**
     * @param placements where the maps of each layer lie
     */
    AttributionTranslator(TensorSpec spec, List<Placement> placements) {
        this.spec = spec;
        this.placed = new PlacedMaps(placements);
        this.layers = placements.size();
    }

    @Override
    public NDList processInput(TranslatorContext context, List<AttributionRequest> requests) {
        NDManager manager = context.getNDManager();
        int batch = requests.size();
        int most = requests.stream().mapToInt(r -> r.classes().length).max().orElseThrow();
        int[] classes = new int[batch * most];
        Arrays.fill(classes, Signatures.NONE);
        float[] ratios = new float[batch];
        clear(batch);
        for (int i = 0; i < batch; i++) {
            AttributionRequest request = requests.get(i);
            if (!request.image().spec().equals(spec)) {
                throw new IllegalArgumentException("the model takes %s, got %s"
                        .formatted(spec, request.image().spec()));
            }
            images.put(request.image().data().duplicate());
            System.arraycopy(request.classes(), 0, classes, i * most, request.classes().length);
            ratios[i] = request.ratio();
        }
        int[] size = spec.shape();
        Shape shape = new Shape(batch, size[0], size[1], size[2]);
        DataType type = spec.type() == ElementType.UINT8 ? DataType.UINT8 : DataType.FLOAT32;
        // in the order of the signature's keys
        return new NDList(
                manager.create(classes, new Shape(batch, most)),
                manager.create(images.flip(), shape, type),
                manager.create(ratios));
    }

    @Override
    public List<Attribution> processOutput(TranslatorContext context, NDList outputs) {
        int[] classes = outputs.get(0).toIntArray();
        List<float[]> maps = new ArrayList<>(layers);
        int[] heights = new int[layers];
        int[] widths = new int[layers];
        for (int layer = 0; layer < layers; layer++) {
            NDArray output = outputs.get(FIRST_MAPS + layer);
            maps.add(output.toFloatArray());
            heights[layer] = Math.toIntExact(output.getShape().get(2));
            widths[layer] = Math.toIntExact(output.getShape().get(3));
        }
        float[] predictions = outputs.get(FIRST_MAPS + layers).toFloatArray();
        float[] scores = outputs.get(FIRST_MAPS + layers + 1).toFloatArray();
        int batch = Math.toIntExact(outputs.get(FIRST_MAPS).getShape().get(0));
        int most = Math.toIntExact(outputs.get(FIRST_MAPS).getShape().get(1));
        List<Attribution> attributions = new ArrayList<>(batch);
        for (int i = 0; i < batch; i++) {
            int count = most;
            while (count > 0 && classes[i * most + count - 1] == Signatures.NONE) {
                count--;
            }
            float[][] own = new float[count][];
            for (int k = 0; k < count; k++) {
                own[k] = placed.place(maps, i * most + k, heights, widths);
            }
            attributions.add(new Attribution(
                    row(scores, i, scores.length / batch),
                    row(predictions, i, predictions.length / batch),
                    Arrays.copyOfRange(classes, i * most, i * most + count),
                    own,
                    placed.height(),
                    placed.width(),
                    placed.toTensor()));
        }
        return attributions;
    }

    private void clear(int batch) {
        int bytes = Math.multiplyExact(batch, spec.bytes());
        if (images.capacity() < bytes) {
            images = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
        }
        images.clear().limit(bytes);
    }

    private static float[] row(float[] values, int index, int length) {
        return Arrays.copyOfRange(values, index * length, (index + 1) * length);
    }
}
