/** A map as data: where its cells lie on the picture, its statistics, its regions, and its form in 8 bits a cell. */
@NullMarked
package io.hedgerow.attribution;

import org.jspecify.annotations.NullMarked;
