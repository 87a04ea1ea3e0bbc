/** Signed notes and checkpoints (C2SP), and the Ed25519 keys that sign and verify them. */
@NullMarked
package io.hedgerow.audit.note;

import org.jspecify.annotations.NullMarked;
