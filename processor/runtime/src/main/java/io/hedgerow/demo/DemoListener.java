package io.hedgerow.demo;

import io.hedgerow.Explanation;
import io.hedgerow.audit.note.VerifierKey;
import io.hedgerow.demo.surface.SurfaceSample;
import java.io.IOException;
import java.net.URI;

/** Hears how a demo goes, on the thread that runs it. */
public interface DemoListener {
    /**
     * Where the dashboard is shown as soon as the broker has started, until the demo ends.
     *
     * @param key that checkpoints of the demo's audit trail are signed for
     */
    void dashboard(URI address, VerifierKey key);

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

    /**
     * Every event has an outcome. The dashboard is shown until this returns.
     *
     * @throws IOException if the report can't be written
     */
    void ended(DemoReport report) throws IOException, InterruptedException;
}
