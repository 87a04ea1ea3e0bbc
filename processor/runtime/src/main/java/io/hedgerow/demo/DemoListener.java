package io.hedgerow.demo;

import io.hedgerow.Explanation;
import io.hedgerow.demo.surface.SurfaceSample;
import java.io.IOException;

/** Hears how a demo goes, on the thread that runs it. */
public interface DemoListener {
    /** A new step begins. */
    void step(String text);

    /**
     * An explanation came out of the topic.
     *
     * @throws IOException to stop the demo
     */
    void explained(Explanation explanation, SurfaceSample part) throws IOException;

    /**
     * Some time has passed.
     *
     * @param outcomes events with an explanation or a dead letter so far
     * @param events in all
     */
    void progress(long outcomes, long events);
}
