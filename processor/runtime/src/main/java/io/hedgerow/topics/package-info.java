/** Which topics there are, how they must be, and how they are created, checked and given more partitions. */
@NullMarked
package io.hedgerow.topics;

import org.jspecify.annotations.NullMarked;
