/**
 * A whole audit trail: its logs, one for each partition of the input, opened and verified wherever they are kept, in the topics of
 * a cluster or in files. An auditor's program begins with {@link io.hedgerow.audit.trail.Verification}.
 */
@NullMarked
package io.hedgerow.audit.trail;

import org.jspecify.annotations.NullMarked;
