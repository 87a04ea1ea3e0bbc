package io.hedgerow.service;

import io.hedgerow.web.Health;
import io.javalin.config.RoutesConfig;
import java.util.List;

/**
 * One long-running part of the process, such as explaining. A service takes its parts through the same steps in the same order:
 * made, asked for their health and pages, prepared, started, looked at again and again, and closed in reverse. One thread does
 * all of that, except for asking how they are.
 */
public interface ServicePart extends AutoCloseable {
    /** Those that say how this part is, at any time from now on and from any thread. */
    default List<Health.Source> health() {
        return List.of();
    }

    /** Adds what this part serves over HTTP, besides health and metrics. */
    default void addTo(RoutesConfig routes) {}

    /** Makes ready what takes long. The process may end at any moment while this runs. */
    default void prepare() throws Exception {}

    /** Begins to work. From now on the process does not end before {@link #close()} has returned, within its grace. */
    void start() throws Exception;

    /**
     * Looks whether all is well, twice a second.
     *
     * @throws Exception if the process is to end for it
     */
    default void look() throws Exception {}

    /** Ends, whatever step it has come to. */
    @Override
    void close() throws Exception;
}
