/**
 * What a class looked like while all was well: learned from whole windows, with limits between which means may lie.
 */
@NullMarked
package io.hedgerow.monitor.reference;

import org.jspecify.annotations.NullMarked;
