/** Proofs that an entry is in a log, and that a log only grew, as text that can be verified with nothing but hashes. */
@NullMarked
package io.hedgerow.audit.proof;

import org.jspecify.annotations.NullMarked;
