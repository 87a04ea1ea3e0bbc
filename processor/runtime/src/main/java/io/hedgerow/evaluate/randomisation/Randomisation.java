package io.hedgerow.evaluate.randomisation;

import io.hedgerow.compiler.runtime.TensorSpec;
import io.hedgerow.evaluate.methods.Explained;
import io.hedgerow.evaluate.metrics.Relevance;
import io.hedgerow.evaluate.perturbation.Subject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares the maps of a few pictures with those of models that forgot. For one thread. */
public final class Randomisation {
    /** Pictures that are compared. */
    public static final int PICTURES = 10;
    /** Models that have forgotten as much, each in another way. */
    public static final int DRAWS = 3;

    private final RandomisedModels models;

    public Randomisation(RandomisedModels models) {
        this.models = models;
    }

    /**
     * Explains pictures by each of the models.
     *
     * @param maps of the model as it is, by method, of each of the pictures
     * @return by method, for each picture and each of its classes; without what is not finite or not known at every stage
     */
    public Map<String, Changes> of(List<Subject> subjects, Map<String, List<Explained>> maps) {
        List<Double> shares = models.shares();
        Map<String, Changes> changes = new LinkedHashMap<>();
        maps.forEach((method, explained) -> changes.put(method, new Changes(shares, subjects, explained)));
        for (int stage = 0; stage < shares.size(); stage++) {
            for (int draw = 0; draw < DRAWS; draw++) {
                Map<String, List<Explained>> forgetful = models.explain(stage, draw, subjects);
                for (Map.Entry<String, List<Explained>> one : forgetful.entrySet()) {
                    Changes ofMethod = changes.get(one.getKey());
                    if (ofMethod != null) {
                        ofMethod.add(stage, one.getValue());
                    }
                }
            }
        }
        return changes;
    }

    /** How a method's maps change. */
    public static final class Changes {
        private final List<Subject> subjects;
        private final List<Map<Integer, Change>> changes = new ArrayList<>();

        Changes(List<Double> shares, List<Subject> subjects, List<Explained> own) {
            this.subjects = subjects;
            for (int i = 0; i < subjects.size(); i++) {
                Map<Integer, Change> ofClasses = new LinkedHashMap<>();
                for (int k = 0; k < subjects.get(i).classes().length; k++) {
                    Relevance map = map(subjects.get(i), own.get(i), k);
                    if (map.isFinite()) {
                        ofClasses.put(k, new Change(shares, map));
                    }
                }
                changes.add(ofClasses);
            }
        }

        private void add(int stage, List<Explained> forgetful) {
            for (int i = 0; i < subjects.size(); i++) {
                for (Map.Entry<Integer, Change> one : changes.get(i).entrySet()) {
                    Relevance map = map(subjects.get(i), forgetful.get(i), one.getKey());
                    if (map.isFinite()) {
                        one.getValue().add(stage, map);
                    }
                }
            }
        }

        private static Relevance map(Subject subject, Explained explained, int k) {
            TensorSpec spec = subject.tensor().spec();
            return Relevance.of(explained.maps().get(k), spec.height(), spec.width());
        }

        /** Of the i-th picture's k-th class; empty if some stage lacks a map. */
        public Optional<Change> of(int i, int k) {
            Change change = changes.get(i).get(k);
            return Optional.ofNullable(change).filter(Change::isWhole);
        }
    }
}
