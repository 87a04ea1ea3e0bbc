package io.hedgerow.planted;

import ai.djl.translate.TranslateException;
import io.hedgerow.attribution.Box;
import io.hedgerow.attribution.MapTransform;
import io.hedgerow.attribution.SignedMap;
import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.image.pixels.DecodedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** One recipe planted, explained and judged. */
final class Trial {
    private static final String METHOD = "gradient-hedging";
    /** Shares out what there is, and balances nothing. */
    private static final String WITHOUT_HALO = "lrp-epsilon-plus-flat";

    private final Door door = new Door();
    private final Path folder;

    /**
     * @param folder works in it, and leaves nothing there
     */
    Trial(Path folder) {
        this.folder = folder;
    }

    /** What came of a recipe. */
    enum Kind {
        RIGHT,
        WRONG,
        /**
         * Most of it lies on the patches, too little for RIGHT, and all of another method's, placed in the same way: the
         * method's own halo.
         */
        SPREAD,
        REFUSED,
        /** Compiled, but not explained. */
        FAILED,
        UNUSABLE
    }

    /**
     * An outcome.
     *
     * @param reason the verdict, or why there is none
     * @param area share of the picture that the boxes cover: what of even evidence would lie inside
     * @param elsewhere whether the same map would be right for boxes at other places
     */
    record Outcome(Kind kind, String reason, double area, boolean elsewhere) {
        Outcome as(Kind other) {
            return new Outcome(other, reason, area, elsewhere);
        }
    }

    Outcome run(Recipe recipe) throws IOException {
        Path model = folder.resolve("model");
        Path compiled = folder.resolve("compiled");
        Path again = folder.resolve("again");
        try {
            Design design = Design.of(recipe);
            Planting planting = new Planting(design, model);
            DecodedImage picture = planting.scene().image();
            Outcome outcome = judge(design, planting, door.explain(model, picture, METHOD, compiled));
            if (outcome.kind() == Kind.SPREAD) {
                Outcome other = judge(design, planting, door.explain(model, picture, WITHOUT_HALO, again));
                return other.kind() == Kind.RIGHT ? outcome : outcome.as(Kind.WRONG);
            }
            return outcome;
        } catch (Planting.UnusableException e) {
            return new Outcome(Kind.UNUSABLE, e.getMessage(), 0, false);
        } catch (ModelRefusedException e) {
            return new Outcome(Kind.REFUSED, String.valueOf(e.getMessage()), 0, false);
        } catch (TranslateException | RuntimeException e) {
            return new Outcome(Kind.FAILED, String.valueOf(e.getMessage()), 0, false);
        } finally {
            delete(model);
            delete(compiled);
            delete(again);
        }
    }

    private static Outcome judge(Design design, Planting planting, Door.Explained explained) {
        Scene scene = planting.scene();
        List<Box> boxes = planting.boxes();
        Verdict verdict = Verdict.of(explained.map(), boxes);
        boolean asked = explained.index() == design.targetClass();
        List<Box> others = elsewhere(scene, boxes, new Random(design.recipe().seed()));
        Kind kind = verdict.holds() ? Kind.RIGHT : verdict.isMost() ? Kind.SPREAD : Kind.WRONG;
        return new Outcome(
                asked ? kind : Kind.WRONG,
                asked ? verdict.toString() : "class " + explained.index() + " was explained",
                Verdict.of(even(scene), boxes).inside(),
                Verdict.of(explained.map(), others).holds());
    }

    private static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static SignedMap even(Scene scene) {
        float[] ones = new float[scene.width * scene.height];
        Arrays.fill(ones, 1);
        return new SignedMap(ones, scene.height, scene.width, MapTransform.IDENTITY);
    }

    private static List<Box> elsewhere(Scene scene, List<Box> boxes, Random random) {
        return boxes.stream()
                .map(box -> new Box(
                        random.nextInt(Math.max(1, scene.width - box.width())),
                        random.nextInt(Math.max(1, scene.height - box.height())),
                        box.width(),
                        box.height()))
                .toList();
    }
}
