/** A log where it is kept: its state, its entries and checkpoints in topics, and the signer that seals it. */
@NullMarked
package io.hedgerow.audit.log;

import org.jspecify.annotations.NullMarked;
