/**
 * Dead letters read, and replayed: back to the partition their event came from, each at most once. A transaction sends the
 * events together with marks that say so.
 */
@NullMarked
package io.hedgerow.deadletters;

import org.jspecify.annotations.NullMarked;
