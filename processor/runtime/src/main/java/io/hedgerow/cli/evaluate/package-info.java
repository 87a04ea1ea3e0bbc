/** {@code hedgerow evaluate}: explanations measured on annotated pictures. */
@NullMarked
package io.hedgerow.cli.evaluate;

import org.jspecify.annotations.NullMarked;
