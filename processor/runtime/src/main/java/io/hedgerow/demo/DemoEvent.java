package io.hedgerow.demo;

import io.hedgerow.PredictionEvent;
import io.hedgerow.demo.surface.SurfaceSample;

/**
 * One part that passed the demo's camera.
 *
 * @param part the part, with what is really on it
 * @param event what the line's classifier published of it
 */
public record DemoEvent(SurfaceSample part, PredictionEvent event) {}
