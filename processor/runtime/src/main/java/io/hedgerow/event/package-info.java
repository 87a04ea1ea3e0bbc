/** An input record read, checked and turned into a request to a device; or why it can't be explained. */
@NullMarked
package io.hedgerow.event;

import org.jspecify.annotations.NullMarked;
