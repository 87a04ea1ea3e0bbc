package io.hedgerow.planted;

import io.hedgerow.attribution.Box;
import io.hedgerow.attribution.MapTransform;
import io.hedgerow.engine.TensorFlowRuntime;
import io.hedgerow.preprocess.ModelYaml;
import io.hedgerow.preprocess.Preprocessing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A design's classifier with a picture whose patches decide its class. Places are tried with the classifier itself: a patch
 * lies where it raises the target's logit, and without the patches the class is another.
 */
final class Planting {
    /** Of a patch, in cells of the first feature map. */
    private static final int SIDE = 8;
    /** Around it, what its evidence may spread over by convolutions and pooling. */
    private static final int MARGIN = 5;

    private static final int PLACES = 24;
    private static final double LEAST_EFFECT = 1e-4;
    /** What all patches together add to the target's logit, and what it is with them. */
    private static final double RISE = 3;

    private static final double WITH_PATCHES = 1.5;

    private final Design design;
    private final Preprocessing preprocessing;
    private final Random random;
    private Scene scene;
    private double cellX;
    private double cellY;

    /**
     * Plants patches, and writes the model with its model.yaml.
     *
     * @param folder where to
     * @throws UnusableException if no patches are found that decide
     */
    Planting(Design design, Path folder) throws IOException, UnusableException {
        this.design = design;
        this.random = new Random(~design.recipe().seed());
        TensorFlowRuntime.start();
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(ModelYaml.FILE), settings());
        preprocessing = ModelYaml.of(folder).input();
        scene = Scene.of(
                random, side(design.input().width()), side(design.input().height()));
        double[] gains = new double[design.colours().size()];
        Arrays.fill(gains, 1);
        double[] biases = new double[gains.length];
        try (Classifier raw = new Classifier(design, gains, biases)) {
            measureCells(raw);
            for (int member = 0; member < gains.length; member++) {
                plant(raw, member);
            }
            float[][] evidence = raw.evidence(withoutEach());
            for (int member = 0; member < gains.length; member++) {
                int group = raw.group(member);
                double effect = evidence[0][group] - evidence[member + 1][group];
                gains[member] = RISE * raw.groups() / gains.length / effect;
            }
        }
        try (Classifier strong = new Classifier(design, gains, biases)) {
            float[] evidence = strong.evidence(List.of(tensor(scene)))[0];
            for (int group = 0; group < evidence.length; group++) {
                biases[group] = WITH_PATCHES - evidence[group];
            }
        }
        try (Classifier classifier = new Classifier(design, gains, biases)) {
            requireDecided(classifier);
            classifier.write(folder);
        }
    }

    Scene scene() {
        return scene;
    }

    /** Around each patch, where its evidence may lie: in pixels of the picture. */
    List<Box> boxes() {
        return scene.patches().stream().map(patch -> around(patch.box())).toList();
    }

    private Box around(Box patch) {
        int x = (int) Math.ceil(MARGIN * cellX);
        int y = (int) Math.ceil(MARGIN * cellY);
        return new Box(patch.x() - x, patch.y() - y, patch.width() + 2 * x, patch.height() + 2 * y);
    }

    private String settings() {
        String resize = design.recipe().framing() == Recipe.Framing.CENTER_CROPPED ? "center-crop" : "stretch";
        String settings = "input:\n  resize: " + resize + "\n";
        return design.recipe().input() == Recipe.Input.ANY_SIZE
                ? settings
                        + "  size: [%d, %d]\n"
                                .formatted(
                                        design.input().height(), design.input().width())
                : settings;
    }

    private int side(int ofModel) {
        return design.recipe().framing() == Recipe.Framing.AS_IT_IS
                ? ofModel
                : (int) (ofModel * (1.1 + random.nextDouble()));
    }

    private void measureCells(Classifier classifier) {
        MapTransform toPicture =
                preprocessing.apply(scene.image(), design.input()).toImage();
        cellX = toPicture.scaleX() / classifier.enlargement();
        cellY = toPicture.scaleY() / classifier.enlargement();
    }

    /** Plants a patch at one of the places where it counts at least half of what it counts at the best. */
    private void plant(Classifier classifier, int member) throws UnusableException {
        List<Scene.Patch> places = places(design.colours().get(member));
        List<ByteBuffer> tensors = new ArrayList<>(List.of(tensor(scene)));
        places.forEach(place -> tensors.add(tensor(scene.with(place))));
        float[][] evidence = classifier.evidence(tensors);
        int group = classifier.group(member);
        double most = LEAST_EFFECT;
        for (float[] row : evidence) {
            most = Math.max(most, row[group] - evidence[0][group]);
        }
        for (int i = 0; i < places.size(); i++) {
            if (evidence[i + 1][group] - evidence[0][group] >= most / 2) {
                scene = scene.with(places.get(i));
                return;
            }
        }
        throw new UnusableException("no place is seen");
    }

    /** Places away from what has been planted. */
    private List<Scene.Patch> places(Colour colour) throws UnusableException {
        int width = (int) Math.ceil(SIDE * cellX);
        int height = (int) Math.ceil(SIDE * cellY);
        List<Scene.Patch> places = new ArrayList<>();
        for (int i = 0; i < PLACES; i++) {
            Box box = new Box(
                    random.nextInt(Math.max(1, scene.width - width)),
                    random.nextInt(Math.max(1, scene.height - height)),
                    width,
                    height);
            if (boxes().stream().noneMatch(other -> meet(other, box))) {
                places.add(new Scene.Patch(colour, box));
            }
        }
        if (places.isEmpty()) {
            throw new UnusableException("there is no room for a patch");
        }
        return places;
    }

    private static boolean meet(Box a, Box b) {
        return a.x() < b.x() + b.width()
                && b.x() < a.x() + a.width()
                && a.y() < b.y() + b.height()
                && b.y() < a.y() + a.height();
    }

    private ByteBuffer tensor(Scene of) {
        return preprocessing.apply(of.image(), design.input()).data();
    }

    /** The picture, then the picture without each of its patches. */
    private List<ByteBuffer> withoutEach() {
        List<ByteBuffer> tensors = new ArrayList<>(List.of(tensor(scene)));
        scene.patches().forEach(patch -> tensors.add(tensor(scene.without(List.of(patch)))));
        return tensors;
    }

    /** The target is the class with all patches and not without them, and each patch raises what the model says of it. */
    private void requireDecided(Classifier classifier) throws UnusableException {
        List<ByteBuffer> tensors = withoutEach();
        tensors.add(tensor(scene.without(scene.patches())));
        float[][] outputs = classifier.outputs(tensors);
        for (int i = 1; i < outputs.length; i++) {
            if (!(outputs[i][design.target()] < outputs[0][design.target()])) {
                throw new UnusableException("a patch does not speak for its class");
            }
        }
        if (!isTarget(outputs[0]) || isTarget(outputs[outputs.length - 1])) {
            throw new UnusableException("the patches do not decide the class");
        }
    }

    private boolean isTarget(float[] outputs) {
        if (outputs.length == 1) {
            return outputs[0] > 0.5;
        }
        int top = 0;
        for (int i = 1; i < outputs.length; i++) {
            top = outputs[i] > outputs[top] ? i : top;
        }
        return top == design.target();
    }

    /** A design of which no patches decide. */
    static final class UnusableException extends Exception {
        UnusableException(String reason) {
            super(reason);
        }
    }
}
