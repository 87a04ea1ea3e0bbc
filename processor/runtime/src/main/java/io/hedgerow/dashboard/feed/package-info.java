/**
 * What the page reads of topics as they grow: monitoring's compacted ones from their beginning, and a bounded sample of the
 * explanations while somebody looks. Consumers belong to no group, so that nothing of the stream waits for them.
 */
@NullMarked
package io.hedgerow.dashboard.feed;

import org.jspecify.annotations.NullMarked;
