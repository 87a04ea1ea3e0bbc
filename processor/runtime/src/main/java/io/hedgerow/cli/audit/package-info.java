/** The commands about the audit trail. */
@NullMarked
package io.hedgerow.cli.audit;

import org.jspecify.annotations.NullMarked;
