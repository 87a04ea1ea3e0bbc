/** Logs as files: JSON lines or Parquet to read, with all that it takes to verify them without a cluster. */
@NullMarked
package io.hedgerow.audit.export;

import org.jspecify.annotations.NullMarked;
