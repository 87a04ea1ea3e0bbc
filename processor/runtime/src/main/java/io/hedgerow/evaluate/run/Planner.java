package io.hedgerow.evaluate.run;

import io.hedgerow.compiler.runtime.Outputs;
import io.hedgerow.evaluate.data.AnnotatedObject;
import io.hedgerow.evaluate.data.BadDataException;
import io.hedgerow.evaluate.data.ClassMap;
import io.hedgerow.evaluate.data.Mask;
import io.hedgerow.evaluate.data.Outline;
import io.hedgerow.evaluate.data.Reason;
import io.hedgerow.evaluate.metrics.Region;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Decides which classes of a picture are explained, and where they are. */
final class Planner {
    private static final float HALF = 0.5f;

    private final ClassMap classes;
    private final List<String> labels;
    private final boolean isSigmoid;
    private final Options options;

    /**
     * @param labels of the model's classes by index
     * @param isSigmoid whether each class of the model has a sigmoid of its own
     */
    Planner(ClassMap classes, List<String> labels, boolean isSigmoid, Options options) {
        this.classes = classes;
        this.labels = labels;
        this.isSigmoid = isSigmoid;
        this.options = options;
    }

    /** Whether a picture's trials can be told without asking the model. */
    boolean isPlainOf(Picture picture) {
        return options.explain() == Explain.ANNOTATED
                && picture.annotations().labels().stream()
                        .allMatch(label -> classes.indices(label).size() < 2);
    }

    /**
     * The trials of a picture; what is left out is added to a list.
     *
     * @param outputs what the model says of it; not looked at where {@link #isPlainOf} says so
     */
    List<Trial> plan(Picture picture, Outputs outputs, Collection<LeftOut> leftOut) {
        Map<Integer, Trial> trials = new LinkedHashMap<>();
        if (options.explain() != Explain.PREDICTED) {
            for (String label : new TreeSet<>(picture.annotations().labels())) {
                List<Integer> indices = classes.indices(label);
                if (indices.isEmpty()) {
                    leftOut.add(new LeftOut(picture.name(), label, Reason.CLASS_UNMAPPED, "the class " + label));
                } else {
                    add(trials, picture, label, best(indices, outputs), List.of(label), leftOut);
                }
            }
        }
        if (options.explain() != Explain.ANNOTATED) {
            for (int index : predicted(outputs)) {
                List<String> names = classes.names(index);
                add(trials, picture, names.isEmpty() ? name(index) : names.get(0), index, names, leftOut);
            }
        }
        return List.copyOf(trials.values());
    }

    private static int best(List<Integer> indices, Outputs outputs) {
        int best = indices.get(0);
        for (int index : indices.subList(1, indices.size())) {
            best = outputs.scores()[index] > outputs.scores()[best] ? index : best;
        }
        return best;
    }

    private List<Integer> predicted(Outputs outputs) {
        List<Integer> above = new ArrayList<>();
        for (int i = 0; isSigmoid && i < outputs.predictions().length; i++) {
            if (outputs.predictions()[i] >= HALF) {
                above.add(i);
            }
        }
        return above.isEmpty() ? List.of(outputs.top()) : above;
    }

    private String name(int index) {
        return index < labels.size() && !labels.get(index).isBlank() ? labels.get(index) : "class " + index;
    }

    private void add(
            Map<Integer, Trial> trials,
            Picture picture,
            String label,
            int index,
            List<String> names,
            Collection<LeftOut> leftOut) {
        List<AnnotatedObject> objects = picture.annotations().objects().stream()
                .filter(object -> object.label().equals(AnnotatedObject.ANY) || names.contains(object.label()))
                .toList();
        try {
            Trial.Place place = objects.isEmpty() ? null : place(picture, label, objects, leftOut);
            boolean isSmall = place != null && place.mask().share() < Options.DIFFICULT_AREA;
            boolean hasOthers = picture.annotations().labels().size() > 1;
            trials.putIfAbsent(index, new Trial(picture, label, index, place, isSmall && hasOthers));
        } catch (BadDataException e) {
            leftOut.add(LeftOut.of(picture.name(), label, e));
        }
    }

    private Trial.Place place(Picture picture, String label, List<AnnotatedObject> objects, Collection<LeftOut> leftOut)
            throws BadDataException {
        if (objects.stream().allMatch(AnnotatedObject::difficult)) {
            throw new BadDataException(Reason.ONLY_DIFFICULT, "all " + objects.size() + " are difficult");
        }
        Mask mask = new Mask(picture.width(), picture.height());
        BadDataException last = null;
        int painted = 0;
        for (AnnotatedObject object : objects) {
            // an outline that fails half way must leave nothing behind
            Mask own = new Mask(picture.width(), picture.height());
            try {
                object.outline().paint(own);
                mask.add(own);
                painted++;
            } catch (BadDataException e) {
                if (last != null) {
                    leftOut.add(LeftOut.of(picture.name(), label, last));
                }
                last = e;
            }
        }
        if (last != null && painted == 0) {
            throw last;
        }
        if (last != null) {
            leftOut.add(LeftOut.of(picture.name(), label, last));
        }
        if (mask.share() > options.largestRegion()) {
            throw new BadDataException(
                    Reason.REGION_LARGE, "covers %.0f %% of the picture".formatted(100 * mask.share()));
        }
        Region region = picture.region(mask, ignored(picture, label, leftOut));
        if (region.inner() == 0 || region.outer() == 0) {
            throw new BadDataException(
                    Reason.REGION_UNSEEN, "%d of %d pixels".formatted(region.inner(), region.pixels()));
        }
        return new Trial.Place(mask, region);
    }

    private static @Nullable Mask ignored(Picture picture, String label, Collection<LeftOut> leftOut) {
        Outline outline = picture.annotations().ignored();
        if (outline == null) {
            return null;
        }
        Mask ignored = new Mask(picture.width(), picture.height());
        try {
            outline.paint(ignored);
        } catch (BadDataException e) {
            leftOut.add(LeftOut.of(picture.name(), label, e));
        }
        return ignored;
    }
}
