/** Records as they are written: explanations within their topic's limit, audit entries, and how large a record is. */
@NullMarked
package io.hedgerow.record;

import org.jspecify.annotations.NullMarked;
