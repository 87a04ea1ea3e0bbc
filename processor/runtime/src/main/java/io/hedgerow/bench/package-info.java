/**
 * Measures what explaining, streaming and auditing cost, as ratios measured in one run. Nothing that runs in production is
 * here.
 */
@NullMarked
package io.hedgerow.bench;

import org.jspecify.annotations.NullMarked;
