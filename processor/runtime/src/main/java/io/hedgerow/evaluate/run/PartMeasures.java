package io.hedgerow.evaluate.run;

import io.hedgerow.evaluate.data.BadDataException;
import io.hedgerow.evaluate.data.Mask;
import io.hedgerow.evaluate.data.Part;
import io.hedgerow.evaluate.metrics.Metric;
import io.hedgerow.evaluate.metrics.Relevance;
import io.hedgerow.evaluate.perturbation.Forwards;
import io.hedgerow.evaluate.perturbation.Subject;
import io.hedgerow.evaluate.perturbation.Ticket;
import io.hedgerow.evaluate.statistics.Ranks;
import java.util.ArrayList;
import java.util.List;

/** What parts of a picture are truly worth, where it can be drawn again without them. */
final class PartMeasures {
    private final Picture picture;
    private final Subject subject;
    private final List<Part> parts;
    private final List<Ticket> without = new ArrayList<>();

    /** Asks for the picture without each of its parts. */
    PartMeasures(Picture picture, Subject subject, Pictures pictures, Forwards forwards) throws BadDataException {
        this.picture = picture;
        this.subject = subject;
        this.parts = picture.sample().parts();
        for (Part part : parts) {
            without.add(forwards.ask(subject, pictures.tensor(part.without())));
        }
    }

    void measure(Relevance map, int k, Measurements into) {
        if (parts.isEmpty()) {
            return;
        }
        double[] relevance = new double[parts.size()];
        double[] worth = new double[parts.size()];
        double right = 0;
        for (int i = 0; i < relevance.length; i++) {
            relevance[i] = sum(map, parts.get(i).mask());
            worth[i] = subject.outputs().scores()[subject.classes()[k]]
                    - without.get(i).score(k);
            right += Math.signum(relevance[i]) == Math.signum(worth[i]) ? 1 : 0;
        }
        into.put(Metric.PART_ORDER, parts.size() > 1 ? Ranks.correlation(relevance, worth) : Double.NaN);
        into.put(Metric.PART_SIGN, right / parts.size());
    }

    private double sum(Relevance map, Mask mask) {
        int[] toPicture = picture.toPicture();
        double sum = 0;
        for (int i = 0; i < map.size(); i++) {
            sum += toPicture[i] >= 0 && mask.get(toPicture[i]) ? map.get(i) : 0;
        }
        return sum;
    }
}
