/** Methods that read the gradient of the explained scores and carry nothing through the network by rules of their own. */
@NullMarked
package io.hedgerow.compiler.gradient;

import org.jspecify.annotations.NullMarked;
