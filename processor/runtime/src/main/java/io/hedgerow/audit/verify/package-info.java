/**
 * Verification: each log against its checkpoints and against what it accounts for, and what to say of the first
 * difference.
 */
@NullMarked
package io.hedgerow.audit.verify;

import org.jspecify.annotations.NullMarked;
