/**
 * Runs monitoring as a Streams application of its own beside the one that explains, which it can't slow or corrupt: it reads what
 * that has written, makes a small record of each event, brings all of them together in one task, closes windows of event time
 * there, and writes what {@link io.hedgerow.monitor.ModelMonitor} finds.
 */
@NullMarked
package io.hedgerow.monitor.stream;

import org.jspecify.annotations.NullMarked;
