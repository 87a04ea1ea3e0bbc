/** SHA-256, the one way in which files, models and images are told apart. */
@NullMarked
package io.hedgerow.digest;

import org.jspecify.annotations.NullMarked;
