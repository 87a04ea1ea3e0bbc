/**
 * Watches what a classifier looks at: profiles of windows of event time, references, detectors of change and of shortcuts.
 * Everything here works on records and numbers, so that the same events give the same alerts wherever they run; a
 * {@link io.hedgerow.monitor.ModelMonitor} is told of whole windows, in order, and keeps what it knows in a
 * {@link io.hedgerow.monitor.Memory}.
 */
@NullMarked
package io.hedgerow.monitor;

import org.jspecify.annotations.NullMarked;
