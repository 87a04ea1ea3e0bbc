/** A compiled model loaded on a device and run: images and classes in, scores and attribution maps out. */
@NullMarked
package io.hedgerow.compiler.runtime;

import org.jspecify.annotations.NullMarked;
