/**
 * Asks of explanations whether their evidence matters: the cells that a map calls evidence are blurred in a copy of the picture, as
 * many cells of the same shape elsewhere in another, and the model scores both. What is chosen, and where the other cells lie, is a
 * hash of the event's id and the model's digest, so that explaining an event again asks the same.
 */
@NullMarked
package io.hedgerow.faithfulness;

import org.jspecify.annotations.NullMarked;
