/** Compiled models as a device computes them best, which changes nothing of what they compute. */
@NullMarked
package io.hedgerow.compiler.lowering;

import org.jspecify.annotations.NullMarked;
