package io.hedgerow.compiler.runtime;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.tensorflow.engine.TfSymbolBlock;
import ai.djl.training.ParameterStore;
import ai.djl.translate.TranslateException;
import io.hedgerow.attribution.MapTransform;
import io.hedgerow.compiler.api.Signatures;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.tensorflow.exceptions.TensorFlowException;

/**
 * The forward pass alone of a model that is loaded to explain: another signature of the same session, so that weights are held once.
 * Not thread-safe. Closed with the model.
 */
final class ScoringPass {
    private final TensorSpec spec;
    private final TfSymbolBlock predict;
    private final UnaryOperator<Attribution> checked;

    /** @param checked what is done to each result */
    ScoringPass(TensorSpec spec, TfSymbolBlock explain, UnaryOperator<Attribution> checked) {
        this.spec = spec;
        this.predict = new TfSymbolBlock(explain.getSavedModelBundle(), Signatures.PREDICT);
        this.checked = checked;
    }

    /** Computes the requests without classes, and puts what the model says of them in their places. */
    void score(List<AttributionRequest> requests, Attribution[] attributions) throws TranslateException {
        int[] places = IntStream.range(0, requests.size())
                .filter(i -> requests.get(i).classes().length == 0)
                .toArray();
        if (places.length == 0) {
            return;
        }
        List<Attribution> scored;
        try {
            scored = predict(
                    IntStream.of(places).mapToObj(i -> requests.get(i).image()).toList());
        } catch (TensorFlowException e) {
            throw new TranslateException(e.getMessage(), e);
        }
        for (int i = 0; i < places.length; i++) {
            attributions[places[i]] = checked.apply(scored.get(i));
        }
    }

    private List<Attribution> predict(List<ImageTensor> images) {
        ByteBuffer gathered = ByteBuffer.allocateDirect(Math.multiplyExact(images.size(), spec.bytes()))
                .order(ByteOrder.nativeOrder());
        images.forEach(image -> gathered.put(image.data().duplicate()));
        int[] size = spec.shape();
        try (NDManager manager = NDManager.newBaseManager("TensorFlow")) {
            NDArray fed = manager.create(
                    gathered.flip(),
                    new Shape(images.size(), size[0], size[1], size[2]),
                    spec.type() == ElementType.UINT8 ? DataType.UINT8 : DataType.FLOAT32);
            // outputs in the order of the signature's keys: predictions, scores
            NDList outputs = predict.forward(new ParameterStore(manager, false), new NDList(fed), false);
            float[] predictions = outputs.get(0).toFloatArray();
            float[] scores = outputs.get(1).toFloatArray();
            int classes = scores.length / images.size();
            List<Attribution> all = new ArrayList<>(images.size());
            for (int i = 0; i < images.size(); i++) {
                all.add(new Attribution(
                        Arrays.copyOfRange(scores, i * classes, (i + 1) * classes),
                        Arrays.copyOfRange(predictions, i * classes, (i + 1) * classes),
                        new int[0],
                        new float[0][],
                        1,
                        1,
                        MapTransform.IDENTITY));
            }
            return all;
        }
    }
}
