package io.hedgerow.demo.surface;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoBatchifyTranslator;
import ai.djl.translate.TranslateException;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorContext;
import io.hedgerow.Prediction;
import io.hedgerow.compiler.runtime.ElementType;
import io.hedgerow.compiler.runtime.ImageTensor;
import io.hedgerow.compiler.runtime.TensorSpec;
import io.hedgerow.engine.TensorFlowRuntime;
import io.hedgerow.image.ImageDecoder;
import io.hedgerow.image.pixels.BadImageException;
import io.hedgerow.preprocess.ModelYaml;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A bundled model at work, as it would be on the line: it classifies pictures and explains nothing. Not thread-safe.
 */
public final class SurfaceClassifier implements AutoCloseable {
    private static final TensorSpec INPUT =
            new TensorSpec(SurfaceGenerator.SIZE, SurfaceGenerator.SIZE, 3, ElementType.FLOAT32);

    private final Model model;
    private final Predictor<byte[], List<Prediction>> predictor;

    private SurfaceClassifier(Model model, Translator<byte[], List<Prediction>> translator) {
        this.model = model;
        this.predictor = model.newPredictor(translator);
    }

    /**
     * Starts TensorFlow, if need be, and loads a model.
     *
     * @param folder a bundled model, unpacked
     * @throws IOException if it can't be read
     */
    public static SurfaceClassifier load(Path folder) throws IOException {
        TensorFlowRuntime.start();
        ModelYaml description = ModelYaml.of(folder);
        Model model = Model.newInstance(description.name(), "TensorFlow");
        try {
            model.load(folder);
            return new SurfaceClassifier(model, new Translation(description));
        } catch (MalformedModelException e) {
            model.close();
            throw new IOException(folder + " holds no model that TensorFlow can load: " + e.getMessage(), e);
        }
    }

    /**
     * Classifies a picture.
     *
     * @param file bytes of a picture's file
     * @return the classes with their probabilities, best first
     * @throws IllegalArgumentException if the file is no picture
     */
    public List<Prediction> classify(byte[] file) {
        try {
            return predictor.predict(file);
        } catch (TranslateException e) {
            throw new IllegalArgumentException(
                    "can't classify a picture of " + file.length + " bytes: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        predictor.close();
        model.close();
    }

    /** From a picture's file to the model's input, and from its output to predictions. */
    private static final class Translation implements NoBatchifyTranslator<byte[], List<Prediction>> {
        private final ModelYaml description;
        private final ImageDecoder decoder = new ImageDecoder();

        Translation(ModelYaml description) {
            this.description = description;
        }

        @Override
        public NDList processInput(TranslatorContext context, byte[] file) throws BadImageException {
            ImageTensor image = description.input().apply(decoder.decode(file), INPUT);
            Shape shape = new Shape(1, INPUT.height(), INPUT.width(), INPUT.channels());
            return new NDList(context.getNDManager().create(image.data(), shape, DataType.FLOAT32));
        }

        @Override
        public List<Prediction> processOutput(TranslatorContext context, NDList list) {
            float[] scores = list.singletonOrThrow().toFloatArray();
            List<Prediction> predictions = new ArrayList<>();
            for (int i = 0; i < scores.length; i++) {
                predictions.add(new Prediction(i, description.labels().get(i), scores[i]));
            }
            predictions.sort(Comparator.comparing(Prediction::getScore).reversed());
            return predictions;
        }
    }
}
