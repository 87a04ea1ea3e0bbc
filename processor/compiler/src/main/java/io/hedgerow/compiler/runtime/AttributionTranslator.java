package io.hedgerow.compiler.runtime;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoBatchifyTranslator;
import ai.djl.translate.TranslatorContext;
import io.hedgerow.compiler.api.ImageParameter;
import io.hedgerow.compiler.api.Signatures;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Between requests and the tensors of an explanation SavedModel. Belongs to one predictor: it keeps the buffer that
 * batches are gathered in.
 */
final class AttributionTranslator implements NoBatchifyTranslator<List<AttributionRequest>, List<List<Attribution>>> {
    /** Outputs of the signature, in the order of its keys: classes, maps of each method and layer, predictions, scores. */
    private static final int FIRST_MAPS = 1;

    private final TensorSpec spec;
    private final List<MethodMaps> methods;
    /** What methods take with each image, by the signature's input, in its order. */
    private final SortedMap<String, ImageParameter> parameters = new TreeMap<>();

    private ByteBuffer images = ByteBuffer.allocateDirect(0);

    /**
     * @param methods that explain, in the order of the signature
     */
    AttributionTranslator(TensorSpec spec, List<PlacedMethod> methods) {
        this.spec = spec;
        this.methods = methods.stream().map(MethodMaps::new).toList();
        methods.forEach(one -> one.method()
                .imageParameters()
                .forEach(parameter -> parameters.put(Signatures.imageParameter(parameter.name()), parameter)));
    }

    @Override
    public NDList processInput(TranslatorContext context, List<AttributionRequest> requests) {
        NDManager manager = context.getNDManager();
        int batch = requests.size();
        int most = requests.stream().mapToInt(r -> r.classes().length).max().orElseThrow();
        int[] classes = new int[batch * most];
        Arrays.fill(classes, Signatures.NONE);
        clear(batch);
        for (int i = 0; i < batch; i++) {
            AttributionRequest request = requests.get(i);
            if (!request.image().spec().equals(spec)) {
                throw new IllegalArgumentException("the model takes %s, got %s"
                        .formatted(spec, request.image().spec()));
            }
            images.put(request.image().data().duplicate());
            System.arraycopy(request.classes(), 0, classes, i * most, request.classes().length);
        }
        int[] size = spec.shape();
        Shape shape = new Shape(batch, size[0], size[1], size[2]);
        DataType type = spec.type() == ElementType.UINT8 ? DataType.UINT8 : DataType.FLOAT32;
        SortedMap<String, NDArray> inputs = new TreeMap<>();
        inputs.put("classes", manager.create(classes, new Shape(batch, most)));
        inputs.put("images", manager.create(images.flip(), shape, type));
        parameters.forEach((input, parameter) -> inputs.put(input, manager.create(values(parameter, requests))));
        // in the order of the signature's keys
        return new NDList(List.copyOf(inputs.values()));
    }

    private static float[] values(ImageParameter parameter, List<AttributionRequest> requests) {
        float[] values = new float[requests.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = requests.get(i).parameters().getOrDefault(parameter.name(), parameter.usual());
        }
        return values;
    }

    @Override
    public List<List<Attribution>> processOutput(TranslatorContext context, NDList outputs) {
        int[] classes = outputs.get(0).toIntArray();
        int batch = Math.toIntExact(outputs.get(FIRST_MAPS).getShape().get(0));
        int most = Math.toIntExact(outputs.get(FIRST_MAPS).getShape().get(1));
        int next = FIRST_MAPS;
        for (MethodMaps method : methods) {
            next = method.read(outputs, next);
        }
        float[] predictions = outputs.get(next).toFloatArray();
        float[] scores = outputs.get(next + 1).toFloatArray();
        List<List<Attribution>> attributions = new ArrayList<>(batch);
        for (int i = 0; i < batch; i++) {
            int count = most;
            while (count > 0 && classes[i * most + count - 1] == Signatures.NONE) {
                count--;
            }
            float[] own = row(scores, i, scores.length / batch);
            float[] predicted = row(predictions, i, predictions.length / batch);
            int[] explained = Arrays.copyOfRange(classes, i * most, i * most + count);
            List<Attribution> ofImage = new ArrayList<>(methods.size());
            for (MethodMaps method : methods) {
                ofImage.add(method.attribution(own, predicted, explained, i * most));
            }
            attributions.add(ofImage);
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
