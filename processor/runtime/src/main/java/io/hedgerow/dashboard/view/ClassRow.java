package io.hedgerow.dashboard.view;

import org.jspecify.annotations.Nullable;

/**
 * A class among the others, over its model's last minutes.
 *
 * @param model key of its model
 * @param classIndex -1 for all classes together, -2 for all beyond those that are monitored one by one
 * @param explained explanations that decided for it
 * @param share of the model's explanations, 0 to 1
 * @param evidence of drift, 0 to 1: as a part of what opens an alert
 * @param agreement share of replayed predictions that agree with the logged ones; null if there are none
 * @param alert id of the alert that is open; null if there is none
 */
public record ClassRow(
        String model,
        int classIndex,
        String label,
        long explained,
        double share,
        double evidence,
        @Nullable Double logEvidence,
        @Nullable Double logThreshold,
        @Nullable Double agreement,
        @Nullable Double meanConfidence,
        String referenceState,
        long have,
        long want,
        @Nullable String alert) {}
