/** The self-check: what was compiled is run once, on random images, before it is given out. */
@NullMarked
package io.hedgerow.compiler.check;

import org.jspecify.annotations.NullMarked;
