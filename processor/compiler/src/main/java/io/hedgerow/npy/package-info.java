/** NumPy's {@code .npy} files (NEP 1, versions 1 and 2): arrays in and out of the command line and the tests. */
@NullMarked
package io.hedgerow.npy;

import org.jspecify.annotations.NullMarked;
