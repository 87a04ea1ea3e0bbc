package io.hedgerow.dashboard.view;

import io.hedgerow.ExplainedModel;
import io.hedgerow.Method;

/**
 * What a reference is of.
 *
 * @param classIndex -1 for all classes together, -2 for all beyond those that are monitored one by one
 */
public record ReferenceTarget(ExplainedModel model, Method method, int classIndex, String label) {}
