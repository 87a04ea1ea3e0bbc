/**
 * One event at a time: its explanation, picture and audit entry, fetched again from their topics by a few threads over a bounded
 * queue, and kept in bounded caches.
 */
@NullMarked
package io.hedgerow.dashboard.events;

import org.jspecify.annotations.NullMarked;
