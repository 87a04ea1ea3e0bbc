package io.hedgerow.evaluate.run;

import io.hedgerow.compiler.runtime.Outputs;
import java.util.Map;

/**
 * What a trial came to.
 *
 * @param outputs what the model says of the picture
 * @param methods what was measured, by method
 */
record TrialResult(Trial trial, Outputs outputs, Map<String, Measurements> methods) {}
