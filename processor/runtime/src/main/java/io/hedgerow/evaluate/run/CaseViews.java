package io.hedgerow.evaluate.run;

import io.hedgerow.attribution.SignedMap;
import io.hedgerow.compiler.runtime.Outputs;
import io.hedgerow.evaluate.data.BadDataException;
import io.hedgerow.evaluate.data.Mask;
import io.hedgerow.evaluate.data.Sample;
import io.hedgerow.evaluate.methods.Method;
import io.hedgerow.evaluate.perturbation.Forwards;
import io.hedgerow.evaluate.perturbation.Subject;
import io.hedgerow.image.pixels.DecodedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the maps of single trials again, to be looked at. */
public final class CaseViews {
    private final Planner planner;
    private final Pictures pictures;
    private final Forwards forwards;
    private final List<Method> methods;

    CaseViews(Planner planner, Pictures pictures, Forwards forwards, List<Method> methods) {
        this.planner = planner;
        this.pictures = pictures;
        this.forwards = forwards;
        this.methods = methods;
    }

    /**
     * What a trial looks like.
     *
     * @param mask where the class is; null if nothing says
     * @param maps on the picture, by method
     */
    public record View(DecodedImage image, @Nullable Mask mask, Map<String, SignedMap> maps) {}

    /** A trial of a picture, by the model's class; empty if it can't be made again. */
    public Optional<View> of(Sample sample, int index) {
        try {
            Picture picture = pictures.of(sample);
            DecodedImage image = pictures.upright(sample.picture());
            Outputs outputs = forwards.predict(List.of(picture.tensor())).get(0);
            for (Trial trial : planner.plan(picture, outputs, new ArrayList<>())) {
                if (trial.index() == index) {
                    Trial.Place place = trial.place();
                    return Optional.of(new View(
                            image, place == null ? null : place.mask(), maps(picture, outputs, index, sample.name())));
                }
            }
        } catch (BadDataException e) {
            // what was readable before no longer is: there is nothing to see
        }
        return Optional.empty();
    }

    private Map<String, SignedMap> maps(Picture picture, Outputs outputs, int index, String name) {
        Subject subject = new Subject(name, picture.tensor(), outputs, new int[] {index}, name.hashCode());
        Map<String, SignedMap> maps = new LinkedHashMap<>();
        for (Method method : methods) {
            if (!method.isControl()) {
                SignedMap map = method.explain(List.of(subject)).get(0).maps().get(0);
                float[] values = new float[map.size()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = Float.isFinite(map.get(i)) ? map.get(i) : 0;
                }
                SignedMap onPicture = new SignedMap(
                        values,
                        map.height(),
                        map.width(),
                        map.toImage().andThen(picture.tensor().toImage()));
                maps.put(method.key(), picture.tensor().turn().apply(onPicture));
            }
        }
        return maps;
    }
}
