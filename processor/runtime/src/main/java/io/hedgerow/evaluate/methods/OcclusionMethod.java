package io.hedgerow.evaluate.methods;

import io.hedgerow.attribution.MapTransform;
import io.hedgerow.attribution.SignedMap;
import io.hedgerow.compiler.runtime.TensorSpec;
import io.hedgerow.evaluate.metrics.Cells;
import io.hedgerow.evaluate.metrics.Order;
import io.hedgerow.evaluate.perturbation.Cover;
import io.hedgerow.evaluate.perturbation.Covered;
import io.hedgerow.evaluate.perturbation.Forwards;
import io.hedgerow.evaluate.perturbation.Subject;
import io.hedgerow.evaluate.perturbation.Ticket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What covering each of 14 × 14 cells with the mean colour takes from the score before softmax or sigmoid. */
public final class OcclusionMethod implements Method {
    private static final int SIDE = 14;

    private final Forwards forwards;

    public OcclusionMethod(Forwards forwards) {
        this.forwards = forwards;
    }

    @Override
    public String key() {
        return "occlusion";
    }

    @Override
    public String version() {
        return "1";
    }

    @Override
    public Map<String, Object> parameters() {
        return Map.of("cells", SIDE, "cover", "mean");
    }

    @Override
    public boolean needsOutputs() {
        return true;
    }

    @Override
    public List<Explained> explain(List<Subject> subjects) {
        List<List<Ticket>> tickets = new ArrayList<>();
        for (Subject subject : subjects) {
            Cells cells = cells(subject);
            int[] inOrder = new int[cells.count()];
            for (int cell = 0; cell < inOrder.length; cell++) {
                inOrder[cell] = cell;
            }
            Covered.Sequence sequence = new Covered.Sequence(cells, Order.of(new float[cells.count()], inOrder));
            List<Ticket> ofSubject = new ArrayList<>();
            for (int cell = 0; cell < cells.count(); cell++) {
                ofSubject.add(forwards.ask(subject, Covered.of(Cover.MEAN, sequence, cell, cell + 1)));
            }
            tickets.add(ofSubject);
        }
        forwards.run();
        List<Explained> explained = new ArrayList<>();
        for (int i = 0; i < subjects.size(); i++) {
            explained.add(new Explained(maps(subjects.get(i), tickets.get(i)), null));
        }
        return explained;
    }

    private static Cells cells(Subject subject) {
        TensorSpec spec = subject.tensor().spec();
        return Cells.square(SIDE, spec.height(), spec.width());
    }

    private static List<SignedMap> maps(Subject subject, List<Ticket> tickets) {
        Cells cells = cells(subject);
        MapTransform toTensor = MapTransform.stretch(cells.columns(), cells.rows(), cells.width(), cells.height());
        List<SignedMap> maps = new ArrayList<>();
        for (int k = 0; k < subject.classes().length; k++) {
            float[] values = new float[cells.count()];
            for (int cell = 0; cell < values.length; cell++) {
                values[cell] = (float) (subject.outputs().scores()[subject.classes()[k]]
                        - tickets.get(cell).score(k));
            }
            maps.add(new SignedMap(values, cells.rows(), cells.columns(), toTensor));
        }
        return maps;
    }
}
